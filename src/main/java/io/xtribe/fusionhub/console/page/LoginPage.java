package io.xtribe.fusionhub.console.page;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.access.ProviderLogin;
import io.xtribe.fusionhub.access.UsersFile;

/** Where somebody logs in. It is there while NATS is away, too. */
@Path("/login")
@Blocking
public class LoginPage {

    private final PageAnswer answer;
    private final UsersFile users;
    private final ProviderLogin provider;

    LoginPage(PageAnswer answer, UsersFile users, ProviderLogin provider) {
        this.answer = answer;
        this.users = users;
        this.provider = provider;
    }

    /**
     * The page.
     *
     * @param refused whether name or password were wrong
     * @param error what the OpenID provider says when it lets somebody not in; null otherwise
     */
    @GET
    public Response login(@QueryParam("refused") boolean refused, @QueryParam("error") String error) {
        // Without either, nobody has to log in; the form says how that is changed.
        var isForm = users.isConfigured() || !provider.isConfigured();
        return answer.always(Templates.login(refused, error != null, isForm, provider.isConfigured()));
    }
}
