package io.xtribe.fusionhub.converge;

import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** How much of the origin's text a platform's mappings see. */
class StepViewTest {

    @Test
    void holdsTitleAndDescriptionWhereAllIsCopied() {
        assertThat(view(Copy.ALL).path("title").asText()).isEqualTo("Checkout latency above 2 s");
        assertThat(view(Copy.ALL).path("description").asText()).isEqualTo("Customers wait.");
    }

    @Test
    void holdsNoDescriptionWhereOnlyTheTitleIsCopied() {
        assertThat(view(Copy.TITLE).path("title").asText()).isEqualTo("Checkout latency above 2 s");
        assertThat(view(Copy.TITLE).path("description").asText()).isEmpty();
    }

    @Test
    void holdsNothingThatAPersonWroteWhereNothingIsCopied() {
        assertThat(view(Copy.NONE).path("title").asText()).isEqualTo("Incident of datadog.monitor");
        assertThat(view(Copy.NONE).toString()).doesNotContain("Checkout").doesNotContain("Customers wait");
    }

    /** A create that is tried without what people and alerts have written, since that may be why others have failed. */
    @Test
    void holdsANeutralTextWhereItsOwnMayBeTheCauseOfFailures() {
        var incident = Samples.newIncident().withPart("pagerduty", "incident", part -> part.withPlain(true));
        var view = view(Step.of(incident, "pagerduty", "incident", Operation.OPEN), Copy.ALL);

        assertThat(view.path("title").asText()).startsWith("Incident " + Samples.ID);
        assertThat(view.path("title")).isEqualTo(view.path("neutral").path("title"));
        assertThat(view.toString()).doesNotContain("Checkout").doesNotContain("Customers wait");
        assertThat(view.path("hints")).isEmpty();
    }

    private static ObjectNode view(Copy copied) {
        return view(Step.of(Samples.newIncident(), "pagerduty", "incident", Operation.OPEN), copied);
    }

    private static ObjectNode view(Step step, Copy copied) {
        return StepView.of(step, Map.of(), JsonNodeFactory.instance.objectNode(), NullNode.getInstance(), copied);
    }
}
