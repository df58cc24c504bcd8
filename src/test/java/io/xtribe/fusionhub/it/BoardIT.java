package io.xtribe.fusionhub.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.nats.client.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Browser;
import io.xtribe.fusionhub.testing.Http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The operators' page in a browser: one browser and one hub for all of it. */
class BoardIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String REJECTED = "a ticket that is refused";

    private static FaultRig rig;
    private static Browser browser;
    private static String rejected;

    @BeforeAll
    static void start() {
        assumeTrue(Browser.find().isPresent(), Browser.NONE);
        rig = FaultRig.start("BoardIT", settings -> settings.env("FUSION_DATADOG_ORG_ID", "1200000001"));
        rig.webhooksOn();
        browser = Browser.start();
        rejected = triggerRefused(REJECTED);
    }

    @AfterAll
    static void stop() {
        if (rig != null) {
            browser.close();
            rig.close();
        }
    }

    @AfterEach
    void tidy() {
        browser.tidy();
    }

    /** An incident whose ticket is refused. */
    private static String triggerRefused(String title) {
        rig.sandbox
                .fault("servicenow", "create-incident")
                .status(400)
                .body("{\"error\":{\"message\":\"Invalid data\",\"detail\":\"Category is mandatory\"}}")
                .always()
                .inject();
        trigger(title);
        await().atMost(LIMIT)
                .until(() -> rig.part(title, FaultRig.TICKET).path("rejections").has("open"));
        rig.sandbox.clearFaults();
        return rig.id(title);
    }

    private static String alert(String title) {
        return FaultRig.monitor(title, "P1").toString().replace("1100012345", "1200000001");
    }

    private static String trigger(String title) {
        assertThat(rig.hub.webhook("datadog", alert(title))).isEqualTo(202);
        return title;
    }

    private static Page open(String path) {
        return go(browser.open(), path);
    }

    private static Page go(Page page, String path) {
        page.navigate(rig.hub.url() + path);
        return page;
    }

    private static Locator row(Page page, String title) {
        return page.locator("table.board tbody tr").filter(new Locator.FilterOptions().setHasText(title));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String deadLetter(String body) {
        DeadLetterBox.put(rig.nats, "datadog", "invalid", body);
        return FaultRig.parse(
                        Http.get(rig.hub.url() + "/api/dead-letters?limit=1").body())
                .at("/letters/0/id")
                .asText();
    }

    @Test
    void anIncidentAppearsWhileItIsTriggeredAndItsLinksLeadToItsRecords() {
        String title = "checkout answers 500";
        Page page = open("/");
        assertThat(row(page, title)).hasCount(0);

        trigger(title);

        Locator row = row(page, title);
        assertThat(row).hasCount(1);
        assertThat(row.locator(".mark-in-step")).hasCount(4);
        assertThat(row.locator("td.platform a")).hasCount(4);
        List<String> links = row.locator("td.platform a").all().stream()
                .map(link -> link.getAttribute("href"))
                .toList();
        assertThat(links).allMatch(link -> link.startsWith(rig.sandbox.url()));
        for (String link : links) {
            Page record = browser.open();
            assertThat(record.navigate(link).status()).as(link).isEqualTo(200);
            assertThat(record.locator("body")).containsText(title);
        }
    }

    @Test
    void whatWasRejectedSaysWhyAndIsRetried() {
        String title = "not taken for a while";
        triggerRefused(title);
        Page page = open("/?q=for+a+while");
        assertThat(row(page, title).locator(".mark-rejected")).containsText("open refused: ");
        row(page, title).locator(".what a").click();
        assertThat(page.locator("table.records")).containsText("Category is mandatory");

        button(page, "Retry…").click();
        Locator dialog = page.locator("dialog[open]");
        assertThat(dialog).containsText("is tried again now");
        dialog.getByLabel("Reason").fill("no more");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry"))
                .click();

        assertThat(page.locator("table.records .mark-in-step")).hasCount(4);
        assertThat(page.locator(".timeline")).containsText("(no more)");
    }

    /** Presses the button of a dialog that is open. */
    private static void confirm(Page page, String name) {
        page.locator("dialog[open]")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static Locator record(Page page, String platform) {
        return page.locator("table.records tbody tr").filter(new Locator.FilterOptions().setHasText(platform));
    }

    @Test
    void aRecordIsDetachedAndOpenedAnewAndAnotherOneAttachedAndAllIsClosed() {
        String title = "a ticket that is wrong";
        rig.awaitLinked(trigger(title), LIMIT);
        String before = numberOfTicket(title);
        Page page = open("/incidents/" + rig.id(title));
        Locator ticket = record(page, "ServiceNow");
        assertThat(ticket).containsText(before);

        button(page, "Detach… ServiceNow").click();
        assertThat(page.locator("dialog[open] select")).hasValue("servicenow/incident");
        confirm(page, "Detach");
        assertThat(ticket).containsText("none");

        button(page, "Open… ServiceNow").click();
        confirm(page, "Open");
        assertThat(ticket.locator(".mark-in-step")).hasCount(1);
        assertThat(ticket.locator("td[data-label=Record] > a")).not().hasText(before);
        assertThat(ticket).containsText("before: " + before);

        var other = rig.sandbox.serviceNowIncident(3, 3, "what the client says");
        button(page, "Attach…").click();
        page.locator("dialog[open]").getByLabel("Where").selectOption("servicenow/incident");
        page.locator("dialog[open]").getByLabel("Record").fill(FaultRig.url(other));
        confirm(page, "Attach");
        assertThat(ticket.locator("td[data-label=Record] > a"))
                .containsText(other.path("number").asText());
        assertThat(ticket.locator(".mark-in-step")).hasCount(1);

        button(page, "Close…").click();
        confirm(page, "Close the incident");
        assertThat(page.locator(".state.status-resolved")).hasCount(1);
        assertThat(record(page, "PagerDuty")).containsText("resolved");
        assertThat(page.locator(".timeline")).containsText("resolved everywhere");
        assertThat(button(page, "Close…")).isDisabled();
    }

    private static String numberOfTicket(String title) {
        return rig.part(title, FaultRig.TICKET).at("/reference/number").asText();
    }

    @Test
    void eachCallStandsOnTheTimelineWithItsOutcomeItsDurationAndWhatTheVendorCallsIt() {
        String title = "who wants to know";
        rig.awaitLinked(trigger(title), LIMIT);
        Page page = open("/incidents/" + rig.id(title));
        Locator opened = page.locator(".timeline > li")
                .filter(new Locator.FilterOptions().setHasText("opened pagerduty incident"));
        assertThat(opened.locator(".rule")).hasText("converge");
        assertThat(opened.locator(".calls li").last())
                .hasText(Pattern.compile("POST /incidents ok \\d+ ms request [0-9a-f]{12}"));
        assertThat(page.locator(".timeline > li")
                        .filter(new Locator.FilterOptions().setHasText("opened servicenow incident"))
                        .locator(".calls li")
                        .last())
                .hasText(Pattern.compile("POST /api/now/table/incident ok \\d+ ms request [0-9a-f]{12}"));
        assertThat(page.locator(".timeline > li")
                        .filter(new Locator.FilterOptions().setHasText("triggered: opened: "))
                        .locator(".rule"))
                .hasText("first-sign");
    }

    @Test
    void whatGoesBackAndForthIsReleased() {
        String title = "two rules that disagree";
        rig.awaitLinked(trigger(title), LIMIT);
        String id = rig.part(title, FaultRig.PAGE).at("/reference/id").asText();
        for (int turn = 1; turn <= 5; turn++) {
            String priority = turn % 2 == 1 ? "P2" : "P1";
            rig.sandbox.changePagerDutyIncident(id, Map.of("priority", priority));
            await().atMost(LIMIT)
                    .until(() -> rig.incident(title).path("priority").asText().equals(priority));
        }
        Page page = open("/incidents/" + rig.id(title));
        assertThat(page.locator(".notice.warn")).containsText("frozen: priority");
        button(page, "Unfreeze…").click();
        confirm(page, "Unfreeze");
        assertThat(page.locator(".notice.warn")).hasCount(0);
        assertThat(page.locator(".timeline")).containsText("released: priority");
        assertThat(button(page, "Unfreeze…")).isDisabled();
    }

    @Test
    void manyLettersAreReplayedAtOnceAndOneIsThrownAway() {
        for (int number = 0; number < 3; number++) {
            DeadLetterBox.put(rig.nats, "pagerduty", "invalid", new String(FaultRig.noise("pagerduty")));
        }
        Page page = open("/dead-letters?source=pagerduty");
        assertThat(page.locator("table.letters tbody tr")).hasCount(3);
        button(page, "Replay many…").click();
        page.locator("dialog[open] select[name=source]").selectOption("pagerduty");
        page.locator("dialog[open]").getByLabel("Only say what would be done").uncheck();
        page.locator("dialog[open]").getByLabel("Reason").fill("the mapping is corrected");
        confirm(page, "Replay");

        page.waitForURL("**/jobs");
        assertThat(page.locator("#said")).containsText("has begun");
        await().atMost(LIMIT)
                .until(() -> go(page, "/jobs")
                                .locator("table.jobs tbody tr .mark-in-step")
                                .count()
                        > 0);
        Locator run = page.locator("table.jobs tbody tr")
                .filter(new Locator.FilterOptions().setHasText("replay"))
                .first();
        assertThat(run.locator("td[data-label='Asked for by']")).hasText("127.0.0.1");
        assertThat(run.locator("td[data-label=Summary]")).containsText("3");
        assertThat(go(page, "/dead-letters?source=pagerduty").locator(".empty")).isVisible();

        String id = deadLetter("{\"an\": \"older template\"}");
        go(page, "/dead-letters/" + id);
        button(page, "Discard…").click();
        assertThat(page.locator("dialog[open]")).containsText("gone for good");
        confirm(page, "Discard");
        assertThat(page.locator("#said")).containsText("Dead letter " + id + ": discarded");
        assertThat(go(page, "/dead-letters/" + id).locator("h1")).hasText("Not found");
    }

    /** Who runs jobs, such as Argo, is a process that begins what is asked for here. */
    @Test
    void aJobIsAskedForAndItsRunShowsWithItsSummary() throws Exception {
        try (Connection connection = rig.nats.connect()) {
            var requests = connection.subscribe(Names.JOB_REQUESTS);
            connection.flush(LIMIT);
            Page page = open("/jobs");
            button(page, "Ask for a job…").click();
            page.locator("dialog[open]").getByLabel("Job").selectOption("doctor");
            confirm(page, "Ask for it");
            assertThat(page.locator("#said")).containsText("Asked for doctor.");

            var asked = FaultRig.parse(new String(requests.nextMessage(LIMIT).getData(), StandardCharsets.UTF_8));
            JobEnd.of(
                    FaultRig.settings("BoardIT-doctor", rig.sandbox).nats(rig.nats.url()),
                    "doctor",
                    "--by",
                    asked.at("/data/by").asText());

            go(page, "/jobs");
            Locator run = page.locator("table.jobs tbody tr").filter(new Locator.FilterOptions().setHasText("doctor"));
            assertThat(run.locator("td[data-label='Asked for by']")).hasText("127.0.0.1");
            run.locator("summary").click();
            assertThat(run.locator("details li").first()).isVisible();
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedInTheDialog() {
        Page page = open("/incidents/" + rejected);
        button(page, "Attach…").click();
        Locator dialog = page.locator("dialog[open]");
        dialog.getByLabel("Where").selectOption("servicenow/incident");
        dialog.getByLabel("Record").fill("https://elsewhere.example/x");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Attach"))
                .click();
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("the url does not tell the id");
    }

    @Test
    void aDeadLetterThatIsCorrectedOpensAnIncident() {
        String title = "from a corrected letter";
        String id = deadLetter("{\"an\": \"old template\"}");
        Page page = open("/dead-letters");
        page.locator("table.letters a")
                .filter(new Locator.FilterOptions().setHasText(id))
                .click();
        assertThat(page.locator("pre.body")).containsText("old template");

        button(page, "Edit and replay…").click();
        page.locator("dialog[open]").getByLabel("Body").fill(alert(title));
        button(page, "Replay the corrected body").click();

        assertThat(page.locator("#said")).containsText("Dead letter " + id + ": replayed");
        assertThat(row(go(page, "/"), title)).hasCount(1);
    }

    @Test
    void aScriptInATitleIsText() {
        String title = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script> \"quoted\"";
        trigger(title);
        Page page = browser.open();
        List<String> violations = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                violations.add(message.text());
            }
        });
        go(page, "/?q=onerror");
        row(page, "onerror").locator(".what a").click();
        assertThat(page.locator("h1")).containsText("<script>document.title='owned'</script> \"quoted\"");
        assertThat(page.locator("h1 img, h1 script")).hasCount(0);
        assertThat(page.title()).startsWith("P1 <img");
        assertThat(violations).isEmpty();
    }

    @Test
    void theSearchFindsNumbersAndTheFilterWhatIsRefused() {
        Page page = open("/?trouble=servicenow");
        assertThat(row(page, REJECTED)).hasCount(1);
        String number =
                row(page, REJECTED).locator("td[data-label=PagerDuty] a").textContent();
        page.getByLabel("Search").fill(number.toLowerCase());
        page.getByLabel("Trouble").selectOption("");
        page.keyboard().press("Enter");
        // Only what is chosen stands in the address.
        page.waitForURL(address -> address.contains("/?q="));
        assertThat(page.locator("table.board tbody tr")).hasCount(1);
        assertThat(row(page, REJECTED)).hasCount(1);
        go(page, "/?q=nothing+has+this");
        assertThat(page.locator(".empty")).containsText("Nothing matches");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everybodyCanReadIt(ColorScheme colours) {
        String letter = deadLetter("{\"an\": \"old template\"}");
        Page page = browser.open(1280, colours, true);
        Map<String, String> pages = Map.of(
                "/",
                "",
                "/login?refused=true",
                "",
                "/?q=nothing+has+this",
                "",
                "/incidents/" + rejected,
                "Close…",
                "/incidents/fx-" + "0".repeat(32),
                "",
                "/platforms",
                "",
                "/dead-letters",
                "Replay many…",
                "/dead-letters/" + letter,
                "Edit and replay…",
                "/jobs",
                "Ask for a job…");
        pages.forEach((path, dialog) -> {
            go(page, path);
            assertNoViolation(page, colours, path);
            // All dialogs have the same colours.
            if (!dialog.isEmpty() && (colours == ColorScheme.LIGHT || dialog.startsWith("Edit"))) {
                button(page, dialog).click();
                assertNoViolation(page, colours, path + " asking");
            }
        });
    }

    private static void assertNoViolation(Page page, ColorScheme colours, String what) {
        // In dark colours nothing is another but these.
        AxeBuilder axe = new AxeBuilder(page);
        if (colours == ColorScheme.DARK) {
            axe.withRules(List.of("color-contrast"));
        }
        List<String> found = axe.analyze().getViolations().stream()
                .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                        + rule.getNodes().stream()
                                .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                .toList())
                .toList();
        assertThat(found).as(what).isEmpty();
    }

    @Test
    void theKeyboardAloneOperatesAVerb() {
        Page page = open("/?q=" + REJECTED.replace(' ', '+'));
        tabTo(page, "a", REJECTED);
        page.keyboard().press("Enter");
        page.waitForURL("**/incidents/fx-*");
        tabTo(page, "button", "Converge…");
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog[open]")).containsText("Look again now?");
        tabTo(page, "input", "");
        page.keyboard().type("by keyboard");
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).containsText("Converge: taken");
        assertThat(page.locator(".timeline")).containsText("(by keyboard): marked as work");
        // Escape closes the dialog, and nothing is asked for.
        tabTo(page, "button", "Close…");
        page.keyboard().press("Space");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        assertThat(String.valueOf(page.evaluate("document.activeElement.textContent")))
                .isEqualTo("Close…");
    }

    private static void tabTo(Page page, String element, String text) {
        for (int presses = 0; presses < 40; presses++) {
            page.keyboard().press("Tab");
            Object found = page.evaluate(
                    "([element, text]) => document.activeElement.matches(element) && document.activeElement.textContent.trim() === text",
                    List.of(element, text));
            if (Boolean.TRUE.equals(found)) {
                return;
            }
        }
        throw new AssertionError("no " + element + " '" + text + "' is reached by the keyboard on " + page.url());
    }

    @Test
    void nothingIsWiderThanAPhone() {
        String letter = deadLetter("{\"long\": \"" + "x".repeat(300) + "\"}");
        trigger("a-title-without-any-blank-in-it-".repeat(6));
        Page page = browser.open(Browser.PHONE, ColorScheme.LIGHT, true);
        for (String path : List.of(
                "/",
                "/login",
                "/incidents/" + rejected,
                "/platforms",
                "/dead-letters",
                "/dead-letters/" + letter,
                "/jobs")) {
            go(page, path);
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(Browser.PHONE);
        }
    }

    @Test
    void browsersAreToldWhatAPageMayDo() {
        for (String path :
                List.of("/", "/login", "/incidents/" + rejected, "/incidents/x", "/dead-letters/0", "/jobs")) {
            var headers = Http.get(rig.hub.url() + path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .startsWith("default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("Referrer-Policy")).as(path).contains("same-origin");
            assertThat(headers.firstValue("X-Content-Type-Options")).as(path).contains("nosniff");
            assertThat(headers.firstValue("Cache-Control")).as(path).contains("no-store");
        }
        for (String file : List.of("console.css", "console.js", "icon.svg")) {
            var answer = Http.get(rig.hub.url() + "/console/" + file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(file)
                    .contains("nosniff");
        }
    }

    @Test
    void itIsReadWithoutScripts() {
        Page page = go(browser.open(1280, ColorScheme.LIGHT, false), "/?q=" + REJECTED.replace(' ', '+'));
        assertThat(row(page, REJECTED)).hasCount(1);
        assertThat(page.locator("noscript p")).isVisible();
    }
}
