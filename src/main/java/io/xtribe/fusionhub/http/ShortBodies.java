package io.xtribe.fusionhub.http;

/**
 * How long a body may be where operators ask for something: what they need takes less, and all connections together hold no more of
 * it than of webhooks. {@link RequestGuard} drops what is longer as it comes, and the API refuses the request.
 */
public final class ShortBodies {

    /** In bytes. */
    public static final int LIMIT = 16 * 1024;

    /** The same where Hawtio asks for the attributes of many MBeans at once, {@code POST /hawtio/jolokia}. */
    public static final int HAWTIO_LIMIT = 64 * 1024;

    private ShortBodies() {}
}
