package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.xtribe.fusionhub.config.Spelling;

/** Chooses which route files of a folder stand in for the built-in ones: as many as are right. */
final class MountedRoutes {

    /**
     * A file that cannot be used.
     *
     * @param consequence what is done instead, as part of a sentence
     * @param problems a line each, with the place and the remedy
     */
    record Broken(String consequence, List<String> problems) {}

    private final Set<String> builtIn;
    private final Set<String> platforms;
    private final Function<Map<String, Path>, List<String>> trial;
    private final Map<String, Path> used = new TreeMap<>();
    private final Map<String, Broken> broken = new TreeMap<>();

    /**
     * Nothing is chosen yet.
     *
     * @param builtIn names of the built-in files
     * @param platforms names of the platforms that take part
     * @param trial says what is wrong with these files, by name, beside the built-in ones of other names
     */
    MountedRoutes(Set<String> builtIn, Set<String> platforms, Function<Map<String, Path>, List<String>> trial) {
        this.builtIn = builtIn;
        this.platforms = platforms;
        this.trial = trial;
    }

    /** Files that stand in for built-in ones, by name. */
    Map<String, Path> used() {
        return used;
    }

    /** Files that cannot be used, by name. */
    Map<String, Broken> broken() {
        return broken;
    }

    /** Chooses among the files of the folder. */
    void choose(Path folder) {
        var candidates = new LinkedHashMap<String, Path>();
        for (var file : files(folder)) {
            var name = file.getFileName().toString();
            if (builtIn.contains(name)) {
                candidates.put(name, file);
            } else {
                broken.put(name, new Broken("it replaces nothing", List.of("- " + file + ": " + stranger(name))));
            }
        }
        if (!candidates.isEmpty()) {
            choose(candidates);
        }
    }

    /** One edited file may need another: all of them where they are right together, else those that are right without the rest. */
    private void choose(Map<String, Path> candidates) {
        var problems = trial.apply(candidates);
        if (problems.isEmpty()) {
            used.putAll(candidates);
            return;
        }
        var left = new LinkedHashMap<>(candidates);
        while (left.entrySet().removeIf(this::isRight)) {
            // What was refused may be right beside what has been taken since.
            left.keySet().forEach(broken::remove);
        }
    }

    private boolean isRight(Map.Entry<String, Path> file) {
        var together = new LinkedHashMap<>(used);
        together.put(file.getKey(), file.getValue());
        var problems = trial.apply(together);
        if (problems.isEmpty()) {
            used.putAll(together);
        } else {
            broken.put(file.getKey(), new Broken("the built-in one is used instead", problems));
        }
        return problems.isEmpty();
    }

    private String stranger(String name) {
        if (platforms.contains(name.replace(RouteTrial.SUFFIX, ""))) {
            return "the routes of a platform are replaced together with its mappings: mount its whole folder below"
                    + " fusion.platforms-path";
        }
        return "no built-in route file is called so"
                + nearest(name).map(near -> "; the nearest is " + near).orElse("") + ": correct its name, or remove it";
    }

    private Optional<String> nearest(String name) {
        return Spelling.nearest(name, builtIn);
    }

    /** A mounted ConfigMap holds links to its files, and folders of its own, whose names begin with two points. */
    private List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            var problem = "- " + folder + ": the folder cannot be read (" + e + "): correct fusion.routes-path";
            broken.put(folder.toString(), new Broken("all built-in ones are used", List.of(problem)));
            return List.of();
        }
    }
}
