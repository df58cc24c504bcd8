package io.xtribe.fusionhub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What {@code bin/fusion} does before any Java of ours runs: finding things, and saying what to do when they are not
 * there. It does not build or start the application.
 */
class FusionScriptTest {
    private static final String HUB = "-XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -Xms48m -Xmx208m ";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Path SCRIPT = Path.of("bin", "fusion").toAbsolutePath();
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "chmod",
            "dirname",
            "env",
            "find",
            "flock",
            "head",
            "id",
            "mkdir",
            "mktemp",
            "mv",
            "nice",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch",
            "uname");

    @TempDir
    Path folder;

    private Path tools;

    /** A PATH with the usual tools and nothing else, so that what is installed on this machine does not matter. */
    @BeforeEach
    void bareMachine() throws IOException {
        tools = Files.createDirectory(folder.resolve("tools"));
        for (var tool : TOOLS) {
            var found = onPath(tool);
            if (found != null) {
                Files.createSymbolicLink(tools.resolve(tool), found);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", ""})
    void listsItsCommands(String command) throws Exception {
        var result = command.isEmpty() ? fusion(Map.of()) : fusion(Map.of(), command);

        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .contains(
                        "demo",
                        "serve",
                        "sandbox",
                        "setup-webhooks",
                        "job <name>",
                        "nats",
                        "FUSION_JAVA_HOME",
                        "NATS_SERVER");
        assertThat(result.err()).isEmpty();
    }

    /** The script passes on what it knows only. */
    @Test
    void knowsEveryCommandOfTheApplication() throws Exception {
        var script = Files.readString(SCRIPT);
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                assertThat(script)
                        .containsPattern("(?m)^    ([a-z-]+ \\| )*" + Pattern.quote(name) + "( \\| [a-z-]+)*\\)");
            }
        });
    }

    @Test
    void refusesAnUnknownCommand() throws Exception {
        var result = fusion(Map.of(), "frobnicate");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("frobnicate", "bin/fusion help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port=4222x", "--frobnicate"})
    void refusesWhatNatsDoesNotTake(String option) throws Exception {
        var result = fusion(Map.of(), "nats", option);

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("bin/fusion help");
    }

    @Test
    void runsFromAnyFolderAndThroughASymbolicLink() throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("fusion"), SCRIPT);
        var started = new Started(start(link, Map.of(), "help"));

        assertThat(started.result().exit()).isZero();
    }

    @Test
    void findsAServerThatRuns() throws Exception {
        // On the real PATH, with the real cache: what the other tests of this build rely on.
        var where = new Started(new ProcessBuilder(SCRIPT.toString(), "nats", "--where").start()).result();
        assumeTrue(where.exit() == 0, () -> "no nats-server to be had here: " + where.err());

        var server = Path.of(where.out().strip());
        assertThat(server).isExecutable();
        var version = new ProcessBuilder(server.toString(), "--version").start();
        assertThat(new Started(version).result().out()).startsWith("nats-server: v");
    }

    @Test
    void prefersTheServerThatIsNamedOverTheOneOnThePath() throws Exception {
        var named = script(folder.resolve("named"), "exit 0");
        var onPath = script(tools.resolve("nats-server"), "exit 0");

        assertThat(fusion(Map.of("NATS_SERVER", named.toString()), "nats", "--where")
                        .out())
                .isEqualTo(named + "\n");
        assertThat(fusion(Map.of(), "nats", "--where").out()).isEqualTo(onPath + "\n");
    }

    @Test
    void startsTheServerWithJetStreamOnLoopback() throws Exception {
        script(tools.resolve("nats-server"), "echo \"$@\"");
        var store = folder.resolve("a store");
        var port = "" + Ports.free();

        var result = fusion(Map.of(), "nats", "--port", port, "--store", store.toString());

        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .isEqualTo("--addr 127.0.0.1 --port " + port + " --jetstream --store_dir " + store.toRealPath() + "\n");
    }

    @Test
    void runsTheImageWhereDockerAnswers() throws Exception {
        script(tools.resolve("docker"), "[ \"$1\" = run ] || exit 0", "echo \"$@\"");
        var store = folder.resolve("a store");
        var port = "" + Ports.free();

        var result =
                fusion(Map.of("FUSION_NATS_IMAGE", "our/nats:1"), "nats", "--port", port, "--store", store.toString());

        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .startsWith("run --rm ")
                .contains(
                        "--publish 127.0.0.1:" + port + ":4222 ",
                        "--volume " + store.toRealPath() + ":/data ",
                        " our/nats:1 --jetstream --store_dir /data");
    }

    @Test
    void looksFurtherWhereDockerHasNoImage() throws Exception {
        script(tools.resolve("docker"), "[ \"$1\" = info ]");

        var result = fusion(
                Map.of(),
                "nats",
                "--port",
                "" + Ports.free(),
                "--store",
                folder.resolve("store").toString());

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("No nats:2-alpine to be had", "found no nats-server");
    }

    @Test
    void saysWhenTheNamedServerIsNotThere() throws Exception {
        script(tools.resolve("nats-server"), "exit 0");

        var result = fusion(Map.of("NATS_SERVER", "/nowhere/nats-server"), "nats", "--where");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("NATS_SERVER", "/nowhere/nats-server", "unset");
    }

    @Test
    void saysWhatToInstallWhenThereIsNoServer() throws Exception {
        var result = fusion(Map.of(), "nats", "--where");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("apt install nats-server", "brew install nats-server", "NATS_SERVER");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fetchesThePackageOnceWhenSeveralAsk(boolean withFlock) throws Exception {
        if (!withFlock) {
            Files.deleteIfExists(tools.resolve("flock"));
        }
        var fetches = folder.resolve("fetches");
        // apt-get <options> download nats-server, and dpkg -x <file> <folder>
        script(tools.resolve("apt-get"), "echo fetch >>'" + fetches + "'; sleep 0.2; echo deb >nats-server_1_any.deb");
        script(
                tools.resolve("dpkg"),
                "mkdir -p \"$3/usr/sbin\"; printf '#!/bin/sh\\n' >\"$3/usr/sbin/nats-server\"",
                "chmod +x \"$3/usr/sbin/nats-server\"");

        var asking = new ArrayList<Started>();
        for (var i = 0; i < 3; i++) {
            asking.add(new Started(start(SCRIPT, Map.of(), "nats", "--where")));
        }

        for (var started : asking) {
            var result = started.result();
            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(Path.of(result.out().strip())).isExecutable().startsWith(folder.toRealPath());
        }
        assertThat(fetches).hasContent("fetch");
        try (Stream<Path> left = Files.walk(folder.resolve("cache"))) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .as("what is left in the cache")
                    .isSubsetOf("nats-server", "lock");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "1.8"})
    void refusesAJavaThatIsTooOld(String version) throws Exception {
        var home = Files.createDirectories(folder.resolve("jdk-old/bin")).getParent();
        script(home.resolve("bin/java"), "echo '    java.specification.version = " + version + "' >&2");

        var result = fusion(Map.of("FUSION_JAVA_HOME", home.toString()), "serve");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .contains(
                        "JDK 17 or later", "is Java " + version.replace("1.", ""), home.toString(), "FUSION_JAVA_HOME");
    }

    @Test
    void saysWhereItLookedWhenThereIsNoJava() throws Exception {
        var result = fusion(Map.of("JAVA_HOME", "/nowhere/jdk"), "serve");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .contains("JAVA_HOME: there is no /nowhere/jdk/bin/java", "PATH: no java", "apt install");
    }

    @Test
    void buildsWhenSourcesChangedAndAgainAfterABuildThatFailed() throws Exception {
        var project = fakeProject(17);
        var source = project.resolve("src/main/App.java");
        var broken = project.resolve("broken");

        assertThat(runIn(project).err()).contains("first build");
        assertThat(runIn(project)).isEqualTo(new Result(0, HUB + "-jar quarkus-run.jar serve\n", ""));

        Files.writeString(source, "changed");
        Files.createFile(broken);
        for (var attempt = 0; attempt < 2; attempt++) {
            var failed = runIn(project);
            assertThat(failed.exit()).isEqualTo(1);
            assertThat(failed.out()).as("the old application does not run").isEmpty();
            assertThat(failed.err()).contains("sources have changed", "no such symbol", "fusion-build.log");
        }

        Files.delete(broken);
        assertThat(runIn(project).err()).contains("sources have changed", "Built.");
        assertThat(runIn(project).err()).isEmpty();

        Files.delete(source);
        assertThat(runIn(project).err()).as("a deleted source is a change").contains("Built.");
    }

    @Test
    void startsAHubOnJdk25AtOnceAndFromTheCacheThatWasMadeBesideIt() throws Exception {
        var project = fakeProject(25);
        var arguments = project.resolve("target/aot/25+1.args");

        var first = runIn(project);
        assertThat(first.err()).contains("first build", "An AOT cache for Java 25+1 is being made beside the hub");
        assertThat(first.out()).isEqualTo(HUB + "-jar quarkus-run.jar serve\n");
        await().atMost(SOON).until(() -> Files.exists(arguments));
        assertThat(runIn(project)).isEqualTo(new Result(0, HUB + "@25+1.args serve\n", ""));

        Files.writeString(project.resolve("src/main/App.java"), "changed");
        assertThat(runIn(project).err()).contains("sources have changed", "An AOT cache");
    }

    @Test
    void triesForACacheOncePerBuildAndJdk() throws Exception {
        var project = fakeProject(25);
        Files.createFile(project.resolve("no-cache"));
        var failure = project.resolve("target/aot/25+1.failed");

        runIn(project);
        await().atMost(SOON).until(() -> Files.exists(failure));
        var second = runIn(project);
        assertThat(second.out()).isEqualTo(HUB + "-jar quarkus-run.jar serve\n");
        assertThat(second.err().lines()).hasSize(1);
        assertThat(second.err()).contains("making it has failed", "fusion-aot.log", "rm " + failure.toRealPath());

        Files.writeString(failure, "/another/jdk");
        assertThat(runIn(project).err()).as("another JDK").contains("is being made beside the hub");
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(NoSuchFileException.class)
                .until(() -> !Files.readString(failure).contains("another"));

        Files.writeString(project.resolve("src/main/App.java"), "changed");
        assertThat(runIn(project).err()).as("another build").contains("is being made beside the hub");
    }

    @Test
    void makesNoCacheWhereItIsSwitchedOff() throws Exception {
        var project = fakeProject(25);
        runIn(project, Map.of("FUSION_AOT_CACHE", "off"));

        assertThat(runIn(project, Map.of("FUSION_AOT_CACHE", "off")))
                .isEqualTo(new Result(0, HUB + "-jar quarkus-run.jar serve\n", ""));
        assertThat(project.resolve("target/aot")).doesNotExist();
    }

    @Test
    void endsAHubWithoutMemoryWhateverItsOptions() throws Exception {
        var project = fakeProject(17);

        assertThat(runIn(project, Map.of("FUSION_JAVA_OPTS", "-Xmx1g")).out())
                .isEqualTo("-XX:+ExitOnOutOfMemoryError -Xmx1g -jar quarkus-run.jar serve\n");
    }

    @Test
    void saysThatThePortOfNatsIsTaken() throws Exception {
        script(tools.resolve("nats-server"), "echo started");
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(other.getLocalPort());

            var result = fusion(Map.of(), "nats", "--port", port);

            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("port " + port + " is in use", "--port", "FUSION_NATS_URL");
            assertThat(result.err().lines()).hasSizeLessThan(10);
        }
    }

    /** A project whose Maven makes an empty jar, or fails while a file named broken is there, and whose Java echoes. */
    private Path fakeProject(int version) throws IOException {
        var project = Files.createDirectories(folder.resolve("project/src/main"))
                .getParent()
                .getParent();
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("src/main/App.java"));
        Files.createDirectories(project.resolve("bin"));
        Files.copy(SCRIPT, project.resolve("bin/fusion"));
        script(
                project.resolve("mvnw"),
                "cd \"${0%/*}\"; [ ! -e broken ] || { echo no such symbol; exit 1; }",
                "mkdir -p target/quarkus-app; : >target/quarkus-app/quarkus-run.jar");
        var bin = Files.createDirectories(folder.resolve("jdk/bin"));
        script(bin.resolve("javac"), "exit 0");
        script(
                bin.resolve("java"),
                "if [ \"$3\" = aot-cache ]; then cd \"${2%/*}/../aot\" || exit 1; rm -f 25+1.failed",
                "if [ -e ../../no-cache ]; then echo \"${0%/bin/java}\" >25+1.failed; else : >25+1.args; fi; exit 0; fi",
                "[ \"$1\" = -XshowSettings:properties ] || { echo \"$*\" | sed 's#[^ @]*/##'; exit 0; }",
                "echo ' java.specification.version = " + version + "'; echo ' java.runtime.version = " + version
                        + "+1'",
                "echo ' java.home = " + bin.getParent() + "'");
        return project;
    }

    private Result runIn(Path project) throws Exception {
        return runIn(project, Map.of());
    }

    private Result runIn(Path project, Map<String, String> more) throws Exception {
        var environment = new HashMap<>(more);
        environment.put("FUSION_JAVA_HOME", folder.resolve("jdk").toString());
        environment.put("NATS_SERVER", folder.resolve("jdk/bin/java").toString());
        return new Started(start(project.resolve("bin/fusion"), environment, "serve")).result();
    }

    private record Result(int exit, String out, String err) {}

    /** A running process whose output is already being collected, so that it never waits for us. */
    private record Started(Process process) {
        Result result() throws Exception {
            // Errors are a few lines and fit the pipe, so reading one after the other is safe.
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ends").isTrue();
            return new Result(process.exitValue(), out, err);
        }
    }

    private Result fusion(Map<String, String> environment, String... arguments) throws Exception {
        return new Started(start(SCRIPT, environment, arguments)).result();
    }

    private Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(tools.resolve("bash").toString(), script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Path script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
