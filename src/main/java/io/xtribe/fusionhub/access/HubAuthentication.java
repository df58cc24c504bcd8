package io.xtribe.fusionhub.access;

import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;

/**
 * Finds out who asks. A bearer token comes first; then the session of somebody who has logged in; then this host itself, which is
 * trusted as an admin as long as nobody can log in. What somebody else's web page has a browser ask for has no sender, unless it
 * only reads, since a browser does not show the page what it has read.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class HubAuthentication implements HttpAuthenticationMechanism {

    private static final int UNAUTHORIZED = 401;
    /** What a browser accepts that opens a page; a script of a page that asks for something does not. */
    private static final String PAGES = "text/html";

    /** Where the form is sent to. */
    private static final String LOGIN = "/api/login";

    private static final String FOR_PROGRAMS = "/api/";

    private final ApiTokens tokens;
    private final UsersFile users;
    private final Instance<FormAuthenticationMechanism> form;

    public HubAuthentication(ApiTokens tokens, UsersFile users, Instance<FormAuthenticationMechanism> form) {
        this.tokens = tokens;
        this.users = users;
        this.form = form;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        var request = context.request();
        var authorization = request.getHeader(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            var role = tokens.role(authorization);
            return role.isPresent()
                    ? Uni.createFrom().item(Identities.program("token", role.get()))
                    : Uni.createFrom().failure(new AuthenticationFailedException("no such token"));
        }
        if (!Origins.isRead(request) && Origins.isForeignPage(request)) {
            return Uni.createFrom().nullItem();
        }
        if (users.isConfigured()) {
            return form.get().authenticate(context, providers);
        }
        return Origins.isThisHost(request)
                ? Uni.createFrom().item(Identities.program("this host", Role.ADMIN))
                : Uni.createFrom().nullItem();
    }

    /** People are sent to the page where they log in; programs are told what is missing. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return isForPeople(context)
                ? form.get().getChallenge(context)
                : Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (isForPeople(context)) {
            return form.get().sendChallenge(context);
        }
        context.response()
                .setStatusCode(UNAUTHORIZED)
                .putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer")
                .putHeader(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8")
                .end(
                        users.isConfigured()
                                ? "log in at /, or send a bearer token: fusion.api.token"
                                : "a bearer token is needed (fusion.api.token); people can log in where fusion.users-file is set");
        return Uni.createFrom().item(true);
    }

    private boolean isForPeople(RoutingContext context) {
        var accepted = context.request().getHeader(HttpHeaderNames.ACCEPT);
        if (context.normalizedPath().equals(LOGIN)) {
            return users.isConfigured();
        }
        return users.isConfigured()
                && !context.normalizedPath().startsWith(FOR_PROGRAMS)
                && Origins.isRead(context.request())
                && accepted != null
                && accepted.contains(PAGES);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return form.get().getCredentialTypes();
    }
}
