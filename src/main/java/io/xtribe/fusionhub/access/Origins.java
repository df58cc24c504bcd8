package io.xtribe.fusionhub.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Where a request comes from: from this host, and from a page of the hub's own or of somebody else's. */
final class Origins {

    /** Headers that proxies add. A proxy on this host that adds none of them must authenticate its clients itself. */
    private static final Set<String> FORWARDED = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "fastly-client-ip");

    private static final List<String> FORWARDED_PREFIXES = List.of("x-forwarded", "x-original-", "x-envoy-", "cf-");
    /** An address, localhost, or a name without a domain: nobody else's web page can be under such a name. */
    private static final Pattern HOST_OF_NO_DOMAIN =
            Pattern.compile("\\[[0-9a-fA-F:.]+]|\\d+(\\.\\d+){3}|(.+\\.)?localhost|[^.]+", Pattern.CASE_INSENSITIVE);

    private Origins() {}

    /**
     * Whether a program on this host asks. Not what a proxy on this host passes on, nor what somebody else's web page has a
     * browser on this host ask for: neither under the hub's own address, nor under a domain that the page's owner lets point here.
     */
    static boolean isThisHost(HttpServerRequest request) {
        var address = request.remoteAddress();
        return address != null
                && isLoopback(address.hostAddress())
                && (request.authority() == null
                        || HOST_OF_NO_DOMAIN.matcher(request.authority().host()).matches())
                && request.headers().names().stream().noneMatch(Origins::isForwarded);
    }

    /** Whether it only reads. */
    static boolean isRead(HttpServerRequest request) {
        return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    }

    /** Whether a browser says that somebody else's web page asks. Programs say nothing about it. */
    static boolean isForeignPage(HttpServerRequest request) {
        return isForeignPage(
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Origin"),
                request.authority() == null ? "" : request.authority().toString());
    }

    /**
     * The same by what the browser says.
     *
     * @param site {@code Sec-Fetch-Site}; null where it says nothing
     * @param origin null where it says nothing
     * @param host host and port under which the hub was asked
     */
    static boolean isForeignPage(String site, String origin, String host) {
        return site != null && !site.equals("same-origin") && !site.equals("none")
                || origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }

    /** Whether a host is named by an address or by a name of this network, so that it is nobody else's web page's. */
    static boolean isOfNoDomain(String host) {
        return HOST_OF_NO_DOMAIN.matcher(host).matches();
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an address: " + address, e);
        }
    }

    private static boolean isForwarded(String header) {
        var name = header.toLowerCase(Locale.ROOT);
        return FORWARDED.contains(name) || FORWARDED_PREFIXES.stream().anyMatch(name::startsWith);
    }
}
