package io.xtribe.fusionhub.lab.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.lab.sandbox.SandboxCaller.Reply;
import io.xtribe.fusionhub.lab.sandbox.simulator.Signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** ServiceNow in the sandbox: what its API answers, and what it tells the hub. */
class ServiceNowSandboxTest extends SandboxFixture {
    private static final String TABLE = "/api/now/table/incident";

    private String create(String correlationId) {
        return caller.serviceNow(
                        "POST",
                        TABLE,
                        "{\"short_description\":\"slow\",\"impact\":\"1\",\"urgency\":\"2\",\"correlation_id\":\""
                                + correlationId + "\",\"correlation_display\":\"fusion-hub\",\"work_notes\":\"hello\"}")
                .text("/result/sys_id");
    }

    /** What an instance has told the hub; webhooks may overtake each other. */
    private HubDouble.Received from(String instance) throws IOException {
        for (HubDouble.Received each : hub.received) {
            if (each.text("/instance").equals(instance)) {
                return each;
            }
        }
        throw new AssertionError(instance + " has told nothing");
    }

    private Reply query(String query) {
        return caller.serviceNow("GET", TABLE + "?sysparm_query=" + SandboxCaller.encoded(query), null);
    }

    @Test
    void aCloneReportsWithTheSameSecretAndKeepsNothing() throws IOException {
        caller.control("PATCH", "/settings", "{\"features\":{\"servicenow.ruleSkipsHubUser\":false}}");
        String id = create("fx-1");
        caller.control(
                "POST",
                "/servicenow/clones/" + id,
                "{\"state\":\"6\",\"close_code\":\"Duplicate\",\"close_notes\":\"x\",\"instance\":\"acmedev\"}");
        caller.control("POST", "/servicenow/clones", "{\"impact\":\"1\",\"urgency\":\"1\"}");

        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 3);
        var cloned = from("acmedev");
        assertThat(cloned.text("/incident/sys_id")).isEqualTo(id);
        assertThat(cloned.text("/incident/state")).isEqualTo("6");
        assertThat(cloned.headers()).containsEntry("X-Fusion-Token", "sandbox-servicenow-secret");
        assertThat(from("acmetest").text("/incident/sys_id")).isNotEqualTo(id);
        assertThat(from("sandbox").text("/incident/sys_id")).isEqualTo(id);
        assertThat(query("").body().path("result")).hasSize(1);
        assertThat(caller.serviceNow("GET", TABLE + "/" + id, null).text("/result/state"))
                .isEqualTo("1");
    }

    @Test
    void tellsItsNameIfItMay() {
        String path = "/api/now/table/sys_properties?sysparm_query=name%3Dinstance_name";
        assertThat(caller.serviceNow("GET", path, null).text("/result/0/value")).isEqualTo("sandbox");

        caller.control("PATCH", "/settings", "{\"features\":{\"servicenow.readsProperties\":false}}");

        assertThat(caller.serviceNow("GET", path, null).body().path("result")).isEmpty();
    }

    @Test
    void refusesWithoutCredentialsAndTakesTokens() {
        Reply refused = caller.call("GET", "/servicenow" + TABLE, Map.of(), null);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("/error/message")).isEqualTo("User Not Authenticated");

        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
        String grant = "grant_type=client_credentials&client_id=sandbox-client&client_secret=";
        Reply wrong = caller.call("POST", "/servicenow/oauth_token.do", form, grant + "x");
        assertThat(wrong.body().toString())
                .isEqualTo("{\"error_description\":\"access_denied\",\"error\":\"server_error\"}");
        Reply token = caller.call("POST", "/servicenow/oauth_token.do", form, grant + "sandbox-client-secret");
        Map<String, String> bearer = Map.of("Authorization", "Bearer " + token.text("/access_token"));
        assertThat(caller.call("GET", "/servicenow" + TABLE, bearer, null).status())
                .isEqualTo(200);
    }

    @Test
    void computesPriorityAndAnswersInStrings() {
        Reply created = caller.serviceNow(
                "POST",
                TABLE,
                "{\"short_description\":\"slow\",\"impact\":1,\"urgency\":2,\"priority\":\"5\",\"u_unknown\":\"x\","
                        + "\"caller_id\":\"6816f79cc0a8016401c5a33be04be441\",\"work_notes\":\"hello\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.response().headers().firstValue("Location")).isPresent();
        assertThat(created.text("/result/priority")).isEqualTo("2");
        assertThat(created.text("/result/work_notes")).isEmpty();
        assertThat(created.body().path("result").has("u_unknown")).isFalse();
        assertThat(created.text("/result/caller_id/link")).endsWith("/sys_user/6816f79cc0a8016401c5a33be04be441");
        assertThat(created.body().at("/result/sys_mod_count").isTextual()).isTrue();
    }

    @Test
    void holdsToTheDataPolicyAndKeepsClosedRecordsClosed() {
        String path = TABLE + "/" + create("fx-1");
        Reply refused = caller.serviceNow("PATCH", path, "{\"state\":\"6\",\"close_code\":\"Made up\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/error/detail"))
                .isEqualTo(
                        "Data Policy Exception: \n\tThe following fields are mandatory: Resolution code, Close notes");
        Reply resolved = caller.serviceNow(
                "PATCH", path, "{\"state\":\"6\",\"close_code\":\"Solution provided\",\"close_notes\":\"done\"}");
        assertThat(resolved.text("/result/resolved_at")).isNotEmpty();
        assertThat(caller.serviceNow("PATCH", path, "{\"state\":\"2\"}").text("/result/reopen_count"))
                .isEqualTo("1");
        assertThat(caller.serviceNow("PATCH", path, "{\"state\":\"8\"}").status())
                .isEqualTo(200);
        assertThat(caller.serviceNow("PATCH", path, "{\"state\":\"2\"}").text("/error/detail"))
                .startsWith("ACL Exception");
        assertThat(caller.serviceNow("GET", TABLE + "/0", null).status()).isEqualTo(404);
    }

    @Test
    void dropsInvalidQueryPartsAndRunsTheRest() {
        create("fx-1");
        create("fx-2");
        assertThat(query("correlation_id=fx-1").body().path("result")).hasSize(1);
        assertThat(query("u_fusion_id=fx-1").body().path("result")).hasSize(2);
        assertThat(query("correlation_idSTARTSWITHfx^priorityIN1,2^ORDERBYDESCnumber")
                        .text("/result/0/correlation_id"))
                .isEqualTo("fx-2");
        assertThat(query("correlation_display!=fusion-hub^ORcorrelation_displayISEMPTY")
                        .body()
                        .path("result"))
                .isEmpty();
        assertThat(query("sys_updated_on>=javascript:gs.dateGenerate('2099-01-01','00:00:00')")
                        .body()
                        .path("result"))
                .isEmpty();
        Reply page = caller.serviceNow("GET", TABLE + "?sysparm_limit=1&sysparm_fields=number", null);
        assertThat(page.response().headers().firstValue("X-Total-Count")).contains("2");
        assertThat(page.response().headers().firstValue("Link").orElse("")).contains("rel=\"next\"");
        assertThat(page.body().at("/result/0")).hasSize(1);
    }

    @Test
    void showsNewRecordsInQueriesAfterTheIndexLag() {
        caller.control("PATCH", "/settings", "{\"indexLagMs\":{\"servicenow\":200}}");
        create("fx-1");
        assertThat(query("correlation_id=fx-1").body().path("result")).isEmpty();
        await().atMost(Duration.ofSeconds(2))
                .until(() -> query("correlation_id=fx-1").body().path("result").size() == 1);
    }

    @Test
    void keepsJournalAndChoicesInTheirTables() {
        String id = create("fx-1");
        String path = "/api/now/table/sys_journal_field?sysparm_query="
                + SandboxCaller.encoded("element_id=" + id + "^elementINwork_notes,comments");
        Reply journal = caller.serviceNow("GET", path, null);
        assertThat(journal.text("/result/0/value")).isEqualTo("hello");
        assertThat(journal.text("/result/0/sys_created_by")).isEqualTo("fusion");
        String choices = "/api/now/table/sys_choice?sysparm_query="
                + SandboxCaller.encoded("name=incident^element=close_code^inactive=false");
        assertThat(caller.serviceNow("GET", choices, null).body().path("result"))
                .hasSize(8);
    }

    @Test
    void loosesLinkColumnsWithTheFeature() {
        String path = TABLE + "/" + create("fx-1");
        String link = "{\"u_pagerduty_incident_url\":\"http://x.test\"}";
        assertThat(caller.serviceNow("PATCH", path, link).text("/result/u_pagerduty_incident_url"))
                .isEqualTo("http://x.test");
        caller.control("PATCH", "/settings", "{\"features\":{\"servicenow.linkColumns\":false}}");
        assertThat(caller.serviceNow("PATCH", path, link).body().path("result").has("u_pagerduty_incident_url"))
                .isFalse();
    }

    @Test
    void tellsTheHubWhatPeopleDidAndSignsIt() throws IOException {
        caller.control("PATCH", "/settings", "{\"features\":{\"servicenow.signWebhooks\":true}}");
        String id = caller.control(
                        "POST",
                        "/servicenow/incidents",
                        "{\"impact\":\"2\",\"urgency\":\"1\",\"short_description\":\"shop down\",\"business_service\":\"b1\"}")
                .text("/id");
        caller.control("POST", "/servicenow/incidents/" + id, "{\"impact\":\"1\"}");

        await().atMost(Duration.ofSeconds(2)).until(() -> hub.received.size() == 2);
        HubDouble.Received updated = hub.received.stream()
                .filter(received -> new String(received.body(), StandardCharsets.UTF_8).contains("incident.updated"))
                .findFirst()
                .orElseThrow();
        assertThat(updated.text("/incident/previous_priority")).isEqualTo("2");
        assertThat(updated.text("/incident/priority")).isEqualTo("1");
        assertThat(updated.text("/incident/sys_mod_count")).isEqualTo("1");
        assertThat(updated.text("/incident/business_service/value")).isEqualTo("b1");
        assertThat(updated.text("/incident/cmdb_ci/value")).isEmpty();
        assertThat(updated.headers())
                .containsEntry(
                        "X-Fusion-Signature",
                        Signatures.serviceNow(
                                "sandbox-servicenow-secret",
                                Long.parseLong(updated.headers().get("X-Fusion-Timestamp")),
                                updated.body()));
    }

    @Test
    void ruleCanSkipTheHubUser() {
        create("fx-1");
        assertThat(caller.control("GET", "/webhooks", null).body()).isEmpty();
        caller.control("PATCH", "/settings", "{\"features\":{\"servicenow.ruleSkipsHubUser\":false}}");
        create("fx-2");
        assertThat(caller.control("GET", "/webhooks", null).body()).hasSize(1);
    }

    @Test
    void hidesTheJournalByAnEmptyListOrARefusalAndTheNotesOfTheRecordToo() {
        String id = create("fx-1");
        String journal = "/api/now/table/sys_journal_field?sysparm_query=element_id=" + id;
        String shown = TABLE + "/" + id + "?sysparm_display_value=true&sysparm_fields=work_notes";
        caller.control("PATCH", "/settings", "{\"features\":{\"servicenow.journal\":false}}");
        assertThat(caller.serviceNow("GET", journal, null).body().path("result"))
                .isEmpty();
        assertThat(caller.serviceNow("GET", shown, null).text("/result/work_notes"))
                .contains("hello");
        caller.control("PATCH", "/settings", "{\"features\":{\"servicenow.journal\":403}}");
        assertThat(caller.serviceNow("GET", journal, null).status()).isEqualTo(403);
        caller.control("PATCH", "/settings", "{\"features\":{\"servicenow.notesOfRecord\":false}}");
        assertThat(caller.serviceNow("GET", shown, null).text("/result/work_notes"))
                .isEmpty();
    }

    @Test
    void computesPrioritiesByTheInstancesOwnMatrixAndPutsColumnsBack() {
        caller.control("PATCH", "/settings", "{\"servicenow\":{\"matrix\":{\"11\":\"2\"},\"putsBack\":[\"state\"]}}");
        String path = TABLE + "/" + create("fx-1");
        Reply updated = caller.serviceNow("PATCH", path, "{\"impact\":\"1\",\"urgency\":\"1\",\"state\":\"2\"}");
        assertThat(updated.text("/result/priority")).isEqualTo("2");
        assertThat(updated.text("/result/state")).isEqualTo("1");
    }
}
