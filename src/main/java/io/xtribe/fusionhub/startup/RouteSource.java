package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.LineNumberAware;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ProcessorDefinitionHelper;

/**
 * A route file or mapping as text, to say in which line something is. It is read from the class path or from a
 * mounted folder, and only to explain why a start failed: Camel may have been closed by then.
 *
 * @param name its path on the class path, for example {@code routes/signals.camel.yaml}, or the whole path of a mounted one
 * @param lines its text
 */
record RouteSource(String name, List<String> lines) {

    private static final String FOLDER = "routes/";
    private static final Pattern NAME = Pattern.compile(".*?(routes/[^!?]+)");
    private static final String FILE = "file:";
    private static final String IN_JAR = "!";
    private static final Pattern WORD = Pattern.compile("[A-Za-z_$][\\w./$-]{2,}");
    private static final Pattern QUOTED = Pattern.compile("['\"]([\\w./$-]{3,})['\"]");
    private static final String NOT_BEFORE = "(?<![\\w./$-])";
    private static final String NOT_AFTER = "(?![\\w/$-])";

    /** A line of a file; prints as people say it. */
    record Place(String file, int line) {
        @Override
        public String toString() {
            return file + ", line " + line;
        }
    }

    /** The file that a location of Camel's or Java's means, however it is written. */
    static Optional<RouteSource> of(String location) {
        if (location != null && location.startsWith(FILE) && !location.contains(IN_JAR)) {
            var file = Path.of(location.substring(FILE.length()));
            if (!isOnClassPath(file)) {
                return ofFile(file);
            }
        }
        var name = NAME.matcher(location == null ? "" : location);
        if (!name.matches()) {
            return Optional.empty();
        }
        try (var in = RouteSource.class.getResourceAsStream("/" + name.group(1))) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(source(name.group(1), new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<RouteSource> ofFile(Path file) {
        try {
            return Optional.of(source(file.toString(), Files.readString(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static RouteSource source(String name, String text) {
        return new RouteSource(name, text.lines().toList());
    }

    /** Where in its file a node is, as closely as it can be determined: the first line of it that holds the word. */
    static String place(NamedNode node, String word) {
        var line = ((LineNumberAware) node).getLineNumber();
        return of(((LineNumberAware) node).getLocation())
                .map(source -> source.find(word, line)
                        .orElse(new Place(source.name(), line))
                        .toString())
                .orElseGet(() -> "route " + ProcessorDefinitionHelper.getRouteId(node));
    }

    /** All files of the routes that the hub starts with, mounted ones first; none where they cannot be listed. */
    static List<RouteSource> all() {
        var mounted = MountedFolders.configured();
        var sources = new ArrayList<RouteSource>();
        mounted.files().forEach(file -> ofFile(file).ifPresent(sources::add));
        builtIn().stream().filter(source -> !mounted.standsInFor(source.name)).forEach(sources::add);
        return sources;
    }

    private static List<RouteSource> builtIn() {
        try {
            var home = home();
            if (Files.isDirectory(home)) {
                return below(home);
            }
            try (var jar = FileSystems.newFileSystem(home)) {
                return below(jar.getPath("/"));
            }
        } catch (IOException | URISyntaxException e) {
            return List.of();
        }
    }

    private static boolean isOnClassPath(Path file) {
        try {
            return file.startsWith(home());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The jar or the folder that the application is in. */
    private static Path home() throws URISyntaxException {
        return Path.of(RouteSource.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static List<RouteSource> below(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve(FOLDER))) {
            var names = files.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .sorted()
                    .toList();
            var sources = new ArrayList<RouteSource>();
            names.forEach(name -> of(name).ifPresent(sources::add));
            return sources;
        }
    }

    /** The text of a line, shortened; lines count from 1. */
    String line(int number) {
        var text = number >= 1 && number <= lines.size() ? lines.get(number - 1).strip() : "";
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    /** The first line from {@code from} on that holds the word by itself. */
    Optional<Place> find(String word, int from) {
        return find(word, from, lines.size());
    }

    private Optional<Place> find(String word, int from, int to) {
        var pattern = alone(word);
        for (var number = Math.max(1, from); number <= Math.min(to, lines.size()); number++) {
            if (pattern.matcher(lines.get(number - 1)).find()) {
                return Optional.of(new Place(name, number));
            }
        }
        return Optional.empty();
    }

    /**
     * The place in a route that a message is about: where the whole of it stands, or its rarest word, or else where the
     * route begins. Empty where no file has the route.
     */
    static Optional<Place> spokenOf(String message, String routeId) {
        for (var file : all()) {
            var id = file.find("id: " + routeId, 1);
            if (id.isPresent()) {
                var first = Math.max(1, id.get().line() - 1);
                var end = file.end(first);
                return file.holding(message, first, end)
                        .or(() -> file.rarest(message, first, end))
                        .or(() -> id);
            }
        }
        return Optional.empty();
    }

    /**
     * The place that a message is about when it names no route. Looks for a name that no sentence holds by chance (in quotes,
     * or with a hyphen or a point in it) and that is in one line of all files only.
     */
    static Optional<Place> onlyPlaceOf(String message) {
        var files = all();
        return Stream.concat(
                        QUOTED.matcher(message).results().map(match -> match.group(1)),
                        WORD.matcher(message)
                                .results()
                                .map(match -> match.group().replaceFirst("[./-]+$", ""))
                                .filter(word -> word.contains("-") || word.contains(".")))
                .distinct()
                .map(word -> files.stream()
                        .flatMap(file -> file.findAll(word).stream())
                        .toList())
                .filter(places -> places.size() == 1)
                .map(places -> places.get(0))
                .findFirst();
    }

    /** Camel's parser gives the line where the entry begins. What it did not expect is named last in its message. */
    int lineOf(String message, int from) {
        var words = WORD.matcher(message)
                .results()
                .map(match -> match.group() + ":")
                .toList();
        return words.isEmpty()
                ? from
                : IntStream.rangeClosed(from, lines.size())
                        .filter(number -> lines.get(number - 1)
                                .strip()
                                .replaceFirst("^- ", "")
                                .startsWith(words.get(words.size() - 1)))
                        .findFirst()
                        .orElse(from);
    }

    /** All lines that hold the word by itself. */
    List<Place> findAll(String word) {
        var pattern = alone(word);
        return IntStream.rangeClosed(1, lines.size())
                .filter(number -> pattern.matcher(lines.get(number - 1)).find())
                .mapToObj(number -> new Place(name, number))
                .toList();
    }

    /** The mapping whose text this is. */
    static Optional<RouteSource> mappingWith(String text) {
        var lines = text.lines().toList();
        return all().stream()
                .filter(file -> file.name.endsWith(".jq"))
                .filter(mapping -> mapping.lines.equals(lines))
                .findFirst();
    }

    /** Where an endpoint of that scheme is named whose parameters lack one. */
    static Optional<Place> withoutParameter(String scheme, String parameter) {
        for (var file : all()) {
            for (var place : file.findAll("uri: " + scheme)) {
                var uri = file.lines.get(place.line() - 1);
                var after = file.lines.subList(place.line(), file.lines.size()).stream()
                        .takeWhile(line -> line.isBlank() || indentation(line) >= indentation(uri))
                        .takeWhile(line -> !line.strip().startsWith("steps:"))
                        .toList();
                if (after.stream().noneMatch(line -> line.strip().startsWith(parameter + ":"))) {
                    return Optional.of(new Place(file.name, place.line()));
                }
            }
        }
        return Optional.empty();
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }

    private Optional<Place> holding(String text, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .filter(number -> !text.isEmpty() && lines.get(number - 1).contains(text))
                .mapToObj(number -> new Place(name, number))
                .findFirst();
    }

    private Optional<Place> rarest(String message, int from, int to) {
        record Candidate(String word, long count) {}
        return WORD.matcher(message)
                .results()
                .map(match -> match.group().replaceFirst("[./]+$", ""))
                .distinct()
                .map(word -> new Candidate(word, count(word, from, to)))
                .filter(candidate -> candidate.count() > 0)
                .min(Comparator.comparingLong(Candidate::count)
                        .thenComparing(candidate -> -candidate.word().length()))
                .flatMap(candidate -> find(candidate.word(), from, to));
    }

    private long count(String word, int from, int to) {
        var pattern = alone(word);
        return lines.subList(from - 1, to).stream()
                .filter(line -> pattern.matcher(line).find())
                .count();
    }

    /** The last line of what begins in that line as an entry of the file. */
    private int end(int from) {
        for (var number = from + 1; number <= lines.size(); number++) {
            if (lines.get(number - 1).startsWith("- ")) {
                return number - 1;
            }
        }
        return lines.size();
    }

    private static Pattern alone(String word) {
        return Pattern.compile(NOT_BEFORE + Pattern.quote(word) + NOT_AFTER);
    }
}
