package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.access.Role;
import io.xtribe.fusionhub.access.UserCommand;
import io.xtribe.fusionhub.testing.Browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Who may log in, and what each role may do, at a hub with a users file and a token for each role. */
class AccessIT {

    private static final String VIEWER_TOKEN = "token-of-a-viewer";
    private static final String OPERATOR_TOKEN = "token-of-an-operator";
    private static final String ADMIN_TOKEN = "token-of-an-admin";
    private static final String PASSWORD = UserCommand.newPassword();
    private static final String SESSION_KEY = "key-of-the-sessions-of-this-test";
    private static final String VERB = "/api/incidents/fx-" + "0".repeat(32) + "/converge";
    private static final String NO_SUCH_INCIDENT = "there is no such incident, so that whoever may ask for it gets 404";

    @TempDir
    private static Path folder;

    private static FaultRig rig;
    private static Path users;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        users = folder.resolve("users");
        Files.write(
                users,
                List.of(
                        "# who may log in",
                        UserCommand.line("vera", Role.VIEWER, PASSWORD),
                        UserCommand.line("otto", Role.OPERATOR, PASSWORD),
                        UserCommand.line("adam", Role.ADMIN, PASSWORD),
                        UserCommand.line("ada", Role.ADMIN, PASSWORD),
                        UserCommand.line("lena", Role.OPERATOR, PASSWORD)));
        rig = FaultRig.start("AccessIT", settings -> settings.env("FUSION_USERS_FILE", users.toString())
                .env("FUSION_API_VIEWER_TOKEN", VIEWER_TOKEN)
                .env("FUSION_API_TOKEN", OPERATOR_TOKEN)
                .env("FUSION_API_ADMIN_TOKEN", ADMIN_TOKEN)
                .env("QUARKUS_HTTP_AUTH_SESSION_ENCRYPTION_KEY", SESSION_KEY));
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            assertThat(rig.hub.log())
                    .doesNotContain(PASSWORD, VIEWER_TOKEN, OPERATOR_TOKEN, ADMIN_TOKEN, SESSION_KEY)
                    .doesNotContain(Files.readAllLines(users).get(1).split(":")[2]);
        } finally {
            rig.close();
        }
    }

    @Test
    void whoHasNotLoggedInIsSentToTheLoginAlsoOnThisHost() {
        HttpResponse<String> page = get("/", "Accept", "text/html,*/*");
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location").orElseThrow()).endsWith("/login");
        assertThat(get("/login").body()).contains("j_username", "j_password");
        assertThat(get("/api/incidents").statusCode()).isEqualTo(401);
        assertThat(get("/api/incidents").headers().firstValue("WWW-Authenticate"))
                .contains("Bearer");
        assertThat(post(VERB).statusCode()).isEqualTo(401);
    }

    @Test
    void eachRoleMayDoWhatThoseBeforeItMay() {
        String vera = login("vera", PASSWORD);
        assertThat(get("/api/incidents", "Cookie", vera).statusCode()).isEqualTo(200);
        assertThat(get("/api/audit", "Cookie", vera).statusCode()).isEqualTo(403);
        HttpResponse<String> refused = post(VERB, "Cookie", vera);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("role does not allow");
        for (String name : List.of("otto", "ada")) {
            String cookie = login(name, PASSWORD);
            assertThat(get("/api/audit", "Cookie", cookie).statusCode()).isEqualTo(200);
            assertThat(post(VERB, "Cookie", cookie).statusCode())
                    .as(NO_SUCH_INCIDENT)
                    .isEqualTo(404);
        }
    }

    @Test
    void eachTokenHasItsRole() {
        assertThat(get("/api/incidents", "Authorization", "Bearer " + VIEWER_TOKEN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(VERB, "Authorization", "Bearer " + VIEWER_TOKEN).statusCode())
                .isEqualTo(403);
        for (String token : List.of(OPERATOR_TOKEN, ADMIN_TOKEN)) {
            assertThat(post(VERB, "Authorization", "bearer " + token).statusCode())
                    .as(NO_SUCH_INCIDENT)
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic b3R0bzp4", "", "Bearer " + OPERATOR_TOKEN + "x"})
    void whatIsNoTokenIsRefusedAlsoOnThisHost(String authorization) {
        assertThat(get("/api/incidents", "Authorization", authorization).statusCode())
                .isEqualTo(401);
        assertThat(post(VERB, "Authorization", authorization).statusCode()).isEqualTo(401);
    }

    /** In a browser where somebody has logged in, whatever the browser makes of the cookie. */
    @Test
    void somebodyElsesWebPageChangesNothing() {
        String cookie = login("otto", PASSWORD);
        assertThat(post(VERB, "Cookie", cookie, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(VERB, "Cookie", cookie, "Origin", "null").statusCode()).isEqualTo(401);
        assertThat(post(VERB, "Cookie", cookie, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(401);
        assertThat(post(VERB, "Cookie", cookie, "Sec-Fetch-Site", "same-site").statusCode())
                .isEqualTo(401);
        assertThat(post(VERB, "Cookie", cookie, "Origin", rig.hub.url(), "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .as(NO_SUCH_INCIDENT)
                .isEqualTo(404);
        assertThat(post("/api/logout", "Cookie", cookie, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aCookieThatSomebodyChangedIsNone() {
        String cookie = login("vera", PASSWORD);
        String other = cookie.substring(0, cookie.length() - 4) + (cookie.endsWith("AAAA") ? "BBBB" : "AAAA");
        assertThat(get("/api/incidents", "Cookie", other).statusCode()).isEqualTo(401);
        assertThat(get("/api/incidents", "Cookie", "fusion-session=x").statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoLogsOutLosesTheCookie() {
        String cookie = login("vera", PASSWORD);
        HttpResponse<String> answer = post("/api/logout", "Cookie", cookie, "Origin", rig.hub.url());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anyMatch(line -> line.startsWith("fusion-session=;") && line.contains("Max-Age=0"));
    }

    /** All at once, so that it holds on a slow machine as well. */
    @Test
    void whoFailsOftenWaits() {
        List<CompletableFuture<HttpResponse<String>>> attempts = Stream.generate(
                        () -> client.sendAsync(loginOf("adam", "wrong").build(), BodyHandlers.ofString()))
                .limit(12)
                .toList();
        assertThat(attempts)
                .allSatisfy(attempt -> assertThat(attempt.join().headers().allValues("Set-Cookie"))
                        .noneMatch(AccessIT::isSession));
        assertThat(rig.hub.log())
                .contains("Login of adam from 127.0.0.1 refused\n")
                .contains("Login of adam from 127.0.0.1 refused without a look");
        assertThat(login("otto", PASSWORD)).as("somebody else").isNotEmpty();
        await("one attempt every ten seconds")
                .atMost(Duration.ofSeconds(40))
                .until(() -> tryLogin("adam", PASSWORD).headers().allValues("Set-Cookie").stream()
                        .anyMatch(AccessIT::isSession));
    }

    @Test
    void aViewerWhoLogsInByBrowserSeesEverythingAndOperatesNothing() {
        assumeTrue(Browser.find().isPresent(), Browser.NONE);
        try (Browser browser = Browser.start()) {
            Page page = browser.open();
            page.navigate(rig.hub.url() + "/platforms");
            assertThat(page.url())
                    .as("who has not logged in is led to the login")
                    .endsWith("/login");
            logIn(page, "vera", "wrong");
            PlaywrightAssertions.assertThat(page.getByRole(AriaRole.ALERT)).containsText("Name or password is wrong");
            page.navigate(rig.hub.url() + "/platforms");
            logIn(page, "vera", PASSWORD);
            page.waitForURL("**/platforms");
            PlaywrightAssertions.assertThat(page.locator("form.who")).containsText("vera");
            PlaywrightAssertions.assertThat(page.locator("main")).containsText("PagerDuty");
            PlaywrightAssertions.assertThat(page.locator("[data-ask]")).hasCount(0);
            assertThat(page.navigate(rig.hub.url() + "/hawtio/").status()).isEqualTo(403);

            page.navigate(rig.hub.url() + "/");
            page.locator("form.who button").click();
            page.waitForURL("**/login");
            page.navigate(rig.hub.url() + "/");
            assertThat(page.url()).as("after the end of the session").endsWith("/login");

            logIn(page, "otto", PASSWORD);
            PlaywrightAssertions.assertThat(page.locator("form.who")).containsText("otto");
            page.navigate(rig.hub.url() + "/platforms");
            assertThat(page.locator("[data-ask]").count())
                    .as("buttons of an operator")
                    .isPositive();
        }
    }

    private static void logIn(Page page, String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
    }

    @Test
    void aChangedUsersFileHoldsWithoutARestart() throws IOException {
        String cookie = login("lena", PASSWORD);
        assertThat(post(VERB, "Cookie", cookie).statusCode())
                .as(NO_SUCH_INCIDENT)
                .isEqualTo(404);
        List<String> before = Files.readAllLines(users);
        Files.write(
                users,
                before.stream()
                        .map(line -> line.replace("lena:operator", "lena:viewer"))
                        .toList());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> post(VERB, "Cookie", cookie).statusCode() == 403);
        Files.write(users, List.of("lena:nothing"));
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            get("/api/incidents", "Cookie", cookie);
            return rig.hub.log().contains("it has to be name:role:hash");
        });
        assertThat(get("/api/incidents", "Cookie", cookie).statusCode())
                .as("with a wrong file what was read before holds")
                .isEqualTo(200);
        Files.write(
                users, before.stream().filter(line -> !line.startsWith("lena")).toList());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> get("/api/incidents", "Cookie", cookie).statusCode() == 401);
        Files.write(users, before);
    }

    @Test
    void whatOperatorsAskForIsInTheAudit() {
        String cookie = login("otto", PASSWORD);
        post(VERB, "{\"reason\": \"the ticket is late\"}", "Cookie", cookie, "X-Fusion-User", "somebody else");
        post("/api/jobs/nothing", "Authorization", "Bearer " + ADMIN_TOKEN, "X-Fusion-User", "a script");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonNode entries = FaultRig.JSON
                    .readTree(get("/api/audit?limit=100", "Authorization", "Bearer " + OPERATOR_TOKEN)
                            .body())
                    .path("entries");
            assertThat(entries).anySatisfy(entry -> {
                assertThat(entry.path("who").asText()).isEqualTo("otto");
                assertThat(entry.path("role").asText()).isEqualTo("operator");
                assertThat(entry.path("from").asText()).isEqualTo("127.0.0.1");
                assertThat(entry.path("action").asText()).isEqualTo("POST " + VERB);
                assertThat(entry.path("reason").asText()).isEqualTo("the ticket is late");
                assertThat(entry.path("outcome").asText()).isEqualTo("404");
            });
            assertThat(entries).anySatisfy(entry -> {
                assertThat(entry.path("who").asText()).isEqualTo("a script");
                assertThat(entry.path("role").asText()).isEqualTo("admin");
                assertThat(entry.path("action").asText()).isEqualTo("POST /api/jobs/nothing");
            });
        });
        JsonNode newest = audit("?limit=1");
        JsonNode older = audit("?limit=1&before=" + newest.path("before").asLong());
        assertThat(newest.path("entries")).hasSize(1);
        assertThat(older.path("entries")).hasSize(1).isNotEqualTo(newest.path("entries"));
    }

    private JsonNode audit(String query) {
        try {
            return FaultRig.JSON.readTree(get("/api/audit" + query, "Authorization", "Bearer " + OPERATOR_TOKEN)
                    .body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The cookie of a new session. */
    private String login(String name, String password) {
        HttpResponse<String> answer = tryLogin(name, password);
        String cookie = answer.headers().allValues("Set-Cookie").stream()
                .filter(AccessIT::isSession)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no session for " + name + ": " + answer));
        assertThat(cookie).containsIgnoringCase("HttpOnly").contains("SameSite=Strict");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static boolean isSession(String cookie) {
        return cookie.startsWith("fusion-session=") && !cookie.startsWith("fusion-session=;");
    }

    private HttpResponse<String> tryLogin(String name, String password) {
        return send(loginOf(name, password));
    }

    private static HttpRequest.Builder loginOf(String name, String password) {
        String form = "j_username=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&j_password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(rig.hub.url() + "/api/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(rig.hub.url() + path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> post(String path, String... headers) {
        boolean withBody = headers.length % 2 == 1;
        String[] rest = withBody ? List.of(headers).subList(1, headers.length).toArray(String[]::new) : headers;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(rig.hub.url() + path))
                .POST(HttpRequest.BodyPublishers.ofString(withBody ? headers[0] : "{}"));
        return send(rest.length == 0 ? request : request.headers(rest));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
