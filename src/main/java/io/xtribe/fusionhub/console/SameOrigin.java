package io.xtribe.fusionhub.console;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Whether a page in a browser that asks for something on this host is one of the hub's own. */
final class SameOrigin {

    /** A name that somebody else's name server may lead here is none of these. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private SameOrigin() {}

    /**
     * Whether no page asks, or one that the hub itself has served under a name of this host.
     *
     * @param origin the header that browsers add, or null: it was no page
     * @param host what the request was sent to
     */
    static boolean isOwnPage(String origin, String host) {
        if (origin == null) {
            return true;
        }
        try {
            var uri = new URI(origin);
            return host != null
                    && LOOPBACK.matcher(host).matches()
                    && "http".equalsIgnoreCase(uri.getScheme())
                    && host.equalsIgnoreCase(uri.getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
