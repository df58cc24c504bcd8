package io.xtribe.fusionhub.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TrustedAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Whom the cookie of a session names: with the role that the users file gives now; nobody, when it has them no more. */
@Singleton
public class Sessions implements IdentityProvider<TrustedAuthenticationRequest> {

    private final UsersFile users;

    public Sessions(UsersFile users) {
        this.users = users;
    }

    @Override
    public Class<TrustedAuthenticationRequest> getRequestType() {
        return TrustedAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TrustedAuthenticationRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() -> users.find(request.getPrincipal())
                .map(user -> Identities.person(user.name(), user.role()))
                .orElseThrow(() -> new AuthenticationFailedException("no such user any more")));
    }
}
