package io.xtribe.fusionhub.routes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.converge.AttemptMaker;
import io.xtribe.fusionhub.converge.CommentNotes;
import io.xtribe.fusionhub.converge.ConvergeMetrics;
import io.xtribe.fusionhub.converge.Steps;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentBuilder;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Origin;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformStep;
import io.xtribe.fusionhub.platform.Platforms;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs single steps on a platform's routes, as converge does. */
abstract class PlatformRouteTest extends RouteTest {

    static final String ID = "fx-0123456789abcdef0123456789abcdef";

    final Reference datadogIncident = reference("dd-1", "#7", "https://app.datadoghq.test/incidents/7");
    final Reference serviceNowIncident =
            reference("c537bae64f411200adf9f8e18110c76e", "INC0010002", "https://acme.test/incident.do?sys_id=sn-1");
    final Reference pagerDutyIncident = reference("PD1", "#9", "https://acme.pagerduty.test/incidents/PD1");

    Steps steps;

    /** What the last route that {@link #run} wants the timeline to say of how it was done, or null. */
    private String remark;

    @Override
    protected void doPostSetup() throws Exception {
        steps = new Steps(
                store,
                references,
                timeline,
                new CommentNotes(texts, beans.get(Platforms.class)),
                beans.get(Platforms.class),
                beans.get(AttemptClock.class),
                beans.get(AttemptMaker.class),
                beans.get(ConvergeMetrics.class),
                config.pagingPlatform(),
                Set.of(Priority.P1, Priority.P2),
                config.converge().recheck(),
                beans.get(ChangeRules.class));
    }

    static Incident incident() {
        return incident(RoutingHints.NONE);
    }

    static Incident incident(RoutingHints hints) {
        return new IncidentBuilder()
                .id(ID)
                .generation(1)
                .origin(new Origin("datadog", "datadog.monitor", "org-1", "cycle-1", "90001"))
                .title("checkout latency above 2 s")
                .description("p95 is 3.1 s")
                .priority(Priority.P1)
                .status(Status.OPEN)
                .hints(hints)
                .startedAt(Instant.parse("2026-01-31T12:00:00Z"))
                .receivedAt(Instant.parse("2026-01-31T12:00:01Z"))
                .build();
    }

    static Reference reference(String id, String number, String url) {
        return new Reference(id, number, url, true, false);
    }

    /** The incident with a record on a platform that shows what the incident says. */
    static Incident with(Incident incident, String platform, String part, Reference record) {
        var shows = new Known(incident.status(), incident.priority(), Instant.EPOCH, -1);
        return incident.withPart(platform, part, known -> known.opened(record, shows));
    }

    static Step step(Incident incident, String platform, String part, Operation operation) {
        return Step.of(incident, platform, part, operation);
    }

    static Step link(Incident incident, String platform, String part, Map<String, Reference> links) {
        return Step.link(incident, platform, part, links, false);
    }

    /** The same after a call of which nobody knows whether it had its effect. */
    static Step afterUnknown(Step step) {
        return step.withAfterUnknown(true);
    }

    static Step close(Incident incident, String platform, String part, String duplicate) {
        return Step.close(incident, platform, part, duplicate);
    }

    /** What the step's route yields. */
    JsonNode run(Step step) {
        var exchange = exchange(step);
        if (exchange.getException() != null) {
            throw FailureClassifier.ofException(step.platform(), exchange.getException());
        }
        return inOurWords(exchange.getMessage().getBody(JsonNode.class), step);
    }

    /** As it is read: status and priority mean what the tables of the platform say. */
    private JsonNode inOurWords(JsonNode answer, Step step) {
        var words = beans.get(Platforms.class).words(step.platform());
        for (var one : answer != null && answer.isArray() ? answer : List.of(answer)) {
            if (one instanceof ObjectNode reference && reference.path("status").isTextual() && !reference.has("sent")) {
                var status = reference.path("status").asText();
                var priority = reference.path("priority").asText();
                reference.put("status", words.status(step.routePart(), status).orElseThrow());
                reference.put(
                        "priority", words.priority(step.routePart(), priority).orElseThrow());
            }
        }
        return answer;
    }

    /** The failure that the step's route ends with. */
    PlatformException failure(Step step) {
        var exchange = exchange(step);
        assertThat(exchange.getException()).as("%s did not fail", step).isNotNull();
        return FailureClassifier.ofException(step.platform(), exchange.getException());
    }

    private Exchange exchange(Step step) {
        var run = steps.begin(step).orElseThrow();
        var exchange = template.request("direct:" + run.route(), run::enter);
        remark = exchange.getProperty(PlatformStep.REMARK, String.class);
        return exchange;
    }

    String remark() {
        return remark;
    }

    /** The record that a finished open, or the like, speaks of. */
    static Reference referenceOf(JsonNode answer) {
        return reference(
                answer.path("id").asText(),
                answer.path("number").asText(),
                answer.path("url").asText());
    }

    static List<String> shown(JsonNode answer) {
        return texts(answer.path("shown"));
    }

    static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    static Map<String, Reference> links(Object... namesAndReferences) {
        var links = new TreeMap<String, Reference>();
        for (int i = 0; i < namesAndReferences.length; i += 2) {
            links.put((String) namesAndReferences[i], (Reference) namesAndReferences[i + 1]);
        }
        return links;
    }
}
