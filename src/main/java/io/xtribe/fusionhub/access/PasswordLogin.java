package io.xtribe.fusionhub.access;

import java.nio.charset.StandardCharsets;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.access.Users.User;

/** Compares name and password with the users file. */
@Singleton
public class PasswordLogin implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private static final Logger LOG = Logger.getLogger(PasswordLogin.class);
    /** bcrypt takes no more; UTF-8 bytes. */
    static final int LONGEST_PASSWORD = 72;
    /** Of no password: an unknown name takes as long as a known one, so that nobody learns which names there are. */
    private static final User NOBODY =
            new User("", Role.VIEWER, "$2a$12$cCmgDlJKGRe6cGm0MPYgJuL/5DAPwJIjMy679GySqc/AzXFdzCXTy");

    private final UsersFile users;
    private final LoginAttempts attempts;

    public PasswordLogin(UsersFile users, LoginAttempts attempts) {
        this.users = users;
        this.attempts = attempts;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        var from = HttpSecurityUtils.getRoutingContextAttribute(request)
                .request()
                .remoteAddress()
                .hostAddress();
        return context.runBlocking(() ->
                login(request.getUsername(), new String(request.getPassword().getPassword()), from));
    }

    private SecurityIdentity login(String name, String password, String from) {
        var known = Users.isName(name);
        if (!attempts.begin(known ? name : "", from)) {
            LOG.warnf("Login of %s from %s refused without a look: too many failed", known ? name : "somebody", from);
            throw new AuthenticationFailedException("too many attempts");
        }
        var user = known ? users.find(name).orElse(NOBODY) : NOBODY;
        var bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_PASSWORD || !user.isPassword(password) || user == NOBODY) {
            LOG.warnf("Login of %s from %s refused", known ? name : "somebody", from);
            throw new AuthenticationFailedException("name or password is wrong");
        }
        attempts.succeeded(name, from);
        LOG.infof("Login of %s, %s, from %s", name, user.role().key(), from);
        return Identities.person(user.name(), user.role());
    }
}
