package io.xtribe.fusionhub.console.hawtio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Hawtio's static files, which the build has put beside our classes. */
final class HawtioFiles {

    /**
     * A file as it is sent.
     *
     * @param caching the value of the header {@code Cache-Control}
     */
    record File(byte[] content, String type, boolean isCompressed, String caching) {}

    static final String INDEX = "index.html";

    private static final String FOLDER = "hawtio/";
    /** No way leads out of the folder. */
    private static final String PATH = "(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*";
    /** Their names change with their content. */
    private static final String HASHED = "static/.*\\.[0-9a-f]{8,20}\\..*";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "ico", "image/x-icon",
            "txt", "text/plain; charset=utf-8",
            "ttf", "font/ttf",
            "woff2", "font/woff2");

    private HawtioFiles() {}

    /**
     * A file by its path below the folder; empty where there is none.
     *
     * @param mayCompress whether the client takes gzip
     */
    static Optional<File> find(String path, boolean mayCompress) throws IOException {
        var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || !path.matches(PATH)) {
            return Optional.empty();
        }
        try (var stream = HawtioFiles.class.getClassLoader().getResourceAsStream(FOLDER + path)) {
            if (stream == null) {
                return Optional.empty();
            }
            var content = stream.readAllBytes();
            var isCompressed = mayCompress && !path.endsWith(".woff2");
            return Optional.of(
                    new File(isCompressed ? compressed(content) : content, type, isCompressed, caching(path)));
        }
    }

    private static String caching(String path) {
        if (path.equals(INDEX) || path.equals("hawtconfig.json")) {
            return "no-store";
        }
        return path.matches(HASHED) ? "private, max-age=31536000, immutable" : "private, max-age=3600";
    }

    private static byte[] compressed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream(content.length / 3 + 64);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
