package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.xtribe.fusionhub.platform.Descriptor.Setting;
import io.xtribe.fusionhub.testing.TestConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/platforms.md lists the keys of the built-in platforms as their descriptors declare them, line by line. */
class PlatformKeysPageTest {

    private static final Path PAGE = Path.of("docs", "platforms.md");

    static Stream<Platform> platforms() throws IOException {
        var properties = new Properties();
        try (var file = Files.newInputStream(Path.of("src", "main", "resources", "application.properties"))) {
            properties.load(file);
        }
        var problems = new ArrayList<String>();
        var platforms = PlatformCatalogue.read(TestConfig.values(properties), problems);
        assertThat(problems).isEmpty();
        return platforms.values().stream();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void listsEachKeyAsItIsDeclared(Platform platform) throws IOException {
        assertThat(rows("| `fusion." + platform.name() + "."))
                .containsExactlyElementsOf(new TreeMap<>(platform.descriptor().settings())
                        .entrySet().stream()
                                .map(entry -> row(platform.settings().key(entry.getKey()), entry.getValue()))
                                .toList());
    }

    @Test
    void listsNoKeyOfAPlatformThatIsNotThere() throws IOException {
        var keys =
                platforms().mapToInt(one -> one.descriptor().settings().size()).sum();

        assertThat(rows("| `")).hasSize(keys);
    }

    private static List<String> rows(String beginning) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith(beginning))
                .toList();
    }

    private static String row(String key, Setting setting) {
        return Stream.of(
                        "`" + key + "`",
                        setting.type().name().toLowerCase(Locale.ROOT) + (setting.secret() ? ", secret" : ""),
                        setting.defaultValue() == null ? "" : "`" + setting.defaultValue() + "`",
                        needed(setting),
                        setting.description())
                .reduce("|", (row, cell) -> row + " " + cell + " |");
    }

    private static String needed(Setting setting) {
        var needed = new ArrayList<String>();
        if (setting.required()) {
            needed.add("yes");
        }
        if (setting.requiredUnless() != null) {
            needed.add("unless `" + setting.requiredUnless() + "`");
        }
        if (setting.requiredWith() != null) {
            needed.add("with `" + setting.requiredWith() + "`");
        }
        return String.join(", ", needed);
    }
}
