package io.xtribe.fusionhub.console.page;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/** Where somebody logs in. It is there while NATS is away, too. */
@Path("/login")
@Blocking
public class LoginPage {

    private final PageAnswer answer;

    LoginPage(PageAnswer answer) {
        this.answer = answer;
    }

    /** @param refused whether name or password were wrong */
    @GET
    public Response login(@QueryParam("refused") boolean refused) {
        return answer.always(Templates.login(refused));
    }
}
