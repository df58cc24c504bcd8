package io.xtribe.fusionhub.conformance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

import io.xtribe.fusionhub.Main;

import static org.assertj.core.api.Assertions.assertThat;

@Isolated("it takes what the process writes")
class CatalogueCommandTest {

    private static final String HEADER =
            "service,team,tier,assignment_group,pagerduty_service,escalation_policy,runbook\n";

    @TempDir
    Path folder;

    private String said;

    private int check(String text) throws Exception {
        var file = Files.writeString(folder.resolve("services.csv"), text);
        var bytes = new ByteArrayOutputStream();
        var out = System.out;
        var err = System.err;
        try (var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            return new CommandLine(new Main()).execute("catalogue", "check", file.toString());
        } finally {
            System.setOut(out);
            System.setErr(err);
            said = bytes.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
        }
    }

    @Test
    void saysThatACatalogueIsInOrder() throws Exception {
        assertThat(check(HEADER + "checkout,,,,,,\nsearch,,,,,,\n")).isZero();

        assertThat(said).isEqualTo("services.csv is in order: 2 services\n");
    }

    @Test
    void saysWhichColumnIsNotUsedAnyMore() throws Exception {
        assertThat(check(HEADER.replace(",runbook", ",datadog_team,runbook") + "checkout,,,,,,shop,\n"))
                .isZero();

        assertThat(said)
                .isEqualTo("services.csv is in order: 1 services\n- line 1: column 'datadog_team' is not used any more"
                        + " and ignored: remove it, with its cells\n");
    }

    @Test
    void saysWhatIsWrongWithOne() throws Exception {
        assertThat(check(HEADER + "checkout,,,,,,\ncheckout,,,,,,\n")).isEqualTo(1);

        assertThat(said)
                .isEqualTo("services.csv cannot be used:\n- line 3: service 'checkout' is in line 2 already: a signal"
                        + " finds its row by it, keep it in one of them\n");
    }
}
