package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.testing.Browser;
import io.xtribe.fusionhub.testing.Http;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static io.xtribe.fusionhub.it.FaultRig.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Takes the pictures of the page for the documents, into the folder of {@code -Dfusion.pictures}: docs/pictures runs it. */
class BoardPictures {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Path FOLDER = Path.of(System.getProperty("fusion.pictures", "target/pictures"));
    private static final String REFUSED = "Login fails for tenants on cluster eu-3";
    private static final int HEIGHT = 720;
    private static final int LARGEST = 150_000;

    /** Title, priority, service. */
    private static final List<List<String>> ALERTS = List.of(
            List.of("Search index lags by 20 min", "P2", "search"),
            List.of("Nightly export to the warehouse failed", "P2", "reporting"),
            List.of("Disk of db-eu-1 is 95 % full", "P2", "database"),
            List.of("Invoices are sent twice", "P1", "billing"),
            List.of("Queue of outgoing mails grows", "P2", "mail"),
            List.of("Certificate of api.example.com ends in 2 days", "P2", "edge"),
            List.of("Checkout latency above 2 s", "P1", "checkout"),
            List.of("Error rate of checkout-api above 5 %", "P1", "checkout"));

    @TempDir
    static Path folder;

    @Test
    void take() throws IOException {
        assumeTrue(Browser.find().isPresent(), Browser.NONE);
        Files.createDirectories(FOLDER);
        Path catalogue = Files.writeString(folder.resolve("services.csv"), """
                service,team,tier,assignment_group,pagerduty_service,escalation_policy,runbook
                checkout,payments,1,,,,https://wiki.example.com/checkout
                billing,payments,1,,,,https://wiki.example.com/billing
                login,identity,1,,,,https://wiki.example.com/login
                search,find,2,,,,
                reporting,data,2,,,,
                database,platform,1,,,,
                mail,platform,2,,,,
                edge,platform,1,,,,
                """);
        try (FaultRig rig = FaultRig.start("BoardPictures", settings -> settings.withMBeans()
                        .env("FUSION_CATALOGUE", catalogue.toString())
                        .env("FUSION_PAGE_DEADLINE", "60s"));
                Browser browser = Browser.start()) {
            rig.webhooksOn();
            world(rig);
            String story = rig.id("Checkout latency above 2 s");
            String refused = rig.id(REFUSED);
            String letter = FaultRig.parse(Http.get(rig.hub.url() + "/api/dead-letters?limit=1")
                            .body())
                    .at("/letters/0/id")
                    .asText();
            for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                String suffix = "-" + colours.name().toLowerCase() + ".png";
                take(browser, rig, colours, 1280, "/", "board" + suffix);
                take(browser, rig, colours, 1280, "/incidents/" + story, "incident" + suffix);
                take(browser, rig, colours, 1280, "/incidents/" + refused, "refused" + suffix, "retry");
                take(browser, rig, colours, 1280, "/dead-letters", "dead-letters" + suffix);
                take(browser, rig, colours, 1280, "/dead-letters/" + letter, "dead-letter" + suffix);
                take(browser, rig, colours, 1280, "/platforms", "platforms" + suffix);
                take(browser, rig, colours, Browser.PHONE, "/", "phone" + suffix);
            }
            takeHawtio(browser, rig);
        }
    }

    private static void world(FaultRig rig) {
        rig.sandbox
                .fault("servicenow", "create-incident")
                .status(400)
                .body(
                        "{\"error\":{\"message\":\"Operation Failed\",\"detail\":\"Data Policy: Category is mandatory\"}}")
                .always()
                .inject();
        trigger(rig, List.of(REFUSED, "P1", "login"));
        await().atMost(LIMIT)
                .until(() -> rig.part(REFUSED, TICKET).path("rejections").has("open"));
        rig.sandbox.clearFaults();
        for (List<String> alert : ALERTS) {
            trigger(rig, alert);
        }
        ALERTS.stream().map(alert -> alert.get(0)).forEach(title -> rig.awaitLinked(title, LIMIT));
        for (String title :
                List.of("Invoices are sent twice", "Checkout latency above 2 s", "Disk of db-eu-1 is 95 % full")) {
            page(rig, title, Map.of("status", "acknowledged"));
        }
        page(rig, "Nightly export to the warehouse failed", Map.of("status", "resolved"));
        rig.hub.webhook(
                "datadog",
                "{\"title\": \"[Triggered] Checkout is down\", \"body\": \"%%%\", \"priority\": \"normal\"}");
        rig.hub.webhook(
                "servicenow",
                "{\"sys_id\": \"46d44a5cc0a8016400d7b7a3\", \"number\": \"INC0010042\", \"priority\": \"1\"}");
        rig.hub.webhook("pagerduty", "{\"messages\": [{\"event\": \"incident.trigger\"}]}");
        await().atMost(LIMIT)
                .until(() -> FaultRig.parse(Http.get(rig.hub.url() + "/api/dead-letters")
                                        .body())
                                .path("total")
                                .asInt()
                        >= 3);
        rig.sandbox
                .fault("servicenow", "*")
                .status(401)
                .body(
                        "{\"error\":{\"message\":\"User Not Authenticated\",\"detail\":\"Required to provide Auth information\"}}")
                .always()
                .inject();
        trigger(rig, List.of("Payments provider answers 502", "P1", "checkout"));
        trigger(rig, List.of("Worker pool of reporting is exhausted", "P2", "reporting"));
        await().atMost(LIMIT).until(() -> FaultRig.stream(rig.hub.platforms())
                .anyMatch(platform -> platform.path("state").asText().equalsIgnoreCase("paused")));
    }

    private static void trigger(FaultRig rig, List<String> alert) {
        assertThat(rig.hub.webhook(
                        "datadog",
                        FaultRig.monitor(alert.get(0), alert.get(1))
                                .put("tags", "env:prod,service:" + alert.get(2))
                                .toString()))
                .isEqualTo(202);
    }

    private static void page(FaultRig rig, String title, Map<String, ?> change) {
        rig.sandbox.changePagerDutyIncident(
                rig.part(title, PAGE).path("reference").path("id").asText(), change);
        await().atMost(LIMIT)
                .until(() ->
                        rig.incident(title).path("status").asText().equalsIgnoreCase((String) change.get("status")));
    }

    /** It has light colours only. */
    private static void takeHawtio(Browser browser, FaultRig rig) throws IOException {
        Page page = browser.open();
        page.setViewportSize(1280, HEIGHT);
        page.navigate(rig.hub.url() + "/hawtio/camel");
        page.getByText("routes", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        page.getByText("converge-step", new Page.GetByTextOptions().setExact(true))
                .first()
                .waitFor();
        keep(page, "hawtio.png");
        browser.tidy();
    }

    private static void take(
            Browser browser, FaultRig rig, ColorScheme colours, int width, String path, String name, String... asked)
            throws IOException {
        Page page = browser.open(width, colours, true);
        // As somebody would see it who is called a while later.
        page.clock().setFixedTime(Instant.now().plus(Duration.ofMinutes(14)).toEpochMilli());
        page.setViewportSize(width, HEIGHT);
        page.navigate(rig.hub.url() + path);
        for (String verb : asked) {
            page.locator("[data-ask=" + verb + "]").first().click();
        }
        keep(page, name);
        browser.tidy();
    }

    private static void keep(Page page, String name) throws IOException {
        Path picture = FOLDER.resolve(name);
        page.screenshot(new Page.ScreenshotOptions().setPath(picture));
        assertThat(Files.size(picture)).as(name).isLessThan(LARGEST);
    }
}
