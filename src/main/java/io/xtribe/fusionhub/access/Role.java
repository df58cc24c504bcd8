package io.xtribe.fusionhub.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may do at the hub. Each role may do what those before it may. */
public enum Role {
    /** Reads everything, and changes nothing. */
    VIEWER,
    /** Also does what changes incidents, dead letters, platforms, jobs and routes. */
    OPERATOR,
    /** Also reads the messages that pass through routes. */
    ADMIN;

    /** The name that configuration, users file and permissions have: {@code viewer}, {@code operator}, {@code admin}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name; empty when there is none. */
    public static Optional<Role> of(String key) {
        return EnumSet.allOf(Role.class).stream()
                .filter(role -> role.key().equals(key))
                .findFirst();
    }

    /** This role's name and those of all roles that it includes. */
    Set<String> included() {
        return EnumSet.range(VIEWER, this).stream().map(Role::key).collect(Collectors.toSet());
    }
}
