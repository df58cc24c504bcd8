package io.xtribe.fusionhub.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A question to the account that is one GET, as {@code platform.yaml} has it: the hub makes its route of it. The members are
 * parameters of the {@code platform:} step, {@link RequestSpec}; all but the path may be left out.
 */
public record GetRequest(
        String path, String query, String answer, String expects, String when, String otherwise, String refused) {

    /** Camel reads them as parts of a URI, in a route file too. */
    private static final Pattern OF_URIS = Pattern.compile("[&+%]");

    /**
     * Looks at what can be told without the folder.
     *
     * @throws IllegalArgumentException when it cannot be used
     */
    public GetRequest {
        if (path == null || path.isBlank()) {
            throw new IllegalArgumentException("a request needs its 'path'");
        }
        parameters(path, query, answer, expects, when, otherwise, refused).forEach((name, value) -> {
            if (OF_URIS.matcher(value).find()) {
                throw new IllegalArgumentException(
                        "'" + name + "' of a request holds one of & + %: put the program into a file"
                                + (name.equals("query") ? ", and semicolons between parameters" : ""));
            }
        });
    }

    private static Map<String, String> parameters(
            String path, String query, String answer, String expects, String when, String otherwise, String refused) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("path", path);
        parameters.put("query", query);
        parameters.put("answer", answer);
        parameters.put("expects", expects);
        parameters.put("when", when);
        parameters.put("otherwise", otherwise);
        parameters.put("refused", refused);
        parameters.values().removeIf(value -> value == null);
        return parameters;
    }

    /** The URI of the step that makes it, written as Camel's YAML writes those of route files. */
    public String uri(String platform) {
        return parameters(path, query, answer, expects, when, otherwise, refused).entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&", RequestSpec.SCHEME + ":" + platform + "?method=GET&", ""));
    }
}
