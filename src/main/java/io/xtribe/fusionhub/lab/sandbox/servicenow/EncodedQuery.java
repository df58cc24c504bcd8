package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code sysparm_query}. As on an instance, a part with an unknown column or operator is dropped and the rest is run:
 * a query for a column that does not exist returns everything (ServiceNow documentation, c_TableAPI).
 */
final class EncodedQuery {
    private static final Pattern CONDITION = Pattern.compile(
            "([a-z][a-z0-9_.]*)(ISNOTEMPTY|ISEMPTY|STARTSWITH|ENDSWITH|NOT LIKE|LIKE|NOT IN|IN|!=|>=|<=|=|>|<)(.*)",
            Pattern.DOTALL);
    private static final Pattern DATE_GENERATE =
            Pattern.compile("javascript:gs\\.dateGenerate\\('([^']*)','([^']*)'\\)");

    private static final int LONGEST_NUMBER = 18;

    private record Order(String column, boolean descending) {}

    /** A row with the values that it is sorted by, looked up once and not for each comparison. */
    private record Sorted(Map<String, String> row, List<String> keys) {}

    private final Predicate<Map<String, String>> condition;
    private final List<Order> orders = new ArrayList<>();
    private final List<String[]> equals = new ArrayList<>();

    /** @param knows whether the table has a column of that name */
    EncodedQuery(String query, Predicate<String> knows) {
        Predicate<Map<String, String>> any = null;
        for (String part : (query == null ? "" : query).split("\\^NQ")) {
            Predicate<Map<String, String>> all = all(part, knows);
            any = any == null ? all : any.or(all);
        }
        if (query != null && query.contains("^NQ")) {
            equals.clear();
        }
        condition = any;
    }

    /** {@code ^OR} binds only the two conditions beside it, so a query is an AND of groups of ORs. */
    private Predicate<Map<String, String>> all(String part, Predicate<String> knows) {
        List<Predicate<Map<String, String>>> groups = new ArrayList<>();
        for (String piece : part.split("\\^")) {
            if (piece.startsWith("ORDERBYDESC") || piece.startsWith("ORDERBY")) {
                boolean descending = piece.startsWith("ORDERBYDESC");
                String column = piece.substring(descending ? "ORDERBYDESC".length() : "ORDERBY".length());
                if (knows.test(column)) {
                    orders.add(new Order(column, descending));
                }
                continue;
            }
            boolean or = piece.startsWith("OR") && !groups.isEmpty();
            Predicate<Map<String, String>> one = one(or ? piece.substring(2) : piece, knows, or);
            if (one != null && or) {
                equals.clear();
                groups.set(groups.size() - 1, groups.get(groups.size() - 1).or(one));
            } else if (one != null) {
                groups.add(one);
            }
        }
        return groups.stream().reduce(Predicate::and).orElse(row -> true);
    }

    private Predicate<Map<String, String>> one(String piece, Predicate<String> knows, boolean alternative) {
        Matcher matcher = CONDITION.matcher(piece);
        if (!matcher.matches() || !knows.test(matcher.group(1))) {
            return null;
        }
        String column = matcher.group(1);
        String operator = matcher.group(2);
        String wanted = literal(matcher.group(3));
        if (operator.equals("=") && !alternative) {
            equals.add(new String[] {column, wanted});
        }
        Predicate<String> test = test(operator, wanted);
        return row -> test.test(row.getOrDefault(column, ""));
    }

    private static Predicate<String> test(String operator, String wanted) {
        List<String> list = Arrays.asList(wanted.split(","));
        String lower = wanted.toLowerCase(Locale.ROOT);
        Function<String, String> fold = value -> value.toLowerCase(Locale.ROOT);
        return switch (operator) {
            case "=" -> value -> value.equalsIgnoreCase(wanted);
            // An empty column is null in the database and matches no "is not": hence the ^OR...ISEMPTY of real queries.
            case "!=" -> value -> !value.isEmpty() && !value.equalsIgnoreCase(wanted);
            case "IN" -> list::contains;
            case "NOT IN" -> value -> !value.isEmpty() && !list.contains(value);
            case "LIKE" -> value -> fold.apply(value).contains(lower);
            case "NOT LIKE" -> value -> !fold.apply(value).contains(lower);
            case "STARTSWITH" -> value -> fold.apply(value).startsWith(lower);
            case "ENDSWITH" -> value -> fold.apply(value).endsWith(lower);
            case "ISEMPTY" -> String::isEmpty;
            case "ISNOTEMPTY" -> value -> !value.isEmpty();
            default -> value -> !value.isEmpty() && compared(operator, compare(value, wanted));
        };
    }

    private static boolean compared(String operator, int difference) {
        return switch (operator) {
            case ">" -> difference > 0;
            case ">=" -> difference >= 0;
            case "<" -> difference < 0;
            default -> difference <= 0;
        };
    }

    private static int compare(String left, String right) {
        boolean numbers = isNumber(left) && isNumber(right);
        return numbers ? Long.compare(Long.parseLong(left), Long.parseLong(right)) : left.compareTo(right);
    }

    /** Without a regular expression: a sort of thousands of rows asks this hundreds of thousands of times. */
    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return false;
        }
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) < '0' || text.charAt(index) > '9') {
                return false;
            }
        }
        return true;
    }

    private static String literal(String value) {
        Matcher matcher = DATE_GENERATE.matcher(value);
        return matcher.matches() ? matcher.group(1) + " " + matcher.group(2) : value;
    }

    /** The value that the column must have, or null: lets the table use an index instead of looking at every row. */
    String mustEqual(String column) {
        return equals.stream()
                .filter(pair -> pair[0].equals(column))
                .map(pair -> pair[1])
                .findFirst()
                .orElse(null);
    }

    List<Map<String, String>> run(Iterable<Map<String, String>> rows) {
        List<Sorted> found = new ArrayList<>();
        rows.forEach(row -> {
            if (condition.test(row)) {
                found.add(new Sorted(row, keys(row)));
            }
        });
        if (!orders.isEmpty()) {
            found.sort(this::compare);
        }
        return found.stream().map(Sorted::row).toList();
    }

    private List<String> keys(Map<String, String> row) {
        return orders.stream().map(order -> row.getOrDefault(order.column, "")).toList();
    }

    private int compare(Sorted left, Sorted right) {
        for (int index = 0; index < orders.size(); index++) {
            int difference = compare(left.keys.get(index), right.keys.get(index));
            if (difference != 0) {
                return orders.get(index).descending ? -difference : difference;
            }
        }
        return 0;
    }
}
