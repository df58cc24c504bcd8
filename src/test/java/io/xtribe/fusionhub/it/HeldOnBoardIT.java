package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.Browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the storm brake holds, on the page. */
class HeldOnBoardIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static FaultRig rig;
    private static Browser browser;

    @BeforeAll
    static void start() {
        assumeTrue(Browser.find().isPresent(), Browser.NONE);
        rig = FaultRig.start("HeldOnBoardIT", settings -> settings.env("FUSION_DATADOG_ORG_ID", "1200000001")
                .env("FUSION_TRIGGERS_PER_MINUTE", "1"));
        browser = Browser.start();
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

    private static void trigger(String title) {
        String alert = FaultRig.monitor(title, "P1").toString().replace("1100012345", "1200000001");
        assertThat(rig.hub.webhook("datadog", alert)).isEqualTo(202);
    }

    private static Locator rows(Page page) {
        return page.locator("table.board tbody tr");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void confirm(Page page, String verb) {
        page.locator("dialog[open]")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(verb).setExact(true))
                .click();
    }

    @Test
    void whatIsHeldIsSeenReleasedAndDiscarded() {
        for (String title : List.of("let through", "held, the first", "held, the second", "held, the third")) {
            trigger(title);
            await().atMost(LIMIT)
                    .until(() -> rig.hub.incidents().findValuesAsText("title").contains(title));
        }
        Page page = browser.open();
        page.navigate(rig.hub.url() + "/");
        page.getByText("held by the storm brake", new Page.GetByTextOptions().setExact(false))
                .first()
                .click();
        assertThat(rows(page)).hasCount(3);
        assertThat(rows(page).first()).containsText("held by the storm brake");
        assertThat(rows(page).first().locator(".mark-none")).hasCount(4);
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();

        // One, on its own page.
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("held, the second"))
                .click();
        button(page, "Release…").click();
        page.locator("dialog[open]").getByLabel("Reason").fill("this one is real");
        confirm(page, "Release");
        assertThat(page.locator("table.records .mark-in-step")).hasCount(4);
        assertThat(page.locator(".timeline")).containsText("(this one is real): released");
        assertThat(button(page, "Release…")).hasCount(0);

        // The others, all at once.
        page.navigate(rig.hub.url() + "/?trouble=held");
        assertThat(rows(page)).hasCount(2);
        button(page, "Discard…").click();
        page.locator("dialog[open] select[name=source]").selectOption("datadog");
        confirm(page, "Discard");

        assertThat(rows(page)).hasCount(0);
        assertThat(page.locator("body")).containsText("2 discarded.");
        assertThat(page.locator("#counts")).not().containsText("held by the storm brake");
        await().atMost(LIMIT).until(() -> rig.hub.held().path("held").asInt() == 0);
    }
}
