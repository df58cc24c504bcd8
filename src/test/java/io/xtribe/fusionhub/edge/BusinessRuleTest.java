package io.xtribe.fusionhub.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

import io.xtribe.fusionhub.signal.WebhookAuthentication;

import static org.assertj.core.api.Assertions.assertThat;

/** The script for ServiceNow, on the engine that ServiceNow uses, among stand-ins for its objects ({@code glide.js}). */
class BusinessRuleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPT = VectorConfig.FOLDER.resolve("platforms/servicenow-business-rule.js");
    private static final Path WEBHOOKS = Path.of("src", "test", "resources", "webhooks", "servicenow");
    private static final String SECRET = "servicenow-new-5be07d";
    private static final String SEND_AGAIN = "new FusionHub().sendAgain()";

    private Context context;
    private Scriptable scope;

    /** What the stand-ins leave to Java. */
    public static final class Host {

        public String guid() {
            return UUID.randomUUID().toString().replace("-", "");
        }

        public String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** In ASCII: which charset ServiceNow takes for anything else is not known. */
        public String mac(String key, String algorithm, String text) throws GeneralSecurityException {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @BeforeEach
    void load() {
        context = Context.enter();
        context.setLanguageVersion(Context.VERSION_1_8);
        scope = context.initStandardObjects();
        ScriptableObject.putProperty(scope, "host", Context.javaToJS(new Host(), scope));
        run(read(Path.of("src", "test", "resources", "edge", "glide.js")));
        install("true");
    }

    private void install(String signs) {
        run(read(SCRIPT)
                .replace("{{FUSION_URL}}", "https://hub.example/webhooks/servicenow")
                .replace("{{FUSION_USER}}", "svc.fusion")
                .replace("{{FUSION_SIGN}}", signs));
    }

    @AfterEach
    void leave() {
        Context.exit();
    }

    @Test
    void writesTheBodyThatTheHubKnows() throws IOException {
        var expected = JSON.readTree(WEBHOOKS.resolve("created-p1.json").toFile());

        tell("created-p1.json");

        assertThat(written(expected)).isEqualTo(expected);
    }

    @Test
    void saysWhatChangedAndWhatWasBefore() throws IOException {
        var expected = JSON.readTree(WEBHOOKS.resolve("raised-to-p2.json").toFile());

        tell("raised-to-p2.json");

        assertThat(written(expected)).isEqualTo(expected);
    }

    @Test
    void takesTheTextOfACommentWithoutItsHeadLine() throws IOException {
        var expected = JSON.readTree(WEBHOOKS.resolve("commented.json").toFile());

        tell("commented.json");

        assertThat(written(expected)).isEqualTo(expected);
    }

    @Test
    void namesTheServiceAndTheConfigurationItem() throws IOException {
        tell("created-p1.json");

        var incident = JSON.readTree(text("outbox[0].u_body")).path("incident");
        assertThat(incident.at("/business_service/display_value").asText()).isEqualTo("checkout");
        assertThat(incident.at("/cmdb_ci/display_value").asText()).isEqualTo("shop-01");
    }

    @Test
    void saysNothingOfWhatTheHubItselfWrote() {
        run("user = 'svc.fusion'");

        tell("created-p1.json");

        assertThat(number("outbox.length")).isZero();
    }

    @Test
    void signsWhatItSends() throws IOException {
        var difficult = "Küche 🔥 costs ${price} $5 {brace} \"quoted\" \u007f";
        tell("created-p1.json", difficult);
        run("answers = [202]");

        run(SEND_AGAIN);

        var body = text("requests[0].body");
        assertThat(authentication()
                        .accepts(
                                name -> text("requests[0].headers['" + name + "'] || ''"),
                                body.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(JSON.readTree(body).at("/incident/description").asText()).isEqualTo(difficult);
        assertThat(body).matches("[\\x00-\\x7e]+").doesNotContain("$");
        assertThat(text("requests[0].url")).isEqualTo("https://hub.example/webhooks/servicenow");
        assertThat(text("requests[0].method")).isEqualTo("post");
        assertThat(number("outbox.length")).isZero();
    }

    @Test
    void sendsNoHalfCharacters() throws IOException {
        tell("created-p1.json", "cut in the middle of \ud83d, and its other half \udd25");

        var body = text("outbox[0].u_body");
        assertThat(body).doesNotContain("\\ud83d", "\\udd25");
        assertThat(JSON.readTree(body).at("/incident/description").asText())
                .isEqualTo("cut in the middle of \ufffd, and its other half \ufffd");
    }

    @Test
    void sendsTheSecretAsTokenWhereItDoesNotSign() {
        install("false");
        tell("created-p1.json");
        run("answers = [202]");

        run(SEND_AGAIN);

        assertThat(text("requests[0].headers['X-Fusion-Token']")).isEqualTo(SECRET);
        assertThat(text("String(requests[0].headers['X-Fusion-Signature'])")).isEqualTo("undefined");
    }

    @Test
    void keepsAllRowsAndTheirOrderWhileTheHubIsNotThere() {
        tell("created-p1.json");
        tell("raised-to-p2.json");
        for (var answer : List.of("503", "401", "404", "429", "'Connect timed out'")) {
            run("requests = []; answers = [" + answer + "]");

            run(SEND_AGAIN);

            assertThat(number("requests.length")).as(answer).isEqualTo(1);
            assertThat(number("outbox.length")).as(answer).isEqualTo(2);
        }
        assertThat(text("outbox[0].u_answer")).isEqualTo("Connect timed out");

        run("requests = []; answers = [202, 202]");
        run(SEND_AGAIN);

        assertThat(number("outbox.length")).isZero();
        assertThat(text("requests[0].body")).contains("incident.created");
        assertThat(text("requests[1].body")).contains("incident.updated");
    }

    @Test
    void aRefusedRowHoldsUpNobodyAndIsLeftAfterTenTimes() {
        tell("created-p1.json");
        tell("raised-to-p2.json");
        run("answers = [413, 202]");

        run(SEND_AGAIN);

        assertThat(number("outbox.length")).isEqualTo(1);
        for (var time = 2; time <= 12; time++) {
            run("answers = [413]");
            run(SEND_AGAIN);
        }
        assertThat(text("outbox[0].u_tries")).isEqualTo("10");
        assertThat(text("outbox[0].u_answer")).isEqualTo("413");
        assertThat(number("requests.length")).isEqualTo(11);
    }

    private static WebhookAuthentication authentication() {
        return new WebhookAuthentication(List.of(SECRET), Optional.empty(), Clock.systemUTC());
    }

    /** The business rule on what the platform would have seen, had it sent that body. */
    private void tell(String file) {
        tell(file, null);
    }

    private void tell(String file, String description) {
        try {
            var body = JSON.readTree(WEBHOOKS.resolve(file).toFile());
            var values = JSON.createObjectNode();
            var displayed =
                    JSON.createObjectNode().put("business_service", "checkout").put("cmdb_ci", "shop-01");
            body.path("incident").properties().forEach(column -> {
                if (column.getValue().isObject()) {
                    values.set(column.getKey(), column.getValue().path("value"));
                    displayed.set(column.getKey(), column.getValue().path("display_value"));
                } else {
                    values.set(column.getKey(), column.getValue());
                }
            });
            if (description != null) {
                values.put("description", description);
            }
            var journal = JSON.createObjectNode();
            body.path("journal")
                    .forEach(entry -> journal.set(entry.path("element").asText(), entry.path("value")));
            var created = body.path("event_type").asText().equals("incident.created");
            run("user = user === 'svc.fusion' ? user : " + body.path("updated_by"));
            run("new FusionHub().tell(new Incident('%s', %s, %s, %s, %s), %s)"
                    .formatted(
                            created ? "insert" : "update",
                            values,
                            displayed,
                            body.path("changed"),
                            journal,
                            created ? "null" : "new Incident('', " + before(body) + ", {}, [], {})"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode before(JsonNode body) {
        var before = JSON.createObjectNode();
        before.set("state", body.at("/incident/previous_state"));
        before.set("priority", body.at("/incident/previous_priority"));
        return before;
    }

    /** The row's body as the fixtures have it: with the id of the file, and without the references that they lack. */
    private JsonNode written(JsonNode expected) throws IOException {
        var body = (ObjectNode) JSON.readTree(text("outbox[0].u_body"));
        assertThat(body.path("event_id").asText()).matches("[0-9a-f]{32}");
        body.set("event_id", expected.path("event_id"));
        ((ObjectNode) body.path("incident")).remove(List.of("business_service", "cmdb_ci"));
        return body;
    }

    private void run(String script) {
        context.evaluateString(scope, script, "test", 1, null);
    }

    private String text(String expression) {
        return Context.toString(context.evaluateString(scope, expression, "test", 1, null));
    }

    private int number(String expression) {
        return (int) Context.toNumber(context.evaluateString(scope, expression, "test", 1, null));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
