package io.xtribe.fusionhub.startup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds functions and variables in a jq program that are defined nowhere. jackson-jq parses such a program without complaint
 * and fails when it gets there, where jq itself would refuse to compile it.
 */
final class JqNames {

    /**
     * A name that is defined nowhere.
     *
     * @param arguments how many a function is called with
     * @param line the line that it is in, counted from 1
     */
    record Unknown(String name, int arguments, int line) {}

    private static final Set<String> KEYWORDS = Set.of(
            "and", "or", "not", "if", "then", "elif", "else", "end", "as", "def", "reduce", "foreach", "try", "catch",
            "label", "break", "import", "include", "__loc__", "null", "true", "false");
    private static final Set<String> GIVEN_VARIABLES = Set.of("$ENV", "$__loc__", "$__prog_args");
    private static final Pattern TOKEN = Pattern.compile(
            "(?<space>\\s+|#[^\\n]*)|(?<number>\\d[\\w.]*)|(?<field>\\.[A-Za-z_]\\w*)|(?<format>@\\w+)"
                    + "|(?<variable>\\$[A-Za-z_][\\w:]*)|(?<name>[A-Za-z_]\\w*(?:::\\w+)*)|(?<quote>\")|(?<other>.)",
            Pattern.DOTALL);
    private static final String IN_TEXT = "\"";

    private final String program;
    private final Predicate<String> isFunction;
    private final List<Token> tokens = new ArrayList<>();
    private final Set<String> functions = new HashSet<>();
    private final Set<String> variables = new HashSet<>(GIVEN_VARIABLES);

    /**
     * A token: {@code kind} is a group of the pattern, {@code inside} the innermost open bracket or a blank, {@code depth} how
     * many brackets and texts are open.
     */
    private record Token(String kind, String text, char inside, int depth, int at) {}

    private JqNames(String program, Predicate<String> isFunction) {
        this.program = program;
        this.isFunction = isFunction;
    }

    /**
     * All of them.
     *
     * @param isFunction tells which functions there are anyway, as {@code name/arguments}
     * @param variables those that there are anyway, without the dollar
     */
    static List<Unknown> unknown(String program, Predicate<String> isFunction, Set<String> variables) {
        var names = new JqNames(program, isFunction);
        variables.forEach(variable -> names.variables.add("$" + variable));
        names.read();
        names.define();
        return names.find();
    }

    private void read() {
        Deque<String> open = new ArrayDeque<>();
        Matcher token = TOKEN.matcher(program);
        var at = 0;
        while (at < program.length()) {
            if (IN_TEXT.equals(open.peek())) {
                at = skipText(at, open);
                continue;
            }
            token.region(at, program.length());
            token.lookingAt();
            var inside = open.isEmpty() ? ' ' : open.peek().charAt(0);
            if (token.group("quote") != null) {
                tokens.add(new Token("text", "\"", inside, open.size(), at));
                open.push(IN_TEXT);
            } else if (token.group("space") == null) {
                tokens.add(new Token(kind(token), token.group(), inside, open.size(), at));
                bracket(token.group(), open);
            }
            at = token.end();
        }
    }

    private static String kind(Matcher token) {
        for (var kind : List.of("number", "field", "format", "variable", "name")) {
            if (token.group(kind) != null) {
                return kind;
            }
        }
        return "other";
    }

    private static void bracket(String text, Deque<String> open) {
        switch (text) {
            case "(", "[", "{" -> open.push(text);
            case ")", "]", "}" -> open.poll();
            default -> {
                // Opens and closes nothing.
            }
        }
    }

    /** To the end of a text, or to the program that is embedded in it. */
    private int skipText(int from, Deque<String> open) {
        var at = from;
        while (at < program.length()) {
            var letter = program.charAt(at);
            if (letter == '"') {
                open.pop();
                return at + 1;
            }
            if (letter == '\\' && at + 1 < program.length() && program.charAt(at + 1) == '(') {
                open.push("(");
                return at + 2;
            }
            at += letter == '\\' ? 2 : 1;
        }
        open.clear();
        return program.length();
    }

    /** What is defined anywhere in the program counts as defined everywhere: scopes are not looked at. */
    private void define() {
        for (var i = 0; i < tokens.size(); i++) {
            if (isName(i, "def")) {
                defineFunction(i + 1);
            } else if (isName(i, "as")) {
                defineVariables(i + 1);
            } else if (isName(i, "import")) {
                // What a module brings is not known here.
                variables.add(text(i + 3));
            }
        }
    }

    private void defineFunction(int name) {
        functions.add(text(name) + "/" + arguments(name));
        if (!text(name + 1).equals("(")) {
            return;
        }
        for (var i = name + 2; i < tokens.size() && !text(i).equals(")"); i++) {
            if (tokens.get(i).kind().equals("variable")) {
                variables.add(text(i));
                functions.add(text(i).substring(1) + "/0");
            } else {
                functions.add(text(i) + "/0");
            }
        }
    }

    private void defineVariables(int from) {
        for (var i = from; i < tokens.size() && !text(i).equals("|"); i++) {
            if (text(i).equals("(") && !Set.of("{", ",").contains(text(i - 1))) {
                return;
            }
            if (tokens.get(i).kind().equals("variable")) {
                variables.add(text(i));
            }
        }
    }

    private List<Unknown> find() {
        var unknown = new ArrayList<Unknown>();
        for (var i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            var isUnknown = token.kind().equals("variable") && !isLabel(i) && !variables.contains(token.text())
                    || token.kind().equals("name") && isCall(i) && !isKnown(i);
            if (isUnknown) {
                unknown.add(new Unknown(token.text(), arguments(i), line(token.at())));
            }
        }
        return unknown;
    }

    private boolean isKnown(int i) {
        var name = text(i);
        var key = name + "/" + arguments(i);
        return KEYWORDS.contains(name) || name.contains("::") || functions.contains(key) || isFunction.test(key);
    }

    /** With how many arguments the function that is named there is called or defined. */
    private int arguments(int name) {
        if (!text(name + 1).equals("(")) {
            return 0;
        }
        var depth = tokens.get(name + 1).depth() + 1;
        var arguments = 1;
        for (var i = name + 2; i < tokens.size() && tokens.get(i).depth() >= depth; i++) {
            if (tokens.get(i).depth() == depth && text(i).equals(")")) {
                return arguments;
            }
            if (tokens.get(i).depth() == depth && text(i).equals(";")) {
                arguments++;
            }
        }
        return arguments;
    }

    /** Not a key of an object, nor what {@code def} is about to define. */
    private boolean isCall(int i) {
        var isKey = tokens.get(i).inside() == '{' && Set.of("{", ",").contains(text(i - 1));
        return !isKey && !isName(i - 1, "def");
    }

    private boolean isLabel(int i) {
        return isName(i - 1, "label") || isName(i - 1, "break");
    }

    private boolean isName(int i, String name) {
        return i >= 0
                && i < tokens.size()
                && tokens.get(i).kind().equals("name")
                && tokens.get(i).text().equals(name);
    }

    private String text(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).text() : "";
    }

    private int line(int at) {
        return 1
                + (int) program.substring(0, at)
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
    }
}
