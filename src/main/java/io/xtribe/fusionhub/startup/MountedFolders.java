package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The folders of platforms below {@code fusion.platforms-path}, of those that take part, and the route files of {@code
 * fusion.routes-path}. Only to explain why a start failed, so that whatever is wrong with them is no failure here.
 *
 * @param folders one for each platform, called as the platform is
 * @param routes route files, called as the built-in ones are whose place they take
 */
record MountedFolders(List<Path> folders, List<Path> routes) {

    private static final String ROUTES = "routes/";
    private static final String BUILT_IN = ROUTES + "platforms/";

    /** As the hub's configuration names them; none where it names none. */
    static MountedFolders configured() {
        var config = ConfigProvider.getConfig();
        var path = config.getOptionalValue("fusion.platforms-path", Path.class);
        var names = config.getOptionalValues("fusion.platforms", String.class).orElse(List.of());
        return new MountedFolders(
                path.stream()
                        .flatMap(home -> names.stream().map(home::resolve))
                        .filter(Files::isDirectory)
                        .toList(),
                config.getOptionalValue("fusion.routes-path", Path.class).stream()
                        .flatMap(MountedFolders::files)
                        .map(Path::toAbsolutePath)
                        .toList());
    }

    /** Their files, in the order of their names. */
    List<Path> files() {
        return Stream.concat(routes.stream(), folders.stream().flatMap(MountedFolders::files))
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Whether a file on the class path is built in, and one of these takes its place. */
    boolean standsInFor(String file) {
        return folders.stream().anyMatch(folder -> file.startsWith(BUILT_IN + folder.getFileName() + "/"))
                || routes.stream().anyMatch(route -> file.equals(ROUTES + route.getFileName()));
    }
}
