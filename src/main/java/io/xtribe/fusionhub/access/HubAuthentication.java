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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Finds out who asks. A bearer token comes first, one of the hub's own or one of an OpenID provider; then the session of somebody who has
 * logged in; then this host itself, which is trusted as an admin as long as nobody can log in. What somebody else's web page has a browser ask for has no sender, unless it
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
    private final ProviderLogin provider;
    private final Instance<FormAuthenticationMechanism> form;
    private final String session;

    /** @param session the cookie of who has logged in with a password */
    public HubAuthentication(
            ApiTokens tokens,
            UsersFile users,
            ProviderLogin provider,
            Instance<FormAuthenticationMechanism> form,
            @ConfigProperty(name = "quarkus.http.auth.form.cookie-name") String session) {
        this.tokens = tokens;
        this.users = users;
        this.provider = provider;
        this.form = form;
        this.session = session;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        var request = context.request();
        var authorization = request.getHeader(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            return byToken(authorization, context, providers);
        }
        if (!Origins.isRead(request) && Origins.isForeignPage(request)) {
            return Uni.createFrom().nullItem();
        }
        if (isOfForm(context)) {
            return form.get().authenticate(context, providers);
        }
        if (provider.isConfigured()) {
            return provider.authenticate(context, providers);
        }
        return Origins.isThisHost(request)
                ? Uni.createFrom().item(Identities.program("this host", Role.ADMIN))
                : Uni.createFrom().nullItem();
    }

    private Uni<SecurityIdentity> byToken(
            String authorization, RoutingContext context, IdentityProviderManager providers) {
        var role = tokens.role(authorization);
        if (role.isPresent()) {
            return Uni.createFrom().item(Identities.program("token", role.get()));
        }
        return provider.isConfigured() && ApiTokens.isBearer(authorization)
                ? provider.authenticate(context, providers)
                : Uni.createFrom().failure(new AuthenticationFailedException("no such token"));
    }

    /** Where both can be logged in by, the cookie tells which it was. */
    private boolean isOfForm(RoutingContext context) {
        return users.isConfigured()
                && (!provider.isConfigured()
                        || context.normalizedPath().equals(LOGIN)
                        || context.request().getCookie(session) != null);
    }

    /** People are sent to the page where they log in; programs are told what is missing. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        if (isForProvider(context)) {
            return provider.challenge(context);
        }
        return isForPeople(context)
                ? form.get().getChallenge(context)
                : Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (isForProvider(context)) {
            return HttpAuthenticationMechanism.super.sendChallenge(context);
        }
        if (isForPeople(context)) {
            return form.get().sendChallenge(context);
        }
        context.response()
                .setStatusCode(UNAUTHORIZED)
                .putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer")
                .putHeader(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8")
                .end(
                        users.isConfigured() || provider.isConfigured()
                                ? "log in at /, or send a bearer token: fusion.api.token"
                                : "a bearer token is needed (fusion.api.token); people can log in where fusion.users-file or quarkus.oidc is set");
        return Uni.createFrom().item(true);
    }

    private boolean isForPeople(RoutingContext context) {
        if (context.normalizedPath().equals(LOGIN)) {
            return users.isConfigured();
        }
        return users.isConfigured() && opensPage(context);
    }

    /** Where there is a form as well, people choose on its page. */
    private boolean isForProvider(RoutingContext context) {
        return provider.isConfigured()
                && opensPage(context)
                && (!users.isConfigured() || context.normalizedPath().equals(ProviderLogin.PATH));
    }

    private static boolean opensPage(RoutingContext context) {
        var accepted = context.request().getHeader(HttpHeaderNames.ACCEPT);
        return !context.normalizedPath().startsWith(FOR_PROGRAMS)
                && Origins.isRead(context.request())
                && accepted != null
                && accepted.contains(PAGES);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return form.get().getCredentialTypes();
    }
}
