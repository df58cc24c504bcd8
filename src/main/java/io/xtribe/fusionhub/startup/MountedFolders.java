package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The folders of platforms below {@code fusion.platforms-path}, of those that take part. Only to explain why a start
 * failed, so that whatever is wrong with them is no failure here.
 *
 * @param folders one for each platform, called as the platform is
 */
record MountedFolders(List<Path> folders) {

    private static final String BUILT_IN = "routes/platforms/";

    /** As the hub's configuration names them; none where it names none. */
    static MountedFolders configured() {
        var config = ConfigProvider.getConfig();
        var path = config.getOptionalValue("fusion.platforms-path", Path.class);
        var names = config.getOptionalValues("fusion.platforms", String.class).orElse(List.of());
        return new MountedFolders(path.stream()
                .flatMap(home -> names.stream().map(home::resolve))
                .filter(Files::isDirectory)
                .toList());
    }

    /** Their files, in the order of their names. */
    List<Path> files() {
        return folders.stream().flatMap(MountedFolders::files).toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Whether a file on the class path belongs to a built-in platform whose place one of the folders takes. */
    boolean standsInFor(String file) {
        return folders.stream().anyMatch(folder -> file.startsWith(BUILT_IN + folder.getFileName() + "/"));
    }
}
