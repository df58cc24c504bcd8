package io.xtribe.fusionhub.intake;

import java.util.Map;
import java.util.regex.Pattern;

import net.thisptr.jackson.jq.exception.JsonQueryException;

import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.SafeText;

/** Explains why a mapping file could not read a body, without quoting the body's values. */
final class MappingProblem {

    private static final Pattern INDEX = Pattern.compile("Cannot index (\\w+) with (?:\\w+ )?\"?([\\w.-]{1,60})\"?.*");
    private static final Map<String, String> TYPES = Map.of(
            "string", "a text", "number", "a number", "boolean", "true or false", "array", "a list", "null", "nothing");

    private MappingProblem() {}

    static InvalidSignalException of(String source, JsonQueryException failure) {
        var index = INDEX.matcher(SafeText.line(String.valueOf(failure.getMessage()), 300));
        var why = index.matches()
                ? "where an object with the member '" + index.group(2) + "' is expected, there is "
                        + TYPES.getOrDefault(index.group(1), "something else")
                : "a member is of another type than expected";
        return new InvalidSignalException("the mapping of " + source + " cannot read the body: " + why, failure);
    }
}
