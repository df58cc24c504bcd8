package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Another wall clock for a process: libfaketime, from the system or from Debian's package, which is unpacked under
 * {@code target} without root. The monotonic clock of the process stays right, as it does on a host with a wrong clock.
 */
public final class FakeClock {
    private static final String LIBRARY = "libfaketimeMT.so.1";
    private static final Path UNPACKED = Path.of("target", "libfaketime").toAbsolutePath();
    private static final Optional<Path> FOUND = find();

    private FakeClock() {}

    /**
     * What a process must find in its environment; nothing, and a line that says so, where there is no libfaketime.
     *
     * @param offset how far the clock is ahead, such as {@code +180s}, or behind
     */
    public static Map<String, String> environment(String offset) {
        if (FOUND.isEmpty()) {
            System.out.println("No libfaketime to be had here: the clocks of all hubs are right in this run");
            return Map.of();
        }
        return Map.of(
                "LD_PRELOAD",
                FOUND.get().toString(),
                "FAKETIME",
                offset,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private static Optional<Path> find() {
        return in(Path.of("/usr/lib")).or(() -> in(UNPACKED)).or(() -> fetch() ? in(UNPACKED) : Optional.empty());
    }

    private static Optional<Path> in(Path root) {
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(root, 6, (path, attributes) -> path.endsWith(LIBRARY))) {
            return files.findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean fetch() {
        try {
            Files.createDirectories(UNPACKED);
            Process fetching = new ProcessBuilder(
                            "sh",
                            "-c",
                            "apt-get -o APT::Sandbox::User= download libfaketime && dpkg -x libfaketime_*.deb .")
                    .directory(UNPACKED.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(UNPACKED.resolve("fetch.log").toFile())
                    .start();
            return fetching.waitFor(60, TimeUnit.SECONDS) && fetching.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
