package io.xtribe.fusionhub.console;

import java.nio.charset.StandardCharsets;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.xtribe.fusionhub.incident.IncidentJson;

/** What operators have asked for in the last year, for operators. */
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("operator")
public class AuditResource {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final Audit audit;

    public AuditResource(Audit audit) {
        this.audit = audit;
    }

    /**
     * The entries, the newest first.
     *
     * @param before only those before the one with this number, which the answer before gave
     * @param limit how many at most, 1 to 500, by default 50
     */
    @GET
    public String list(@QueryParam("before") Long before, @QueryParam("limit") Integer limit) {
        var wanted = Math.max(1, Math.min(limit == null ? DEFAULT_LIMIT : limit, MAX_LIMIT));
        var page = audit.page(before == null ? 0 : Math.max(0, before), wanted);
        var answer = IncidentJson.mapper().createObjectNode().put("total", page.total());
        var entries = answer.putArray("entries");
        page.found().forEach(entry -> entries.addPOJO(entry));
        if (page.before() > 0) {
            answer.put("before", page.before());
        }
        return new String(IncidentJson.write(answer), StandardCharsets.UTF_8);
    }
}
