package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Datadog's search language as cases and incidents take it: {@code key:value}, {@code key:(A OR B)}, quoted and plain
 * text, {@code AND} (or a blank), {@code OR}, {@code -}, groups. A star at the end of a value matches any rest.
 */
final class SearchText {
    /** What a search can ask of one record. */
    interface Searched {
        /** The values of an attribute, empty when the record does not have it. */
        List<String> values(String key);

        /** All text that unnamed words are looked for in. */
        String text();
    }

    private interface Condition {
        boolean holds(Searched record);
    }

    private final List<String> words;
    private int at;

    private SearchText(List<String> words) {
        this.words = words;
    }

    /** A matcher for the search text; an empty one matches everything. */
    static Predicate<Searched> parse(String search) {
        SearchText parser = new SearchText(split(search == null ? "" : search));
        if (parser.words.isEmpty()) {
            return record -> true;
        }
        Condition condition = parser.any();
        return condition::holds;
    }

    private Condition any() {
        Condition left = all();
        while (at < words.size() && words.get(at).equals("OR")) {
            at++;
            Condition first = left;
            Condition second = all();
            left = record -> first.holds(record) || second.holds(record);
        }
        return left;
    }

    private Condition all() {
        Condition left = one();
        while (at < words.size()
                && !words.get(at).equals("OR")
                && !words.get(at).equals(")")) {
            if (words.get(at).equals("AND")) {
                at++;
            }
            Condition first = left;
            Condition second = one();
            left = record -> first.holds(record) && second.holds(record);
        }
        return left;
    }

    private Condition one() {
        if (at >= words.size()) {
            return record -> true;
        }
        String word = words.get(at++);
        if (word.equals("-") || word.equals("NOT")) {
            Condition inner = one();
            return record -> !inner.holds(record);
        }
        if (word.equals("(")) {
            Condition inner = any();
            at++;
            return inner;
        }
        int colon = word.indexOf(':');
        if (!word.startsWith("\"") && colon > 0) {
            String key = word.substring(0, colon);
            return colon == word.length() - 1 ? valuesOf(key) : value(key, word.substring(colon + 1));
        }
        String text = unquoted(word).toLowerCase(Locale.ROOT);
        return record -> record.text().toLowerCase(Locale.ROOT).contains(text);
    }

    /** What follows {@code key:} as a word of its own: a quoted value or a group of values. */
    private Condition valuesOf(String key) {
        List<Condition> alternatives = new ArrayList<>();
        if (at < words.size() && words.get(at).equals("(")) {
            at++;
            while (at < words.size() && !words.get(at).equals(")")) {
                String word = words.get(at++);
                if (!word.equals("OR") && !word.equals("AND")) {
                    alternatives.add(value(key, word));
                }
            }
            at++;
        } else if (at < words.size()) {
            alternatives.add(value(key, words.get(at++)));
        }
        return record -> alternatives.stream().anyMatch(alternative -> alternative.holds(record));
    }

    private static Condition value(String key, String word) {
        String wanted = unquoted(word);
        boolean prefix = wanted.endsWith("*");
        String start = prefix ? wanted.substring(0, wanted.length() - 1).toLowerCase(Locale.ROOT) : null;
        return record -> record.values(key).stream()
                .anyMatch(value ->
                        prefix ? value.toLowerCase(Locale.ROOT).startsWith(start) : value.equalsIgnoreCase(wanted));
    }

    private static String unquoted(String word) {
        return word.startsWith("\"") ? word.substring(1) : word;
    }

    /** Words, brackets and minus signs; a quoted text is one word that keeps its opening quote as a mark. */
    private static List<String> split(String search) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int index = 0; index < search.length(); index++) {
            char character = search.charAt(index);
            if (character == '"') {
                flush(words, word);
                StringBuilder quoted = new StringBuilder("\"");
                for (index++; index < search.length() && search.charAt(index) != '"'; index++) {
                    if (search.charAt(index) == '\\' && index + 1 < search.length()) {
                        index++;
                    }
                    quoted.append(search.charAt(index));
                }
                words.add(quoted.toString());
            } else if (character == '(' || character == ')') {
                flush(words, word);
                words.add(String.valueOf(character));
            } else if (Character.isWhitespace(character)) {
                flush(words, word);
            } else if (character == '-' && word.length() == 0) {
                words.add("-");
            } else {
                word.append(character);
            }
        }
        flush(words, word);
        return words;
    }

    private static void flush(List<String> words, StringBuilder word) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
