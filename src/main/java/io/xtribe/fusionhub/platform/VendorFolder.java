package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.xtribe.fusionhub.signal.PeekRules;

/**
 * The folder with all that is known about one vendor: {@code platform.yaml}, {@code <name>.camel.yaml} and the mappings.
 * It is built in, or mounted under {@code fusion.platforms-path}; a mounted one stands in for a built-in one.
 */
public final class VendorFolder {

    /** Where the built-in ones are on the class path. */
    private static final String BUILT_IN = "routes/platforms/";

    private static final Pattern MAPPING = Pattern.compile("[\\w-]+\\.jq");
    private static final String DESCRIPTOR = "platform.yaml";
    private static final String PEEK = "peek.json";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    /** They stay as they are while the process runs, and a start asks for each of them several times. */
    private static final Map<String, Descriptor> BUILT_IN_DESCRIPTORS = new ConcurrentHashMap<>();

    private final String name;
    private final Path mounted;

    private VendorFolder(String name, Path mounted) {
        this.name = name;
        this.mounted = mounted;
    }

    /**
     * Finds the folder of a platform, by its exact name: a mounted ConfigMap holds further folders that are none.
     *
     * @param path the folder with the mounted ones, if there is one
     */
    static Optional<VendorFolder> find(String name, Optional<Path> path) {
        if (!name.matches("[a-z][a-z0-9-]*")) {
            return Optional.empty();
        }
        var outside =
                path.map(folder -> folder.resolve(name)).filter(folder -> Files.exists(folder.resolve(DESCRIPTOR)));
        if (outside.isPresent()) {
            return Optional.of(new VendorFolder(name, outside.get()));
        }
        var inside = new VendorFolder(name, null);
        return inside.exists(DESCRIPTOR) ? Optional.of(inside) : Optional.empty();
    }

    /** Whether it comes from {@code fusion.platforms-path}. */
    boolean isMounted() {
        return mounted != null;
    }

    /** The location of a file as Camel and the messages of the hub write it. */
    public String location(String file) {
        return mounted == null ? "classpath:" + BUILT_IN + name + "/" + file : "file:" + mounted.resolve(file);
    }

    /** The location of the platform's routes. */
    public String routes() {
        return location(routeFile());
    }

    /** @throws IllegalArgumentException when there is no file with the platform's routes */
    public void requireRoutes() {
        if (!exists(routeFile())) {
            throw new IllegalArgumentException(
                    "there is no " + routes() + ": the routes of a platform are in a file of that name");
        }
    }

    private String routeFile() {
        return name + ".camel.yaml";
    }

    /**
     * What the descriptor says.
     *
     * @throws IllegalArgumentException when it cannot be read; the message says where and why
     */
    Descriptor descriptor() {
        return mounted == null ? BUILT_IN_DESCRIPTORS.computeIfAbsent(name, same -> read()) : read();
    }

    private Descriptor read() {
        try {
            var descriptor = parse(text(DESCRIPTOR));
            if (!name.equals(descriptor.name()) || descriptor.records() == null) {
                throw new IllegalArgumentException(location(DESCRIPTOR) + ": it needs 'name: " + name
                        + "', as its folder is called, and 'records' with their parts");
            }
            for (var source : descriptor.firstSigns().keySet()) {
                if (!source.equals(name) && !source.startsWith(name + ".")) {
                    throw new IllegalArgumentException(location(DESCRIPTOR) + ": firstSigns holds '" + source
                            + "': call it " + name + ", or " + name + ".<kind>");
                }
            }
            return descriptor;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(location(DESCRIPTOR) + DescriptorProblem.said(e), e);
        }
    }

    static Descriptor parse(String yaml) throws JsonProcessingException {
        return YAML.readValue(yaml, Descriptor.class);
    }

    /**
     * By which fields most noise is known; empty where the mapping alone decides.
     *
     * @throws IllegalArgumentException when the file cannot be used; the message says where and why
     */
    Optional<PeekRules> peek() {
        try {
            return exists(PEEK) ? Optional.ofNullable(PeekRules.read(text(PEEK))) : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(location(PEEK) + DescriptorProblem.said(e), e);
        }
    }

    /** The mapping files that the routes of the folder name, for suggestions. */
    public Collection<String> mappings() {
        return MAPPING.matcher(text(routeFile()))
                .results()
                .map(MatchResult::group)
                .filter(this::exists)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What decides what is sent and what answers mean: the descriptor, the routes and their mappings, as one text. */
    String everything() {
        var all = new StringBuilder(text(DESCRIPTOR));
        if (exists(routeFile())) {
            all.append(text(routeFile()));
            mappings().forEach(file -> all.append(text(file)));
        }
        return all.toString();
    }

    /**
     * The text of a file.
     *
     * @throws UncheckedIOException when there is none of that name
     */
    public String text(String file) {
        try (var in = open(file)) {
            if (in == null) {
                throw new IOException("there is no " + location(file));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no " + location(file), e);
        }
    }

    /** Whether there is a file of that name. */
    public boolean exists(String file) {
        try (var in = open(file)) {
            return in != null;
        } catch (IOException e) {
            return false;
        }
    }

    private InputStream open(String file) throws IOException {
        return mounted == null
                ? VendorFolder.class.getResourceAsStream("/" + BUILT_IN + name + "/" + file)
                : Files.newInputStream(mounted.resolve(file));
    }
}
