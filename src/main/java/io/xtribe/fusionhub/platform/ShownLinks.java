package io.xtribe.fusionhub.platform;

import java.util.ArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Compares the links that a step would write with what a platform shows already, so that none is written twice. */
@Singleton
@Named("shownLinks")
public class ShownLinks {

    /** The step without the links whose URL stands somewhere in what the platform returned. */
    public JsonNode remove(@Body JsonNode shown, @ExchangeProperty(PlatformStep.RUN) PlatformStep run) {
        var texts = new ArrayList<String>();
        collect(shown, texts);
        ObjectNode view = run.view().deepCopy();
        var links = (ObjectNode) view.path("links");
        var places = new ArrayList<String>();
        links.fieldNames().forEachRemaining(places::add);
        for (var place : places) {
            var url = links.path(place).path("url").asText();
            if (texts.stream().anyMatch(text -> contains(text, url))) {
                links.remove(place);
            }
        }
        return view;
    }

    private static void collect(JsonNode node, ArrayList<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        } else {
            node.forEach(child -> collect(child, texts));
        }
    }

    /** Not merely as the beginning of a longer URL: /incidents/1 is not shown by /incidents/12. */
    private static boolean contains(String text, String url) {
        for (var at = text.indexOf(url); at >= 0; at = text.indexOf(url, at + 1)) {
            var end = at + url.length();
            if (end == text.length() || !Character.isLetterOrDigit(text.charAt(end))) {
                return true;
            }
        }
        return false;
    }
}
