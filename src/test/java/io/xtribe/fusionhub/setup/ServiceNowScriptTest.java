package io.xtribe.fusionhub.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceNowScriptTest extends SetupTest {

    @Test
    void printsTheScriptWithItsValuesAndWithoutTheSecret() throws Exception {
        var outcome = run(
                Map.of("fusion.servicenow.username", "svc.o'hub"), "--platform=servicenow", "--url=" + HUB, "--sign");

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains(
                        "'" + HUB + "/webhooks/servicenow'",
                        "'svc.o\\'hub'",
                        "'true' === 'true'",
                        "business_service",
                        "cmdb_ci",
                        "X-Fusion-Token",
                        "X-Fusion-Signature")
                .doesNotContain("{{", "}}", SECRET);
        assertThat(sandbox.calls()).isEmpty();
    }

    @Test
    void sendsATokenAndAssumesAUserUnlessTold() throws Exception {
        assertThat(run("--platform=servicenow", "--url=" + HUB).out()).contains("'false' === 'true'", "'svc.fusion'");
    }

    @Test
    void isTheScriptOfTheFolderThatIsDocumented() throws Exception {
        var script = Files.readString(Path.of("vector/platforms/servicenow-business-rule.js"));

        assertThat(Templates.read("servicenow-business-rule.js")).isEqualTo(script.strip());
    }
}
