package io.xtribe.fusionhub.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * What was said in one HTTP call. Header names are lower case.
 *
 * @param target path and query as they were sent, without the platform's prefix
 * @param status 0 when the call was not answered
 */
public record Spoken(
        String method,
        String target,
        Map<String, List<String>> headers,
        String body,
        int status,
        Map<String, List<String>> answerHeaders,
        String answerBody) {

    public String path() {
        return new QueryStringDecoder(target).path();
    }

    Map<String, List<String>> query() {
        return new QueryStringDecoder(target).parameters();
    }

    boolean isAnswered() {
        return status != 0;
    }

    boolean isAccepted() {
        return status / 100 == 2;
    }

    public Spoken withTarget(String other) {
        return new Spoken(method, other, headers, body, status, answerHeaders, answerBody);
    }

    public Spoken withBody(String other) {
        return new Spoken(method, target, headers, other, status, answerHeaders, answerBody);
    }

    public Spoken withAnswerBody(String other) {
        return new Spoken(method, target, headers, body, status, answerHeaders, other);
    }

    public Spoken withAnswer(int otherStatus, Map<String, List<String>> otherHeaders, String otherBody) {
        return new Spoken(method, target, headers, body, otherStatus, lowerCase(otherHeaders), otherBody);
    }

    Spoken withAnswerType(String type) {
        var others = new TreeMap<>(answerHeaders);
        others.put("content-type", List.of(type));
        return new Spoken(method, target, headers, body, status, others, answerBody);
    }

    /** With another value of a header, or without the header when the value is null. */
    public Spoken withHeader(String name, String value) {
        var others = new TreeMap<>(headers);
        if (value == null) {
            others.remove(name);
        } else {
            others.put(name, List.of(value));
        }
        return new Spoken(method, target, others, body, status, answerHeaders, answerBody);
    }

    static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        var lower = new TreeMap<String, List<String>>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
        return lower;
    }

    @Override
    public String toString() {
        return method + " " + target + (body.isEmpty() ? "" : " " + body) + " -> " + (isAnswered() ? status : "nothing")
                + (answerBody.isEmpty() ? "" : " " + answerBody);
    }
}
