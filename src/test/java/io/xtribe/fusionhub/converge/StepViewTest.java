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

    private static ObjectNode view(Copy copied) {
        var step = Step.of(Samples.newIncident(), "pagerduty", "incident", Operation.OPEN);
        return StepView.of(step, Map.of(), JsonNodeFactory.instance.objectNode(), NullNode.getInstance(), copied);
    }
}
