package io.xtribe.fusionhub.console;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import io.xtribe.fusionhub.signal.SafeText;

/** Puts every request that changes something into the audit, with the reason that its body gives and the status of its answer. */
public class AuditedRequests {

    private static final int LONGEST_PATH = 300;

    private final Audit audit;
    private final Asker asker;

    public AuditedRequests(Audit audit, Asker asker) {
        this.audit = audit;
        this.asker = asker;
    }

    @ServerResponseFilter
    public void answered(ContainerRequestContext context, ContainerResponseContext answer, HttpServerRequest request) {
        var caller = asker.caller();
        // Requests of strangers were refused before. Kept here, they could fill the audit.
        if (isChange(context) && caller.isPresent()) {
            var reason = context.getProperty(RequestReasons.REASON);
            audit.tell(
                    asker.of(request),
                    caller.get().role().key(),
                    request.remoteAddress().hostAddress(),
                    context.getMethod() + " " + SafeText.line(request.path(), LONGEST_PATH),
                    reason == null ? "" : reason.toString(),
                    Integer.toString(answer.getStatus()));
        }
    }

    private static boolean isChange(ContainerRequestContext context) {
        return !context.getMethod().equals(HttpMethod.GET)
                && !context.getMethod().equals(HttpMethod.HEAD)
                && !ExplainResource.PATH.equals(context.getUriInfo().getPath());
    }
}
