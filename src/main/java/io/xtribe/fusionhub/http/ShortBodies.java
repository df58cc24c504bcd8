package io.xtribe.fusionhub.http;

/**
 * How long a body may be where operators ask for something: what they need takes less, and all connections together hold no more of
 * it than of webhooks. {@link RequestGuard} drops what is longer as it comes, and the API refuses the request.
 */
public final class ShortBodies {

    /** In bytes. */
    public static final int LIMIT = 16 * 1024;
    /** The same where the body of a webhook is asked about. */
    public static final int LIMIT_OF_SIGNAL = 128 * 1024;

    private static final String EXPLAIN = "/api/explain";

    private ShortBodies() {}

    /** How long the body of a request for that path may be, in bytes. */
    public static int limit(String path) {
        return EXPLAIN.equals(path) ? LIMIT_OF_SIGNAL : LIMIT;
    }
}
