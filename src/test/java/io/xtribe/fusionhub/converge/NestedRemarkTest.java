package io.xtribe.fusionhub.converge;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Mapping;

import static org.assertj.core.api.Assertions.assertThat;

/** A script that has gone wrong may put anything where a word is due. */
class NestedRemarkTest {

    @ParameterizedTest
    @ValueSource(strings = {"close_notes", "close_code", "state", "previous_state", "hold_reason"})
    void takesWhatIsNestedDeepForNoWord(String member) throws Exception {
        var body = new ObjectMapper()
                .readTree(Path.of("src/test/resources/webhooks/servicenow/resolved.json")
                        .toFile());
        JsonNode deep = JsonNodeFactory.instance.arrayNode();
        for (int depth = 0; depth < 400; depth++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        ((ObjectNode) body.path("incident")).set(member, deep);

        assertThat(Mapping.apply("servicenow-signal", body).path("comments").isArray())
                .isTrue();
    }
}
