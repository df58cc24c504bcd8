package io.xtribe.fusionhub.console;

import java.nio.charset.StandardCharsets;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.explain.Explainer;
import io.xtribe.fusionhub.incident.IncidentJson;

/** What the hub would do about a signal, and why; nothing of it is done. A viewer may ask, and the audit does not tell of it. */
@Path(ExplainResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {

    static final String PATH = "/api/explain";

    private final Explainer explainer;

    public ExplainResource(Explainer explainer) {
        this.explainer = explainer;
    }

    /**
     * Explains.
     *
     * @param source the platform whose webhook the body is; left out for a CloudEvent
     */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response explain(@QueryParam("source") String source, byte[] body) {
        try {
            var told = explainer.explain(body == null ? new byte[0] : body, source == null ? "" : source);
            return Response.ok(new String(IncidentJson.write(told), StandardCharsets.UTF_8))
                    .build();
        } catch (IllegalArgumentException e) {
            return Refused.answer(Response.Status.BAD_REQUEST, e.getMessage());
        }
    }
}
