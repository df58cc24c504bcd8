package io.xtribe.fusionhub.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MissingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mapping MISSING = Mapping.compile("missing", "missing");

    private static final String STEP = """
            {'id': 'fx-1',
             'links': {'pagerduty': {'url': 'https://p.example/incidents/1'}, 'datadog': {'url': 'https://d.example/7'}},
             'comment': {'mark': '[fusion:fx-1/ab]', 'text': 'it'}}""";

    /** JSON with single quotes for double ones. */
    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static JsonNode missing(String returned) throws Exception {
        var none = JSON.createObjectNode();
        return MISSING.apply(json(returned), new Mapping.Context(json(STEP), none, none, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "['https://p.example/incidents/12']",
                "[{'https://d.example/7': 1}]",
                "['[fusion:fx-1/a]', '[fusion:fx-2/ab]']"
            })
    void isTheWholeStepWhereNothingOfItStands(String returned) throws Exception {
        assertThat(missing(returned)).isEqualTo(json(STEP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['see https://p.example/incidents/1, please']",
                "'https://p.example/incidents/12 and https://p.example/incidents/1'",
                "{'notes': [{'content': 'https://p.example/incidents/1'}]}",
                "[['[it](https://p.example/incidents/1)']]"
            })
    void isTheStepWithoutTheLinksThatStand(String returned) throws Exception {
        var left = missing(returned);

        assertThat(left.path("links")).isEqualTo(json("{'datadog': {'url': 'https://d.example/7'}}"));
        assertThat(left.path("comment").path("text").asText()).isEqualTo("it");
    }

    @Test
    void isTheStepWithoutTheCommentThatStands() throws Exception {
        var left = missing("[{'text': '[fusion:fx-1/ab]it, as it was cut'}]");

        assertThat(left.get("comment").isNull()).isTrue();
        assertThat(left.path("links")).hasSize(2);
    }

    @Test
    void leavesTheStepAsItIs() throws Exception {
        var step = json(STEP);
        var none = JSON.createObjectNode();

        MISSING.apply(json("['https://d.example/7']"), new Mapping.Context(step, none, none, null));

        assertThat(step).isEqualTo(json(STEP));
    }

    @Test
    void failsWhereNoStepIsUnderWay() {
        var none = JSON.createObjectNode();

        assertThatThrownBy(() -> MISSING.apply(none, new Mapping.Context(null, none, none, null)))
                .hasMessageContaining("missing is asked where no step is under way");
    }
}
