package io.xtribe.fusionhub.it;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Browser;
import io.xtribe.fusionhub.testing.Http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Hawtio in the packaged hub, as its pages ask for things: what they get, what they steer, and what is refused. */
class HawtioIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CONVERGE = "org.apache.camel:context=fusion,type=routes,name=\"incident-converge\"";
    private static final String CONTEXT = "org.apache.camel:context=fusion,type=context,name=\"fusion\"";
    private static final String PAGE_WATCH = "org.apache.camel:context=fusion,type=routes,name=\"page-watch\"";
    private static final String TRACER = "org.apache.camel:context=fusion,type=tracer,name=BacklogTracer";
    private static final String WORK = "io.xtribe.fusionhub:type=Work";
    private static final String SECRET = "-Dsecret.of.a.system.property=must-not-be-shown";
    private static final String TOKEN = "token-of-the-api";
    /** Passed on by a proxy, it does not count as this host's. */
    private static final Map<String, String> FROM_ELSEWHERE = Map.of("X-Forwarded-For", "192.0.2.1");

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start(
                "HawtioIT", settings -> settings.withMBeans().jvmOption(SECRET).env("FUSION_API_TOKEN", TOKEN));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void servesItsPageUnderAPolicyAndLoadsNothingFromElsewhere() {
        assertThat(get("/hawtio").headers().firstValue("Location")).hasValue("/hawtio/");
        HttpResponse<String> page = get("/hawtio/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(get("/hawtio/camel/routes").body()).as("a page within it").isEqualTo(page.body());

        var main = Pattern.compile("src=\"/hawtio/(static/js/main[^\"]+)\"").matcher(page.body());
        assertThat(main.find()).isTrue();
        String script = get("/hawtio/" + main.group(1)).body();
        var chunks = Pattern.compile("(\\d+):\"([0-9a-f]{8})\"").matcher(script);
        int read = 0;
        while (chunks.find()) {
            HttpResponse<String> chunk =
                    get("/hawtio/static/js/" + chunks.group(1) + "." + chunks.group(2) + ".chunk.js");
            assertThat(chunk.body()).doesNotContain("cdn.jsdelivr.net");
            // Some parts of its other editions are named, and not there.
            read += chunk.statusCode() == 200 ? 1 : 0;
        }
        assertThat(read).as("scripts that were read").isGreaterThan(5);
        assertThat(get("/hawtio/monaco/vs/loader.js").statusCode()).isEqualTo(200);
        assertThat(Http.json(get("/hawtio/hawtconfig.json").body())
                        .at("/branding/appName")
                        .asText())
                .isEqualTo("xTribe Fusion Hub");
        assertThat(get("/hawtio/..%2fapplication.properties").statusCode()).isEqualTo(404);
        assertThat(get("/hawtio/no-such.js").statusCode()).isEqualTo(404);
    }

    @Test
    void answersWhatItsPagesAskFor() {
        assertThat(get("/hawtio/user").body()).isEqualTo("\"127.0.0.1\"");
        assertThat(get("/hawtio/plugin").body()).isEqualTo("[]");
        assertThat(get("/hawtio/keycloak/enabled").body()).isEqualTo("false");
        assertThat(get("/hawtio/proxy/enabled").body()).isEqualTo("false");
        assertThat(get("/hawtio/auth/config").body()).isEqualTo("{}");
        assertThat(Http.json(get("/hawtio/auth/config/session-timeout").body())
                        .path("timeout")
                        .asInt())
                .isEqualTo(-1);
        assertThat(Http.json(get("/hawtio/jolokia").body()).at("/value/agent").asText())
                .isNotEmpty();
        assertThat(get("/hawtio/jolokia/read/java.lang:type=Memory").statusCode())
                .isEqualTo(404);
    }

    @Test
    void letsNobodyInWhoIsNotKnown() {
        for (String path : List.of(
                "/hawtio/",
                "/hawtio/camel/routes?nid=x",
                "/hawtio/user",
                "/hawtio/jolokia",
                "/hawtio/plugin",
                "/hawtio/static/js/x.js")) {
            assertThat(send("GET", path, "", FROM_ELSEWHERE).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(post("{\"type\":\"version\"}", FROM_ELSEWHERE).statusCode()).isEqualTo(401);
        assertThat(post(
                                "{\"type\":\"version\"}",
                                Map.of("X-Forwarded-For", "192.0.2.1", "Authorization", "Bearer " + TOKEN))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesWhatAPageOfAnotherSiteAsksFor() {
        String version = "{\"type\":\"version\"}";
        assertThat(post(version, Map.of("Origin", rig.hub.url())).statusCode()).isEqualTo(200);
        assertThat(post(version, Map.of("Origin", "http://evil.example")).statusCode())
                .isEqualTo(401);
        assertThat(post(version, Map.of("Sec-Fetch-Site", "cross-site")).statusCode())
                .isEqualTo(401);
        assertThat(post(version, Map.of("Content-Type", "text/plain")).statusCode())
                .isEqualTo(403);
        try (RawHttp client = new RawHttp(rig.hub.url())) {
            // A name of somebody else's that was made to mean this host.
            client.say("POST /hawtio/jolokia/ HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + version.length() + "\r\n\r\n" + version);
            assertThat(client.status()).isEqualTo(401);
        }
    }

    @Test
    void listsRoutesWithTheirDescriptionsAndSources() {
        JsonNode routes = ok(Map.of(
                "type",
                "read",
                "mbean",
                "org.apache.camel:context=*,type=routes,name=*",
                "attribute",
                List.of("RouteId", "Description", "State")));
        assertThat(routes.size()).isGreaterThan(50);
        for (JsonNode route : routes) {
            assertThat(route.path("Description").asText()).as(route.toString()).isNotEmpty();
        }
        assertThat(routes.findValuesAsText("RouteId"))
                .contains("signals-intake", "incident-converge", "pagerduty-open");
        assertThat(ok(exec(CONTEXT, "dumpRoutesAsXml()")).asText())
                .contains("<route id=\"incident-converge\" description=\"Brings the platforms");
        assertThat(ok(exec(CONTEXT, "dumpRoutesStatsAsXml(boolean,boolean)", true, true))
                        .asText())
                .contains("incident-converge");
        assertThat(ok(exec(CONVERGE, "dumpRouteAsXml()")).asText()).contains("converger");
    }

    @Test
    void suspendsAndResumesARouteOfTheHub() {
        String before = "before converge is suspended";
        rig.awaitLinked(rig.trigger(before), LIMIT);
        ok(exec(CONVERGE, "suspend()"));
        assertThat(ok(read(CONVERGE, "State")).asText()).isEqualTo("Suspended");
        String title = "while converge is suspended";
        rig.trigger(title);
        String id = rig.id(title);
        await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() -> rig.creates(FaultRig.PAGE, title)
                .isEmpty());
        ok(exec(CONVERGE, "resume()"));
        rig.awaitLinked(title, LIMIT);

        // The hub's own operations are those of the API, and stand on the timeline with who asked.
        ok(exec(WORK, "converge", id, "looking twice"));
        await().atMost(LIMIT).until(() -> rig.timeline(title).stream()
                .anyMatch(text -> text.startsWith("converge by 127.0.0.1 (looking twice): ")));
        assertThat(error(exec(WORK, "retry", id, "")).path("error").asText()).contains("nothing of it is rejected");
        assertThat(error(exec(WORK, "converge", "fx-" + "0".repeat(32), ""))
                        .path("error")
                        .asText())
                .contains("there is no such incident");
    }

    /** Its list is read again every ten seconds. */
    @Test
    void itsButtonsStopAndStartARoute() {
        assumeTrue(Browser.find().isPresent(), Browser.NONE);
        try (Browser browser = Browser.start()) {
            Page page = browser.open();
            List<String> foreign = new ArrayList<>();
            page.onRequest(request -> {
                if (request.url().startsWith("http") && !request.url().startsWith(rig.hub.url())) {
                    foreign.add(request.url());
                }
            });
            page.navigate(rig.hub.url() + "/hawtio/camel");
            page.getByText("routes", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            Locator row = page.locator("tbody tr")
                    .filter(new Locator.FilterOptions()
                            .setHas(page.getByText("page-watch", new Page.GetByTextOptions().setExact(true))));
            press(page, row, "Stop");
            await().atMost(LIMIT).until(() -> ok(read(PAGE_WATCH, "State")).asText(), "Stopped"::equals);
            PlaywrightAssertions.assertThat(row)
                    .containsText("Stopped", new LocatorAssertions.ContainsTextOptions().setTimeout(LIMIT.toMillis()));
            press(page, row, "Start");
            await().atMost(LIMIT).until(() -> ok(read(PAGE_WATCH, "State")).asText(), "Started"::equals);
            assertThat(foreign).as("addresses elsewhere").isEmpty();
        }
    }

    /** In the list of routes there is no button for it; each route has its operations. */
    @Test
    void itsOperationsSuspendAndResumeARoute() {
        assumeTrue(Browser.find().isPresent(), Browser.NONE);
        try (Browser browser = Browser.start()) {
            Page page = browser.open();
            page.navigate(rig.hub.url() + "/hawtio/camel");
            Locator tree = page.locator("[class*=tree-view__list]").first();
            // Routes are listed by their group.
            for (String node : List.of("routes", "nats")) {
                tree.getByText(node, new Locator.GetByTextOptions().setExact(true))
                        .first()
                        .click();
            }
            for (String inPage : List.of("incident-converge", "Operations")) {
                page.getByText(inPage, new Page.GetByTextOptions().setExact(true))
                        .first()
                        .click();
            }
            execute(page, "suspend()");
            await().atMost(LIMIT).until(() -> ok(read(CONVERGE, "State")).asText(), "Suspended"::equals);
            execute(page, "resume()");
            await().atMost(LIMIT).until(() -> ok(read(CONVERGE, "State")).asText(), "Started"::equals);
        }
    }

    private static void execute(Page page, String operation) {
        Locator row = page.getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(operation, new Page.GetByTextOptions().setExact(true))));
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Details"))
                .click();
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Execute"))
                .click();
    }

    private static void press(Page page, Locator row, String button) {
        row.locator("input[type=checkbox]").check();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    @Test
    void pausesAndResumesAPlatform() {
        String datadog = "io.xtribe.fusionhub:type=Platform,name=datadog";
        assertThat(ok(exec(datadog, "pause", "their upgrade")).asText()).contains("paused by hand, by 127.0.0.1");
        JsonNode paused = ok(read(datadog, null));
        assertThat(paused.path("State").asText()).isEqualTo("PAUSED");
        assertThat(paused.path("PausedBy").asText()).isEqualTo("127.0.0.1");
        assertThat(paused.path("Queue").has("open-p1")).isTrue();
        assertThat(StreamSupport.stream(rig.hub.platforms().spliterator(), false)
                        .filter(one -> one.path("platform").asText().equals("datadog")))
                .allMatch(one -> one.path("words").asText().endsWith("their upgrade"));
        ok(exec(datadog, "resume", ""));
        assertThat(ok(read(datadog, "Paused")).asBoolean()).isFalse();
        assertThat(error(exec(datadog, "resume", "")).path("error").asText()).contains("not paused by hand");
    }

    @Test
    void givesDeadLettersToTheHubAgain() {
        String letters = "io.xtribe.fusionhub:type=DeadLetters";
        assertThat(rig.hub.webhook("datadog", "{\"schema\":\"datadog-monitor-1\",\"nothing\":\"known\"}"))
                .isEqualTo(202);
        await().atMost(LIMIT).until(() -> ok(read(letters, "Count")).asInt() == 1);
        assertThat(ok(read(letters, "Last")).asText()).startsWith("datadog, ");
        String last = ok(read(letters, "LastId")).asText();
        ok(exec(letters, "replay", last, "looked at"));
        assertThat(rig.hub.log()).contains("Dead letter " + last + " of datadog replayed by 127.0.0.1: looked at");
        assertThat(error(exec(letters, "replay", "999999", "")).path("error").asText())
                .contains("no such dead letter");
        String run =
                ok(exec(letters, "replayAll", "datadog", "", 0, "all of them")).asText();
        await().atMost(LIMIT)
                .until(() -> Http.get(rig.hub.url() + "/api/jobs").body().contains(run));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CONTEXT + "|sendBody(java.lang.String,java.lang.Object)",
                CONTEXT + "|sendBody",
                CONTEXT + "|sendStringBody(java.lang.String,java.lang.String)",
                CONTEXT + "|sendStringBody (java.lang.String,java.lang.String)",
                CONTEXT + "|requestBody(java.lang.String,java.lang.Object)",
                CONTEXT + "|createEndpoint(java.lang.String)",
                CONTEXT + "|removeEndpoints(java.lang.String)",
                CONTEXT + "|addOrUpdateRoutesFromXml(java.lang.String)",
                CONTEXT + "|dumpRoutesAsXml(boolean)",
                CONTEXT + "|dumpRoutesAsXml(boolean,boolean)",
                CONTEXT + "|stop()",
                CONTEXT + "|setTracing",
                CONVERGE + "|updateRouteFromXml(java.lang.String)",
                CONVERGE + "|remove()",
                CONVERGE + "|setDescription",
                TRACER + "|setTraceFilter(java.lang.String)",
                "java.lang:type=Memory|gc()",
                "com.sun.management:type=HotSpotDiagnostic|dumpHeap(java.lang.String,boolean)",
                "com.sun.management:type=DiagnosticCommand|jvmtiAgentLoad([Ljava.lang.String;)",
                "java.util.logging:type=Logging|setLoggerLevel(java.lang.String,java.lang.String)",
                "JMImplementation:type=MBeanServerDelegate|getMBeanServerId()",
            })
    void refusesWhatItsPagesDoNotNeed(String bean, String operation) {
        JsonNode answer = answer(exec(bean, operation, "direct:incident-converge", "x"));
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.has("value")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"SystemProperties\"}",
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":[\"Uptime\",\"InputArguments\"]}",
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\"}",
                "{\"type\":\"read\",\"mbean\":\"java.lang:*\",\"attribute\":\"InputArguments\"}",
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=R*\"}",
                "{\"type\":\"read\",\"mbean\":\"com.sun.management:type=HotSpotDiagnostic\"}",
                "{\"type\":\"read\",\"mbean\":\"java.util.logging:type=Logging\",\"attribute\":\"LoggerNames\"}",
                "{\"type\":\"write\",\"mbean\":\"" + "java.lang:type=Memory"
                        + "\",\"attribute\":\"Verbose\",\"value\":true}",
                "{\"type\":\"write\",\"mbean\":\"" + TRACER + "\",\"attribute\":\"TraceFilter\",\"value\":\"x\"}",
                "{\"type\":\"notification\",\"command\":\"register\"}",
                "{\"type\":\"config\"}",
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Memory\",\"target\":{\"url\":\"service:jmx:rmi:///x\"}}",
            })
    void withholdsWhatMayHoldSecrets(String request) {
        HttpResponse<String> answer = post(request, Map.of());
        assertThat(answer.body()).doesNotContain("must-not-be-shown");
        if (answer.statusCode() == 200) {
            assertThat(Http.json(answer.body()).path("status").asInt())
                    .as(answer.body())
                    .isIn(403, 404);
        } else {
            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void hidesOtherDomains() {
        JsonNode all = ok(Map.of("type", "list"));
        assertThat(all.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("org.apache.camel", "java.lang", "io.xtribe.fusionhub");
        assertThat(all.at("/io.xtribe.fusionhub/type=Work/op/retry/args/0/name").asText())
                .isEqualTo("incident");
    }

    @Test
    void tracesForAnAdmin() {
        ok(Map.of("type", "write", "mbean", TRACER, "attribute", "Enabled", "value", true));
        rig.awaitLinked(rig.trigger("traced"), LIMIT);
        assertThat(ok(exec(TRACER, "dumpAllTracedMessagesAsXml()")).asText()).contains("incident-converge");
        ok(Map.of("type", "write", "mbean", TRACER, "attribute", "Enabled", "value", false));
        ok(exec(TRACER, "clear()"));
    }

    private static HttpResponse<String> get(String path) {
        return send("GET", path, "", Map.of());
    }

    private static HttpResponse<String> post(String body, Map<String, String> headers) {
        var all = new HashMap<>(Map.of("Content-Type", "application/json"));
        all.putAll(headers);
        return send("POST", "/hawtio/jolokia/", body, all);
    }

    private static HttpResponse<String> send(String method, String path, String body, Map<String, String> headers) {
        return Http.send(method, rig.hub.url() + path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static Map<String, Object> exec(String bean, String operation, Object... arguments) {
        return Map.of("type", "exec", "mbean", bean, "operation", operation, "arguments", List.of(arguments));
    }

    private static Map<String, Object> read(String bean, String attribute) {
        return attribute == null
                ? Map.of("type", "read", "mbean", bean)
                : Map.of("type", "read", "mbean", bean, "attribute", attribute);
    }

    private static JsonNode answer(Map<String, ?> request) {
        HttpResponse<String> answer = post(
                Http.json(new String(Http.bytes(request), StandardCharsets.UTF_8))
                        .toString(),
                Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer.body());
    }

    private static JsonNode ok(Map<String, ?> request) {
        JsonNode answer = answer(request);
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
        return answer.path("value");
    }

    private static JsonNode error(Map<String, ?> request) {
        JsonNode answer = answer(request);
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(500);
        return answer;
    }
}
