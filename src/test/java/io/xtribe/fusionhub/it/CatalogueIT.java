package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static io.xtribe.fusionhub.it.FaultRig.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

/** From the service that an alert names to whom it pages and who owns it, by the packaged hub's own catalogue. */
class CatalogueIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CHECKOUT_GROUP = "387ebd7da9fe198100f92cc8d1d2154e";
    private static final String DEFAULT_GROUP = "487ebd7da9fe198100f92cc8d1d2154e";
    private static final String UNKNOWN_GROUP = "00000000000000000000000000000bad";

    @TempDir
    static Path folder;

    private static FaultRig rig;

    @BeforeAll
    static void start() throws IOException {
        var catalogue = Files.writeString(folder.resolve("services.csv"), """
                service,team,tier,assignment_group,pagerduty_service,escalation_policy,runbook
                checkout,payments,1,%s,PCHECKOUT,PPOLICYCK,https://wiki.example/checkout
                search,find,2,%s,PGONE,,
                """.formatted(CHECKOUT_GROUP, UNKNOWN_GROUP));
        rig = FaultRig.start("CatalogueIT", settings -> settings.env("FUSION_CATALOGUE", catalogue.toString())
                .env("FUSION_SERVICENOW_ASSIGNMENT_GROUP", DEFAULT_GROUP));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static void alert(String title, String tags) {
        assertThat(rig.hub.webhook(
                        "datadog",
                        FaultRig.monitor(title, "P1").put("tags", tags).toString()))
                .isEqualTo(202);
        rig.awaitLinked(title, LIMIT);
    }

    private static String serviceNow(String title, String member) {
        return rig.ours(rig.id(title), TICKET).get(0).path(member).asText();
    }

    private static String pagerDuty(String title, String member) {
        return rig.ours(rig.id(title), PAGE).get(0).path(member).asText();
    }

    @Test
    void pagesAndAssignsWhomTheCatalogueNames() {
        alert("checkout is slow", "env:prod,service:checkout");

        assertThat(pagerDuty("checkout is slow", "service")).isEqualTo("PCHECKOUT");
        assertThat(pagerDuty("checkout is slow", "escalation_policy")).isEqualTo("PPOLICYCK");
        assertThat(pagerDuty("checkout is slow", "description"))
                .contains("Service: checkout\nTeam: payments\nRunbook: https://wiki.example/checkout");
        assertThat(serviceNow("checkout is slow", "assignment_group")).isEqualTo(CHECKOUT_GROUP);
        assertThat(rig.incident("checkout is slow").path("hints").path("team").asText())
                .isEqualTo("payments");
    }

    @Test
    void fallsBackToTheDefaultsWhereAPlatformKnowsNoSuchId() {
        alert("search is slow", "service:search");

        assertThat(pagerDuty("search is slow", "service")).isEqualTo("PSANDBOX1");
        assertThat(serviceNow("search is slow", "assignment_group")).isEqualTo(DEFAULT_GROUP);
        assertThat(rig.timeline("search is slow"))
                .anyMatch(text -> text.contains("tried again with title, default service, key and urgency only")
                        && text.contains("Service Not Found"))
                .anyMatch(text -> text.contains(
                        "given to the default assignment group: ServiceNow has no group " + UNKNOWN_GROUP));
    }

    @Test
    void takesTheDefaultsForAServiceWithoutARow() {
        alert("basket is slow", "service:basket");

        assertThat(pagerDuty("basket is slow", "service")).isEqualTo("PSANDBOX1");
        assertThat(serviceNow("basket is slow", "assignment_group")).isEqualTo(DEFAULT_GROUP);
        assertThat(serviceNow("basket is slow", "description")).contains("Service: basket");
    }
}
