package io.xtribe.fusionhub.platform;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The proxy through which an address is called, of which an operator says in one way for all platforms: by the JVM's
 * properties, or else by the environment variables that most programs read. docs/platforms.md is the reference.
 *
 * @param host its name or address
 * @param port 1 to 65535
 * @param user who we are to it; empty when it asks nobody
 * @param password of that user
 */
public record ForwardProxy(String host, int port, String user, String password) {

    private static final int LARGEST_PORT = 65_535;
    private static final String TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    /**
     * The proxy for an address; empty where it is called directly.
     *
     * @throws IllegalArgumentException when a setting cannot be used; the message names it and shows no password
     */
    public static Optional<ForwardProxy> to(URI address) {
        return to(address, System::getProperty, System::getenv);
    }

    static Optional<ForwardProxy> to(URI address, UnaryOperator<String> properties, UnaryOperator<String> environment) {
        if (address.getHost() == null) {
            return Optional.empty();
        }
        var direct = new DirectHosts(address);
        if (direct.listedIn(either(environment, "no_proxy"))) {
            return Optional.empty();
        }
        var scheme = address.getScheme().toLowerCase(Locale.ROOT);
        var named = text(properties, scheme + ".proxyHost");
        if (!named.isEmpty()) {
            return direct.matched(properties.apply("http.nonProxyHosts"))
                    ? Optional.empty()
                    : Optional.of(ofProperties(scheme, named, properties));
        }
        var variable = scheme + "_proxy";
        var url = either(environment, variable);
        return url.isEmpty() || direct.isLoopback()
                ? Optional.empty()
                : Optional.of(parse(variable.toUpperCase(Locale.ROOT), url));
    }

    private static ForwardProxy ofProperties(String scheme, String host, UnaryOperator<String> properties) {
        var port = text(properties, scheme + ".proxyPort");
        return new ForwardProxy(
                host,
                port.isEmpty() ? scheme.equals("https") ? 443 : 80 : port(scheme + ".proxyPort", port),
                text(properties, scheme + ".proxyUser"),
                text(properties, scheme + ".proxyPassword"));
    }

    /** Taken apart by hand: a password may hold what no URL can. */
    private static ForwardProxy parse(String variable, String url) {
        var scheme = url.contains("://") ? url.substring(0, url.indexOf("://")) : "http";
        if (!scheme.equalsIgnoreCase("http")) {
            throw new IllegalArgumentException(variable + " names a proxy that is spoken to by " + scheme
                    + ", which the hub cannot: name one of the form http://host:port");
        }
        var rest = url.substring(url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3);
        var at = rest.lastIndexOf('@');
        var place = rest.substring(at + 1).replaceFirst("/.*", "");
        var colon = place.endsWith("]") ? -1 : place.lastIndexOf(':');
        var host = colon < 0 ? place : place.substring(0, colon);
        if (host.isBlank()) {
            throw new IllegalArgumentException(
                    variable + " names no host: write it as http://host:port or http://user:password@host:port");
        }
        var account = at < 0 ? "" : rest.substring(0, at);
        var end = account.indexOf(':') < 0 ? account.length() : account.indexOf(':');
        return new ForwardProxy(
                host.replaceAll("[\\[\\]]", ""),
                colon < 0 ? 80 : port(variable, place.substring(colon + 1)),
                decoded(account.substring(0, end)),
                decoded(account.substring(Math.min(account.length(), end + 1))));
    }

    private static int port(String key, String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    key + " has the port '" + text + "': write one from 1 to " + LARGEST_PORT);
        }
        return Integer.parseInt(text);
    }

    private static String either(UnaryOperator<String> environment, String variable) {
        var small = text(environment, variable);
        return small.isEmpty() ? text(environment, variable.toUpperCase(Locale.ROOT)) : small;
    }

    private static String text(UnaryOperator<String> values, String key) {
        var value = values.apply(key);
        return value == null ? "" : value.strip();
    }

    /** What is written as %40 and the like; anything else stays as it is. */
    private static String decoded(String text) {
        var bytes = new ByteArrayOutputStream();
        for (var at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '%' && text.substring(at).matches("(?s)%[0-9a-fA-F]{2}.*")) {
                bytes.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                bytes.writeBytes(text.substring(at, at + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What {@code Proxy-Authorization} holds; empty when it asks nobody. */
    public Optional<String> authorization() {
        return user.isEmpty()
                ? Optional.empty()
                : Optional.of("Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Lets the JVM's own HTTP client tell the proxy who we are where it asks for a tunnel, which it does not by default. To be
     * called before the first such client is made.
     */
    public void knowsUsInTunnels() {
        if (!user.isEmpty() && System.getProperty(TUNNELS) == null) {
            System.setProperty(TUNNELS, "");
        }
    }

    /** Its place, without who we are to it. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
