package io.xtribe.fusionhub.http;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The open connections of one listener, at most so many. When one more comes, the connection that has waited longest for
 * its sender is closed to make room; a connection whose request is being answered never is. So whoever holds connections
 * without using them keeps nobody else out.
 */
final class OpenConnections {

    /** What is known of a connection here: that it can be closed. */
    interface Connection {
        /** Called from any thread. */
        void makeRoom();
    }

    private final int limit;
    private final Set<Connection> open = new HashSet<>();
    /** Those whose sender has to do something next, in the order in which they began to wait. */
    private final LinkedHashSet<Connection> waiting = new LinkedHashSet<>();

    OpenConnections(int limit) {
        this.limit = limit;
    }

    /** Adds a connection that waits for its sender; false when there is no room and none can be made. */
    boolean open(Connection connection) {
        Connection victim = null;
        synchronized (this) {
            if (open.size() >= limit) {
                var longest = waiting.iterator();
                if (!longest.hasNext()) {
                    return false;
                }
                victim = longest.next();
                forget(victim);
            }
            open.add(connection);
            waiting.add(connection);
        }
        if (victim != null) {
            victim.makeRoom();
        }
        return true;
    }

    /** The hub has something to do for this connection, so that it is not closed. */
    synchronized void busy(Connection connection) {
        waiting.remove(connection);
    }

    /** It is the sender's turn again. */
    synchronized void waiting(Connection connection) {
        if (open.contains(connection)) {
            waiting.add(connection);
        }
    }

    synchronized void closed(Connection connection) {
        forget(connection);
    }

    private void forget(Connection connection) {
        open.remove(connection);
        waiting.remove(connection);
    }
}
