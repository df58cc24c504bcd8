package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.xtribe.fusionhub.lab.local.LocalPorts;
import io.xtribe.fusionhub.testing.NatsBinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The packaged demo as a process of its own. */
final class DemoProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern FOLDER = Pattern.compile("-Djava\\.io\\.tmpdir=(\\S*fusion-\\S*)");

    private final Process process;
    private final Path output;
    private List<ProcessHandle> children = List.of();
    private final List<Path> folders = new ArrayList<>();

    private DemoProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static DemoProcess start(LocalPorts ports, Map<String, String> environment, Path output, String... options)
            throws IOException {
        return start(JAR, ports, environment, output, options);
    }

    /** The same of another application than the one that was built. */
    static DemoProcess start(
            Path jar, LocalPorts ports, Map<String, String> environment, Path output, String... options)
            throws IOException {
        assertThat(jar).as("run ./mvnw package first").exists();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString(), "demo"));
        List<String> named = List.of(options);
        command.addAll(named);
        add(command, named, "--nats-port", ports.nats());
        add(command, named, "--sandbox-port", ports.sandbox());
        add(command, named, "--hub-port", ports.hub());
        add(command, named, "--management-port", ports.management());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        builder.environment().put("NATS_SERVER", NatsBinary.path());
        // Somebody's real settings, which the demo must not let through to its hub.
        builder.environment().put("FUSION_MODE", "observe");
        builder.environment().putAll(environment);
        return new DemoProcess(builder.start(), output);
    }

    private static void add(List<String> command, List<String> named, String option, int port) {
        if (!named.contains(option)) {
            command.addAll(List.of(option, Integer.toString(port)));
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the output holds this; fails with the output when the demo ends first. */
    void awaitOutput(String text, Duration limit) {
        await().atMost(limit).until(() -> output().contains(text) || !process.isAlive());
        assertThat(output()).contains(text);
    }

    /** Takes note of its processes and their folder, so that one can ask afterwards whether they are gone. */
    void observeChildren() {
        children = process.descendants().toList();
        assertThat(children).isNotEmpty();
        for (ProcessHandle child : children) {
            Matcher found = FOLDER.matcher(child.info().commandLine().orElse(""));
            if (found.find()) {
                folders.add(Path.of(found.group(1)));
            }
        }
        assertThat(folders).isNotEmpty();
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    void awaitEnd(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> "still running: " + output())
                .isTrue();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** No process, no port, no folder; a killed demo's watchdog may take a moment. */
    void assertNothingLeft(LocalPorts ports) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(folders).noneMatch(Files::exists);
            assertThat(List.of(ports.nats(), ports.sandbox(), ports.hub(), ports.management()))
                    .allMatch(LocalPorts::isFree);
        });
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
