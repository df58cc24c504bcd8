package io.xtribe.fusionhub.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a vendor's descriptor, in words that do not name the hub's classes. */
final class DescriptorProblem {

    private DescriptorProblem() {}

    /** The line, the member and what is wrong with it, to be put behind the file's name. */
    static String said(JsonProcessingException e) {
        var line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
        var member = e instanceof JsonMappingException mapping ? member(mapping) : "";
        return line + (member.isEmpty() ? "" : ", at " + member) + ": " + words(e);
    }

    /** For example {@code refusals[2].means}. */
    private static String member(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String words(JsonProcessingException e) {
        // A check of the member's own says it best.
        if (e instanceof ValueInstantiationException && e.getCause() instanceof IllegalArgumentException refused) {
            return refused.getMessage();
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            var known = unknown.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return "there is no member '" + unknown.getPropertyName() + "'; use one of: " + known;
        }
        if (e instanceof InvalidFormatException wrong && wrong.getTargetType().isEnum()) {
            var known = Arrays.stream(wrong.getTargetType().getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            return "'" + wrong.getValue() + "' is none of: " + known;
        }
        if (e instanceof InvalidFormatException wrong && wrong.getTargetType() == Pattern.class) {
            return "'" + wrong.getValue() + "' is no regular expression: " + fault(String.valueOf(wrong.getValue()));
        }
        if (e instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
            return isText(wrong) && wrong.getOriginalMessage().contains("START_OBJECT")
                    ? "here stands a text; put one that begins with a brace in quotes"
                    : "here stands " + form(wrong.getTargetType()) + ", and something else was found";
        }
        return e.getOriginalMessage();
    }

    private static String fault(String pattern) {
        try {
            Pattern.compile(pattern);
            return "it cannot be read";
        } catch (PatternSyntaxException e) {
            return e.getDescription();
        }
    }

    private static boolean isText(MismatchedInputException e) {
        return e.getTargetType() == String.class;
    }

    private static String form(Class<?> type) {
        if (Iterable.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return type == boolean.class ? "true or false" : "a number";
        }
        return type == Boolean.class ? "true or false" : "an object with members";
    }
}
