package io.xtribe.fusionhub.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.signal.SafeText;

/** Puts every request that changes something into the audit, with the status of its answer. */
public class AuditedRequests {

    private static final String REASON = "fusion.reason";
    private static final int LONGEST_PATH = 300;

    private final Audit audit;
    private final Asker asker;

    public AuditedRequests(Audit audit, Asker asker) {
        this.audit = audit;
        this.asker = asker;
    }

    /** Only here the body can still be read, before the resource takes it. */
    @ServerRequestFilter(readBody = true)
    public void came(ContainerRequestContext context) throws IOException {
        if (!isRead(context)) {
            var body = context.getEntityStream().readAllBytes();
            context.setEntityStream(new ByteArrayInputStream(body));
            context.setProperty(REASON, reason(body));
        }
    }

    private static String reason(byte[] body) throws IOException {
        try {
            return RequestBody.reason(IncidentJson.mapper().readTree(body));
        } catch (JsonProcessingException e) {
            // The resource refuses it.
            return "";
        }
    }

    @ServerResponseFilter
    public void answered(ContainerRequestContext context, ContainerResponseContext answer, HttpServerRequest request) {
        var role = asker.role();
        // Who is nobody to the hub was refused before, and may ask without end.
        if (!isRead(context) && !role.isEmpty()) {
            var reason = context.getProperty(REASON);
            audit.tell(
                    asker.of(request),
                    role,
                    request.remoteAddress().hostAddress(),
                    context.getMethod() + " " + SafeText.line(request.path(), LONGEST_PATH),
                    reason == null ? "" : reason.toString(),
                    Integer.toString(answer.getStatus()));
        }
    }

    private static boolean isRead(ContainerRequestContext context) {
        return context.getMethod().equals(HttpMethod.GET) || context.getMethod().equals(HttpMethod.HEAD);
    }
}
