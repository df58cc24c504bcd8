package io.xtribe.fusionhub.signal;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.BuiltIn;
import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Webhooks;

import static io.xtribe.fusionhub.testing.Mapping.json;
import static org.assertj.core.api.Assertions.assertThat;

/** What {@code enrichment.jq} of each platform finds in a webhook body, and that it takes whatever comes. */
class EnrichmentMappingTest {

    private static Enrichment found(String source, JsonNode body) {
        return Enrichment.of(Mapping.apply(source + "-enrichment", body), BuiltIn.words(source));
    }

    private static String service(String source, String body) {
        return found(source, json(body)).service();
    }

    private static String priority(String source, String body) {
        return found(source, json(body)).priority();
    }

    @ParameterizedTest
    @CsvSource({
        "datadog/monitor-triggered-p1, checkout, '', P1",
        "datadog/monitor-no-priority, reports, '', ''",
        "datadog/incident-declared-sev1, checkout, '', P1",
        "servicenow/created-p2, '', '', P2",
        "pagerduty/triggered-p1-manual, '', PSANDBOX1, P1",
        "pagerduty/ping, '', '', ''",
    })
    void ofRealBodies(String webhook, String service, String pagerDutyService, String priority) throws Exception {
        var found =
                found(webhook.substring(0, webhook.indexOf('/')), new ObjectMapper().readTree(Webhooks.body(webhook)));

        assertThat(found.service()).isEqualTo(service);
        assertThat(found.lookup())
                .isEqualTo(pagerDutyService.isEmpty() ? Map.of() : Map.of("pagerdutyservice", pagerDutyService));
        assertThat(found.priority()).isEqualTo(priority);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "env:prod,service:checkout | checkout",
                "env:prod, service:checkout, service:search | checkout",
                "service:,service:search | search",
                "service:a:b | a:b",
                "service:Checkout | Checkout",
                "the_service:checkout,service | ''",
                "'' | ''"
            })
    void takesTheFirstServiceTagOfAMonitor(String tags, String service) {
        assertThat(service("datadog", "{'schema':'datadog-monitor-1','tags':'" + tags + "'}"))
                .isEqualTo(service);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['checkout','search'] | checkout",
                "{'type':'autocomplete','value':['checkout']} | checkout",
                "{'value':'checkout'} | checkout",
                "'checkout' | checkout",
                "[] | ``",
                "{'value':null} | ``",
                "null | ``",
                "[{'a':1}] | ``"
            })
    void takesTheFirstServiceOfADatadogIncident(String services, String service) {
        assertThat(service(
                        "datadog",
                        "{'schema':'datadog-incident-1','incident':{'fields':{'services':" + services + "}}}"))
                .isEqualTo(service);
    }

    @Test
    void prefersTheBusinessServiceToTheConfigurationItem() {
        var item = "'cmdb_ci':{'value':'2','display_value':'web-1'}";
        var both = "{'incident':{'business_service':{'value':'1','display_value':'checkout'}," + item + "}}";
        var without = "{'incident':{'business_service':{'value':'','display_value':''}," + item + "}}";

        assertThat(service("servicenow", both)).isEqualTo("checkout");
        assertThat(service("servicenow", without)).isEqualTo("web-1");
        assertThat(service("servicenow", "{'incident':{'business_service':'checkout'," + item + "}}"))
                .isEqualTo("web-1");
    }

    @Test
    void knowsNoPriorityButP1ToP5() {
        assertThat(priority("servicenow", "{'incident':{'priority':'1'}}")).isEqualTo("P1");
        assertThat(priority("servicenow", "{'incident':{'priority':2}}")).isEqualTo("P2");
        assertThat(priority("servicenow", "{'incident':{'priority':''}}")).isEmpty();
        assertThat(priority("servicenow", "{'incident':{'priority':'6'}}")).isEmpty();
        assertThat(priority("pagerduty", "{'event':{'data':{'priority':{'summary':'p2'}}}}"))
                .isEqualTo("P2");
        assertThat(priority("pagerduty", "{'event':{'data':{'priority':null}}}"))
                .isEmpty();
        assertThat(priority("datadog", "{'schema':'datadog-incident-1','incident':{'severity':'SEV-0'}}"))
                .isEqualTo("P1");
        assertThat(priority("datadog", "{'schema':'datadog-incident-1','incident':{'severity':'UNKNOWN'}}"))
                .isEmpty();
    }

    @Test
    void goesByTheEndpointAndNotByWhatTheBodyClaims() {
        assertThat(service("datadog", "{'incident':{'business_service':{'display_value':'checkout'}}}"))
                .isEmpty();
        assertThat(service("servicenow", "{'schema':'datadog-monitor-1','tags':'service:checkout'}"))
                .isEmpty();
    }

    /** Whatever a mapping of a further platform yields. */
    @Test
    void takesNothingThatIsNotAsExpected() {
        assertThat(Enrichment.of(json("{'service':['a'],'lookup':'b','priority':'p1'}"), Words.OURS))
                .isEqualTo(Enrichment.NONE);
        assertThat(Enrichment.of(json("{'lookup':{'board':'7','other':null,'third':{}},'priority':'P5'}"), Words.OURS))
                .isEqualTo(new Enrichment("", Map.of("board", "7"), "P5"));
        assertThat(Enrichment.of(json("['service']"), Words.OURS)).isEqualTo(Enrichment.NONE);
        assertThat(Enrichment.of(json("'service'"), Words.OURS)).isEqualTo(Enrichment.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'schema':1}",
                "{'schema':'datadog-monitor-1','tags':['service:a'],'alert_priority':{}}",
                "{'schema':'datadog-incident-1','incident':'text'}",
                "{'schema':'datadog-incident-1','incident':{'fields':'text','severity':[1]}}",
                "{'incident':[]}",
                "{'incident':{'business_service':[],'cmdb_ci':5,'priority':{}}}",
                "{'event':'text'}",
                "{'event':{'data':[{'service':1}]}}",
                "{'event':{'data':{'service':'x','priority':'P1'}}}"
            })
    void findsNothingInOddBodies(String body) {
        for (var source : new String[] {"datadog", "servicenow", "pagerduty"}) {
            var found = found(source, json(body));
            assertThat(found).as(source).isEqualTo(Enrichment.NONE);
        }
    }
}
