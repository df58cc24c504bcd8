package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.access.Role;
import io.xtribe.fusionhub.access.UserCommand;
import io.xtribe.fusionhub.testing.OpenIdProvider;

import static org.assertj.core.api.Assertions.assertThat;

/** Logging in at an OpenID provider, beside a users file and the hub's own tokens. */
class ProviderLoginIT {

    private static final String PASSWORD = UserCommand.newPassword();
    private static final String OPERATOR_TOKEN = "token-of-an-operator";
    private static final String VERB = "/api/incidents/fx-" + "0".repeat(32) + "/converge";

    @TempDir
    private static Path folder;

    private static OpenIdProvider provider;
    private static FaultRig rig;

    @BeforeAll
    static void start() throws IOException {
        provider = OpenIdProvider.start();
        Path users = folder.resolve("users");
        Files.write(users, List.of(UserCommand.line("otto", Role.OPERATOR, PASSWORD)));
        rig = FaultRig.start("ProviderLoginIT", settings -> settings.env("FUSION_USERS_FILE", users.toString())
                .env("FUSION_API_TOKEN", OPERATOR_TOKEN)
                .env("QUARKUS_OIDC_TENANT_ENABLED", "true")
                .env("QUARKUS_OIDC_AUTH_SERVER_URL", provider.url())
                .env("QUARKUS_OIDC_CLIENT_ID", OpenIdProvider.CLIENT)
                .env("QUARKUS_OIDC_CREDENTIALS_SECRET", OpenIdProvider.SECRET)
                .env("FUSION_OIDC_OPERATOR", "sre,platform team"));
    }

    @AfterAll
    static void stop() {
        try {
            assertThat(rig.hub.log()).doesNotContain(OpenIdProvider.SECRET, PASSWORD, OPERATOR_TOKEN);
        } finally {
            rig.close();
            provider.close();
        }
    }

    /** A browser: it follows where it is led, and keeps cookies. */
    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
    }

    private static HttpResponse<String> open(HttpClient browser, String path) {
        return send(browser, request(path).header("Accept", "text/html").GET());
    }

    private static HttpResponse<String> post(HttpClient client, String path, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        return send(client, headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(rig.hub.url() + path));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fusion-viewer, 200, 403, 403",
        "sre, 200, 404, 200",
        "platform team, 200, 404, 200",
        "fusion-admin, 200, 404, 200"
    })
    void whoLogsInThereHasTheRoleThatTheProviderGives(String group, int page, int verb, int audit) {
        provider.visitor("nora", "everybody", group);
        HttpClient browser = browser();

        HttpResponse<String> first = open(browser, "/login/provider");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.uri().getPath()).isEqualTo("/");
        assertThat(first.body()).contains("<span>nora</span>");
        assertThat(open(browser, "/platforms").statusCode()).isEqualTo(page);
        assertThat(post(browser, VERB).statusCode()).isEqualTo(verb);
        assertThat(send(browser, request("/api/audit").GET()).statusCode()).isEqualTo(audit);
        assertThat(rig.hub.log()).contains("Login of nora by the OpenID provider");
    }

    @Test
    void whoHasNoRoleHereMayDoNothing() {
        provider.visitor("nora", "everybody");
        HttpClient browser = browser();
        assertThat(open(browser, "/login/provider").statusCode()).isEqualTo(403);
        assertThat(open(browser, "/platforms").statusCode()).isNotEqualTo(200);
        assertThat(post(browser, VERB).statusCode()).isEqualTo(403);
    }

    @Test
    void whomTheProviderDoesNotLetInIsToldSo() {
        provider.visitor("");
        HttpResponse<String> answer = open(browser(), "/login/provider");
        assertThat(answer.uri().getPath()).isEqualTo("/login");
        assertThat(answer.body()).contains("has not let you in");
    }

    @Test
    void theLoginPageHasBothAndProgramsAreToldWhatIsMissing() {
        HttpResponse<String> page = open(browser(), "/platforms");
        assertThat(page.uri().getPath()).isEqualTo("/login");
        assertThat(page.body()).contains("href=\"/login/provider\"", "j_password");
        assertThat(send(browser(), request("/api/incidents").GET()).statusCode())
                .isEqualTo(401);
        assertThat(post(browser(), VERB).statusCode()).isEqualTo(401);
    }

    @Test
    void aPasswordOfTheUsersFileIsAsGoodAsBefore() {
        HttpClient browser = browser();
        HttpResponse<String> answer = send(
                browser,
                request("/api/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("j_username=otto&j_password=" + PASSWORD)));
        assertThat(answer.body()).contains("<span>otto</span>");
        assertThat(post(browser, VERB).statusCode()).isEqualTo(404);
        assertThat(post(browser, "/api/logout").uri().getPath()).isEqualTo("/login");
        assertThat(post(browser, VERB).statusCode()).isEqualTo(401);
    }

    @Test
    void whoLogsOutIsLoggedOutHere() {
        provider.visitor("nora", "sre");
        HttpClient browser = browser();
        open(browser, "/login/provider");
        assertThat(post(browser, VERB).statusCode()).isEqualTo(404);
        assertThat(post(browser, "/api/logout").uri().getPath()).isEqualTo("/login");
        assertThat(post(browser, VERB).statusCode()).isEqualTo(401);
    }

    @Test
    void somebodyElsesWebPageChangesNothing() {
        provider.visitor("nora", "sre");
        HttpClient browser = browser();
        open(browser, "/login/provider");
        assertThat(post(browser, VERB, "Origin", "https://evil.example").statusCode())
                .isEqualTo(401);
    }

    @Test
    void programsComeWithATokenOfTheProviderOrOfTheHub() {
        HttpClient program = HttpClient.newHttpClient();
        String good = provider.accessToken("a-script", OpenIdProvider.CLIENT, "sre");
        assertThat(post(program, VERB, "Authorization", "Bearer " + good).statusCode())
                .isEqualTo(404);
        assertThat(post(program, VERB, "Authorization", "Bearer " + OPERATOR_TOKEN)
                        .statusCode())
                .isEqualTo(404);
        String viewer = provider.accessToken("a-script", OpenIdProvider.CLIENT, "fusion-viewer");
        assertThat(post(program, VERB, "Authorization", "Bearer " + viewer).statusCode())
                .isEqualTo(403);
        String forSomebodyElse = provider.accessToken("a-script", "another-client", "sre");
        assertThat(post(program, VERB, "Authorization", "Bearer " + forSomebodyElse)
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(program, VERB, "Authorization", "Bearer " + good.substring(0, good.length() - 6) + "AAAAAA")
                        .statusCode())
                .as("a signature that is wrong")
                .isEqualTo(401);
        assertThat(post(program, VERB, "Authorization", "Basic b3R0bzp4").statusCode())
                .isEqualTo(401);
        try (OpenIdProvider other = OpenIdProvider.start()) {
            String foreign = other.accessToken("a-script", OpenIdProvider.CLIENT, "sre");
            assertThat(post(program, VERB, "Authorization", "Bearer " + foreign).statusCode())
                    .isEqualTo(401);
        }
    }
}
