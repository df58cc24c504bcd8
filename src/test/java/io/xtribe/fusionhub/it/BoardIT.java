package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
