package io.xtribe.fusionhub.lab.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the parts listen.
 *
 * @param management the hub's health and metrics
 */
public record LocalPorts(int nats, int sandbox, int hub, int management) {
    // Below the range from which Linux takes the local ports of outgoing connections.
    private static final int FIRST_OTHER = 20_000;
    private static final int LAST_OTHER = 31_999;

    /** The wanted ports, with a free one for each that is taken; says which. */
    public static LocalPorts choose(LocalPorts wanted, Screen screen) {
        Set<Integer> used = new HashSet<>();
        return new LocalPorts(
                choose("NATS", wanted.nats, used, screen),
                choose("the sandbox", wanted.sandbox, used, screen),
                choose("the hub", wanted.hub, used, screen),
                choose("the hub's management", wanted.management, used, screen));
    }

    /** Free ports chosen at random, so that the default ports stay free for other programs. */
    public static LocalPorts outOfTheWay() {
        Set<Integer> used = new HashSet<>();
        return new LocalPorts(free(used), free(used), free(used), free(used));
    }

    private static int free(Set<Integer> used) {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST_OTHER, LAST_OTHER + 1);
        } while (!isFree(port) || !used.add(port));
        return port;
    }

    private static int choose(String what, int wanted, Set<Integer> used, Screen screen) {
        if (isFree(wanted) && used.add(wanted)) {
            return wanted;
        }
        int port = free(used);
        screen.say("Port " + wanted + " is taken: " + what + " listens on " + port + " instead.");
        return port;
    }

    /** Whether a server could listen there, on loopback as well as on all interfaces. */
    public static boolean isFree(int port) {
        return canListen(new InetSocketAddress(port))
                && canListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean canListen(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    public String natsUrl() {
        return "nats://localhost:" + nats;
    }

    public String sandboxUrl() {
        return "http://localhost:" + sandbox;
    }

    public String hubUrl() {
        return "http://localhost:" + hub;
    }

    public String readinessUrl() {
        return "http://localhost:" + management + "/q/health/ready";
    }
}
