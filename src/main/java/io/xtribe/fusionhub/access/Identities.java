package io.xtribe.fusionhub.access;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** Who asks, as Quarkus knows them. */
final class Identities {

    private static final String PERSON = "fusion.person";

    private Identities() {}

    /** Somebody who has logged in. */
    static SecurityIdentity person(String name, Role role) {
        return of(name, role, true);
    }

    /** A program, named by what let it in. */
    static SecurityIdentity program(String name, Role role) {
        return of(name, role, false);
    }

    /** Somebody who has logged in and may do nothing here. */
    static SecurityIdentity withoutRole(String name) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .build();
    }

    private static SecurityIdentity of(String name, Role role, boolean person) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(role.included())
                .addAttribute(PERSON, person)
                .build();
    }

    /** Empty for nobody. */
    static Optional<Caller> caller(SecurityIdentity identity) {
        var name = Boolean.TRUE.equals(identity.getAttribute(PERSON))
                ? identity.getPrincipal().getName()
                : "";
        return Arrays.stream(Role.values())
                .filter(role -> identity.hasRole(role.key()))
                .max(Comparator.naturalOrder())
                .map(role -> new Caller(name, role));
    }
}
