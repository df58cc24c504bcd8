package io.xtribe.fusionhub.platform;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A path or query with jq in braces, as in <code>/api/v2/cases/{.reference.id}</code>. What the jq yields is encoded for a
 * URL. A name that ends with {@code .jq} is a file in the vendor's folder.
 */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    private final List<String> texts = new ArrayList<>();
    private final List<Mapping> values = new ArrayList<>();

    /**
     * Reads a template.
     *
     * @param compile makes a mapping of a program or of a file's name
     */
    Template(String written, Function<String, Mapping> compile) {
        var place = PLACE.matcher(written);
        var from = 0;
        while (place.find()) {
            texts.add(written.substring(from, place.start()));
            values.add(compile.apply(place.group(1).strip()));
            from = place.end();
        }
        texts.add(written.substring(from));
    }

    /** The programs and files that stand in a template. */
    static List<String> programs(String written) {
        Matcher place = PLACE.matcher(written);
        return place.results().map(match -> match.group(1).strip()).toList();
    }

    /**
     * The text with its values.
     *
     * @throws IllegalArgumentException when a value is missing: a request must not go to a shorter path
     */
    String fill(JsonNode input, Mapping.Context context) {
        if (values.isEmpty()) {
            return texts.get(0);
        }
        var text = new StringBuilder(texts.get(0));
        for (var i = 0; i < values.size(); i++) {
            var value = values.get(i).apply(input, context);
            if (value == null || !value.isValueNode() || value.asText().isEmpty() || value.isNull()) {
                throw new IllegalArgumentException("no value for " + texts.get(i) + "{...}");
            }
            text.append(URLEncoder.encode(value.asText(), StandardCharsets.UTF_8)
                            .replace("+", "%20"))
                    .append(texts.get(i + 1));
        }
        return text.toString();
    }
}
