package io.xtribe.fusionhub.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code vector/start} does, with a stand-in for Vector that writes down how it is called. */
class VectorStartTest {

    private static final Path FOLDER = Path.of("vector");

    @TempDir
    Path folder;

    private Path installed;
    private Path vector;
    private Path calls;

    /** A copy of the folder's files, as Vector's data folder is written in one of them. */
    @BeforeEach
    void install() throws IOException {
        installed = Files.createDirectories(folder.resolve("etc/vector"));
        Files.copy(FOLDER.resolve("start"), installed.resolve("start"), StandardCopyOption.COPY_ATTRIBUTES);
        dataFolder(folder.resolve("data"));
        calls = folder.resolve("calls");
        vector = standIn(0);
    }

    private void dataFolder(Path data) throws IOException {
        var environment = Files.readString(FOLDER.resolve("environment.yaml"));
        assertThat(environment).contains("data_dir: /var/lib/vector\n");
        Files.writeString(
                installed.resolve("environment.yaml"), environment.replace("/var/lib/vector", data.toString()));
    }

    private Path standIn(int exitOfValidate) throws IOException {
        var script = Files.writeString(folder.resolve("vector"), """
                #!/bin/sh
                echo "$VECTOR_MAX_DECOMPRESSED_SIZE_BYTES $(basename "$PWD") $*" >> '%s'
                [ "$1" != validate ] || exit %d
                """.formatted(calls, exitOfValidate));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void limitsWhatIsUnpackedAndChecksBeforeItStarts() throws Exception {
        assertThat(start(List.of("--quiet"))).isZero();

        assertThat(calls).hasContent("""
                        1048576 vector validate --skip-healthchecks vector.yaml environment.yaml
                        1048576 vector --config vector.yaml --config environment.yaml --quiet
                        """);
        assertThat(folder.resolve("data")).isDirectory();
    }

    @Test
    void onlyChecksWhenAsked() throws Exception {
        assertThat(start(List.of("--check"))).isZero();

        assertThat(Files.readAllLines(calls)).singleElement().asString().contains("validate");
    }

    @Test
    void doesNotStartWithWhatVectorDoesNotTake() throws Exception {
        standIn(78);

        assertThat(start(List.of())).isEqualTo(78);

        assertThat(Files.readAllLines(calls)).singleElement().asString().contains("validate");
        assertThat(Files.readString(folder.resolve("output"))).contains("bin/fusion catalogue check");
    }

    @Test
    void saysWhatToDoWithoutVector() throws Exception {
        Files.delete(vector);

        assertThat(start(List.of())).isEqualTo(69);

        assertThat(Files.readString(folder.resolve("output"))).contains("VECTOR=<path>");
    }

    @Test
    void saysWhatToDoWithoutADataFolder() throws Exception {
        dataFolder(Files.createFile(folder.resolve("file")).resolve("data"));

        assertThat(start(List.of())).isEqualTo(73);

        assertThat(Files.readString(folder.resolve("output"))).contains("data_dir in environment.yaml");
        assertThat(calls).doesNotExist();
    }

    private int start(List<String> arguments) throws Exception {
        var command = new ProcessBuilder(
                new ArrayList<>(List.of(installed.resolve("start").toString())));
        command.command().addAll(arguments);
        command.directory(folder.toFile()).redirectErrorStream(true);
        command.redirectOutput(folder.resolve("output").toFile());
        command.environment().remove("VECTOR_MAX_DECOMPRESSED_SIZE_BYTES");
        command.environment().put("VECTOR", vector.toString());
        var process = command.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
