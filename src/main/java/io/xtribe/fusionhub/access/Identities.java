package io.xtribe.fusionhub.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** Who asks, as Quarkus knows them. */
public final class Identities {

    private static final String PERSON = "fusion.person";

    private Identities() {}

    static SecurityIdentity of(String name, Role role, boolean person) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(role.included())
                .addAttribute(PERSON, person)
                .build();
    }

    /** Whether somebody has logged in, so that their name is known. Tokens and programs on this host have none. */
    public static boolean isPerson(SecurityIdentity identity) {
        return Boolean.TRUE.equals(identity.getAttribute(PERSON));
    }

    /** The highest role; {@code viewer} where there is none. */
    public static Role role(SecurityIdentity identity) {
        var highest = Role.VIEWER;
        for (var role : Role.values()) {
            highest = identity.hasRole(role.key()) ? role : highest;
        }
        return highest;
    }
}
