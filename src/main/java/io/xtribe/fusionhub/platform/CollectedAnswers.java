package io.xtribe.fusionhub.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Collects what the branches of a split leave as their bodies: afterwards the body is the list of them. */
@Singleton
@Named("collected")
public class CollectedAnswers implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange before, Exchange branch) {
        var all = before == null
                ? JsonNodeFactory.instance.arrayNode()
                : before.getMessage().getBody(ArrayNode.class);
        all.add(branch.getMessage().getBody(JsonNode.class));
        branch.getMessage().setBody(all);
        return branch;
    }
}
