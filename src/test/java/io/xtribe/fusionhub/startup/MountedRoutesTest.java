package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MountedRoutesTest {

    private static final Set<String> BUILT_IN = Set.of("a.camel.yaml", "b.camel.yaml", "c.camel.yaml");

    @TempDir
    Path folder;

    private MountedRoutes choice(Predicate<Set<String>> isRight, String... files) throws IOException {
        for (var file : files) {
            Files.writeString(folder.resolve(file), "");
        }
        var choice = new MountedRoutes(BUILT_IN, Set.of("desk"), files(isRight));
        choice.choose(folder);
        return choice;
    }

    private static Function<Map<String, Path>, List<String>> files(Predicate<Set<String>> isRight) {
        return files -> isRight.test(files.keySet()) ? List.of() : List.of("- wrong: " + files.keySet());
    }

    @Test
    void takesAllThatAreRightTogether() throws IOException {
        var choice = choice(Set.of("a.camel.yaml", "b.camel.yaml")::equals, "a.camel.yaml", "b.camel.yaml");

        assertThat(choice.used())
                .containsExactly(
                        Map.entry("a.camel.yaml", folder.resolve("a.camel.yaml").toAbsolutePath()),
                        Map.entry("b.camel.yaml", folder.resolve("b.camel.yaml").toAbsolutePath()));
        assertThat(choice.broken()).isEmpty();
    }

    @Test
    void leavesOutTheWrongOneOnly() throws IOException {
        var choice = choice(files -> !files.contains("b.camel.yaml"), "a.camel.yaml", "b.camel.yaml", "c.camel.yaml");

        assertThat(choice.used()).containsOnlyKeys("a.camel.yaml", "c.camel.yaml");
        assertThat(choice.broken()).containsOnlyKeys("b.camel.yaml").hasEntrySatisfying("b.camel.yaml", broken -> {
            assertThat(broken.consequence()).isEqualTo("the built-in one is used instead");
            assertThat(broken.problems()).first().asString().contains("b.camel.yaml");
        });
    }

    @Test
    void takesOneThatNeedsAnotherWhichIsReadAfterIt() throws IOException {
        Predicate<Set<String>> aNeedsB = files ->
                !files.contains("c.camel.yaml") && (!files.contains("a.camel.yaml") || files.contains("b.camel.yaml"));

        var choice = choice(aNeedsB, "a.camel.yaml", "b.camel.yaml", "c.camel.yaml");

        assertThat(choice.used()).containsOnlyKeys("a.camel.yaml", "b.camel.yaml");
        assertThat(choice.broken()).containsOnlyKeys("c.camel.yaml");
    }

    @Test
    void saysWhatToDoWithAFileThatReplacesNothing() throws IOException {
        var choice = choice(files -> true, "aa.camel.yaml", "desk.camel.yaml", "a.camel.yaml");

        assertThat(choice.used()).containsOnlyKeys("a.camel.yaml");
        assertThat(choice.broken().get("aa.camel.yaml").problems())
                .singleElement()
                .asString()
                .contains("the nearest is a.camel.yaml");
        assertThat(choice.broken().get("desk.camel.yaml").problems())
                .singleElement()
                .asString()
                .contains("fusion.platforms-path");
    }

    /** As the kubelet writes it: the files are links into a folder that is a link as well. */
    @Test
    void readsAMountedConfigMap() throws IOException {
        var version = Files.createDirectory(folder.resolve("..2026_01_31"));
        Files.writeString(version.resolve("a.camel.yaml"), "");
        Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
        Files.createSymbolicLink(folder.resolve("a.camel.yaml"), Path.of("..data", "a.camel.yaml"));

        var choice = choice(files -> true);

        assertThat(choice.used()).containsOnlyKeys("a.camel.yaml");
        assertThat(choice.broken()).isEmpty();
    }

    @Test
    void usesTheBuiltInOnesWhereTheFolderIsNotThere() {
        var choice = new MountedRoutes(BUILT_IN, Set.of(), files(files -> true));

        choice.choose(folder.resolve("none"));

        assertThat(choice.used()).isEmpty();
        assertThat(choice.broken()).hasSize(1);
        assertThat(choice.broken().values().iterator().next().problems())
                .first()
                .asString()
                .contains("correct fusion.routes-path");
    }
}
