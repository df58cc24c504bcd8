package io.xtribe.fusionhub.platform;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * The jq function {@code missing}: out of what a platform returned, the step without what stands there already, so that
 * nothing is written twice. Links are left out whose URL stands in one of the texts, and {@code comment} is null where one of
 * them holds its mark.
 */
final class Missing implements Function {

    static final String NAME = "missing";

    private static final String LINKS = "links";
    private static final String COMMENT = "comment";

    @Override
    public void apply(
            Scope scope, List<Expression> arguments, JsonNode returned, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        if (!(scope.getValue("step") instanceof ObjectNode step)) {
            throw new JsonQueryException(NAME + " is asked where no step is under way");
        }
        output.emit(of(step, returned), null);
    }

    private static ObjectNode of(ObjectNode step, JsonNode returned) {
        var left = step.deepCopy();
        if (left.get(LINKS) instanceof ObjectNode links) {
            step.path(LINKS).properties().stream()
                    .filter(link -> {
                        var url = link.getValue().path("url").asText();
                        return holds(returned, text -> shows(text, url));
                    })
                    .forEach(link -> links.remove(link.getKey()));
        }
        var mark = step.path(COMMENT).path("mark").asText();
        if (!mark.isEmpty() && holds(returned, text -> text.contains(mark))) {
            left.putNull(COMMENT);
        }
        return left;
    }

    /** Whether one of its texts is such, however deep. */
    private static boolean holds(JsonNode node, Predicate<String> isSuch) {
        return node.isTextual()
                ? isSuch.test(node.textValue())
                : StreamSupport.stream(node.spliterator(), false).anyMatch(child -> holds(child, isSuch));
    }

    /** Not merely as the beginning of a longer URL: /incidents/1 is not shown by /incidents/12. */
    private static boolean shows(String text, String url) {
        for (var at = text.indexOf(url); at >= 0; at = text.indexOf(url, at + 1)) {
            var end = at + url.length();
            if (end == text.length() || !Character.isLetterOrDigit(text.charAt(end))) {
                return true;
            }
        }
        return false;
    }
}
