package io.xtribe.fusionhub.config;

import java.util.Optional;
import java.util.stream.Stream;

/** A failure and what caused it. */
public final class Causes {

    /** A chain of causes may lead back into itself. */
    private static final int MOST = 50;

    private Causes() {}

    /** The failure itself first, the innermost cause last. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST);
    }

    /** The outermost of that type. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return of(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** What the innermost cause says, or else what it is. */
    public static String innermost(Throwable failure) {
        var said = of(failure)
                .filter(cause -> cause.getMessage() != null)
                .reduce((outer, inner) -> inner)
                .map(Throwable::getMessage)
                .orElse(failure.toString());
        return said.replaceAll("\\s+", " ");
    }
}
