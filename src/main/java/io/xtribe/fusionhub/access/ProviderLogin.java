package io.xtribe.fusionhub.access;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.oidc.SecurityEvent;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;

/**
 * People who log in at an OpenID provider, and programs with a token of it: {@code quarkus.oidc.*}. What their role is there says
 * what it is here. Off as long as {@code quarkus.oidc.tenant-enabled} is false.
 */
@ApplicationScoped
public class ProviderLogin {

    /** Where the provider sends a browser back to, and where a link begins a login. */
    static final String PATH = "/login/provider";

    private static final Logger LOG = Logger.getLogger(ProviderLogin.class);
    private static final int SEE_OTHER = 303;

    private final Instance<OidcAuthenticationMechanism> provider;
    private final boolean enabled;
    private final Map<Role, List<String>> roles;

    ProviderLogin(
            Instance<OidcAuthenticationMechanism> provider,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean enabled,
            FusionConfig config) {
        this.provider = provider;
        this.enabled = enabled;
        this.roles = Map.of(
                Role.VIEWER, config.oidc().viewer(),
                Role.OPERATOR, config.oidc().operator(),
                Role.ADMIN, config.oidc().admin());
    }

    /** Whether people can log in there. */
    public boolean isConfigured() {
        return enabled;
    }

    /** Who has logged in there begins at the board, unless a page was asked for before. */
    void register(@Observes Router router) {
        router.get(PATH).handler(context -> context.response()
                .setStatusCode(SEE_OTHER)
                .putHeader(HttpHeaderNames.LOCATION, "/")
                .end());
    }

    void loggedIn(@Observes SecurityEvent event) {
        if (event.getEventType() == SecurityEvent.Type.OIDC_LOGIN) {
            var identity = event.getSecurityIdentity();
            LOG.infof(
                    "Login of %s by the OpenID provider, %s",
                    identity.getPrincipal().getName(),
                    role(identity).map(Role::key).orElse("without a role here"));
        }
    }

    /** Whom the session or the token of a request names; null where it has none. */
    Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        return provider.get()
                .authenticate(context, providers)
                .map(identity -> identity == null ? null : known(identity));
    }

    /** Leads a browser to the provider. */
    Uni<ChallengeData> challenge(RoutingContext context) {
        return provider.get().getChallenge(context);
    }

    /** Whoever has none of our roles is known, and may do nothing. */
    private SecurityIdentity known(SecurityIdentity identity) {
        var name = identity.getPrincipal().getName();
        return role(identity).map(role -> Identities.person(name, role)).orElseGet(() -> Identities.withoutRole(name));
    }

    private Optional<Role> role(SecurityIdentity identity) {
        return roles.entrySet().stream()
                .filter(role -> role.getValue().stream().anyMatch(identity::hasRole))
                .map(Map.Entry::getKey)
                .max(Comparator.naturalOrder());
    }
}
