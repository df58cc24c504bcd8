package io.xtribe.fusionhub.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Runs a mapping file as the routes do: camel-jq on a JSON body, with exchange properties. */
public final class Mapping {
    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private static final Map<String, Expression> EXPRESSIONS = new ConcurrentHashMap<>();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Mapping() {}

    /**
     * What the mapping makes of a body, or null when it yields nothing.
     *
     * @param file for example {@code pagerduty-open}
     */
    public static JsonNode apply(String file, JsonNode body, Map<String, String> properties) {
        var exchange = new DefaultExchange(CONTEXT);
        properties.forEach(exchange::setProperty);
        exchange.getIn().setBody(body);
        return EXPRESSIONS.computeIfAbsent(file, Mapping::load).evaluate(exchange, JsonNode.class);
    }

    public static JsonNode apply(String file, JsonNode body) {
        return apply(file, body, Map.of());
    }

    /** JSON with single quotes for double ones, easier to read within Java. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Expression load(String file) {
        var expression = CONTEXT.resolveLanguage("jq").createExpression("resource:classpath:mappings/" + file + ".jq");
        expression.init(CONTEXT);
        return expression;
    }
}
