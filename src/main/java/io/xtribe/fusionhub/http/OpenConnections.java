package io.xtribe.fusionhub.http;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The open connections of one listener, limited in number. When one more comes, the connection that has waited longest for
 * its sender is closed to make room: first among those that were never answered with success, then among the others. A
 * connection whose request is being answered is never closed for this. So a client that holds connections without using them
 * cannot keep other clients out.
 */
final class OpenConnections {

    /** A connection as this class sees it. */
    interface Connection {
        /** Closes it; called from any thread. */
        void makeRoom();

        /** Whether a request of it was answered with success. */
        boolean isKnown();
    }

    private final int limit;
    private final Set<Connection> open = new HashSet<>();
    /** Connections that wait for their sender, in the order in which they began to wait. */
    private final Set<Connection> strangers = new LinkedHashSet<>();

    private final Set<Connection> known = new LinkedHashSet<>();

    OpenConnections(int limit) {
        this.limit = limit;
    }

    /** Adds a connection that waits for its sender; false when there is no room and none can be made. */
    boolean open(Connection connection) {
        Connection victim = null;
        synchronized (this) {
            if (open.size() >= limit) {
                victim = first(strangers.isEmpty() ? known : strangers);
                if (victim == null) {
                    return false;
                }
                forget(victim);
            }
            open.add(connection);
            waiting(connection);
        }
        if (victim != null) {
            victim.makeRoom();
        }
        return true;
    }

    private static Connection first(Set<Connection> connections) {
        var all = connections.iterator();
        return all.hasNext() ? all.next() : null;
    }

    /** The hub has something to do for this connection, so that it is not closed. */
    synchronized void busy(Connection connection) {
        strangers.remove(connection);
        known.remove(connection);
    }

    /** The connection waits for its sender again. */
    synchronized void waiting(Connection connection) {
        if (open.contains(connection)) {
            (connection.isKnown() ? known : strangers).add(connection);
        }
    }

    synchronized void closed(Connection connection) {
        forget(connection);
    }

    private void forget(Connection connection) {
        open.remove(connection);
        busy(connection);
    }
}
