package io.xtribe.fusionhub.platform;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells whether an address is among those that are called without a proxy. No name is looked up for it. */
final class DirectHosts {

    /** What the JVM takes when {@code http.nonProxyHosts} is not set. */
    private static final String LOOPBACK = "localhost|127.*|[::1]|0.0.0.0|[::0]";

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private final String host;
    private final int port;

    DirectHosts(URI address) {
        host = name(address.getHost());
        port = address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static String name(String written) {
        return written.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
    }

    boolean isLoopback() {
        return matched(LOOPBACK);
    }

    /**
     * By a list as {@code http.nonProxyHosts} is: {@code |} between, a {@code *} stands for anything.
     *
     * @param patterns null for what the JVM takes then
     */
    boolean matched(String patterns) {
        return Arrays.stream((patterns == null ? LOOPBACK : patterns).split("\\|"))
                .map(pattern -> name(pattern.strip()))
                .filter(pattern -> !pattern.isEmpty())
                .anyMatch(pattern -> host.matches(Arrays.stream(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .reduce((a, b) -> a + ".*" + b)
                        .orElseThrow()));
    }

    /** By a list as {@code NO_PROXY} is: names with their subdomains, addresses, networks such as 10.0.0.0/8, or *. */
    boolean listedIn(String list) {
        return Arrays.stream(list.split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(this::covered);
    }

    private boolean covered(String entry) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return isWithin(entry.substring(0, entry.indexOf('/')), entry.substring(entry.indexOf('/') + 1));
        }
        var withPort =
                Pattern.compile("(?<name>\\[.*]|[^:]+):(?<port>\\d{1,5})").matcher(entry);
        if (withPort.matches() && Integer.parseInt(withPort.group("port")) != port) {
            return false;
        }
        var wanted = name(withPort.matches() ? withPort.group("name") : entry).replaceFirst("^\\*?\\.", "");
        return host.equals(wanted) || host.endsWith("." + wanted);
    }

    private boolean isWithin(String network, String bits) {
        if (!isAddress(host) || !isAddress(name(network)) || !bits.matches("\\d{1,3}")) {
            return false;
        }
        try {
            var ours = InetAddress.getByName(host).getAddress();
            var theirs = InetAddress.getByName(name(network)).getAddress();
            return ours.length == theirs.length && sameBits(ours, theirs, Integer.parseInt(bits));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean sameBits(byte[] ours, byte[] theirs, int bits) {
        for (var bit = 0; bit < Math.min(bits, ours.length * Byte.SIZE); bit++) {
            var mask = 1 << Byte.SIZE - 1 - bit % Byte.SIZE;
            if ((ours[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Anything else would be asked for by DNS. */
    private static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }
}
