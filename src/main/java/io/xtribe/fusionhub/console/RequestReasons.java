package io.xtribe.fusionhub.console;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

import io.xtribe.fusionhub.incident.IncidentJson;

/** Keeps the reason that the body of a request gives, for the audit. It is made while the application is built: it needs no other bean. */
@Provider
public class RequestReasons implements ReaderInterceptor {

    /** The property of the request that has it. */
    static final String REASON = "fusion.reason";

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        var body = context.proceed();
        if (body instanceof String text) {
            context.setProperty(REASON, reason(text));
        }
        return body;
    }

    private static String reason(String body) {
        try {
            return RequestBody.reason(IncidentJson.mapper().readTree(body));
        } catch (JsonProcessingException e) {
            // The resource refuses it.
            return "";
        }
    }
}
