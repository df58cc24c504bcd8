package io.xtribe.fusionhub.http;

/**
 * How long a body may be where operators ask for something: what they need takes less, and all connections together hold no more of
 * it than of webhooks. {@link RequestGuard} drops what is longer as it comes, and the API refuses the request.
 */
public final class ShortBodies {

    /** In bytes. */
    public static final int LIMIT = 16 * 1024;

    private ShortBodies() {}
}
