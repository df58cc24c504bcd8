package io.xtribe.fusionhub.intake;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Bounds how many bytes of webhook bodies are held at once, over all connections. Senders who have not proven a secret get a
 * share for each address. When there is no room, the unproven body that has been coming in for the longest time is dropped. A
 * genuine webhook comes in within milliseconds, so that this mostly drops bodies of senders that never finish.
 */
final class BodyBudget {

    private final long total;
    private final long share;
    private final Map<String, Long> byAddress = new HashMap<>();
    /** Unproven bodies that come in or wait to be checked, the oldest first. */
    private final Set<Lease> strangers = new LinkedHashSet<>();

    private long held;

    /**
     * A budget.
     *
     * @param total bytes for all
     * @param share bytes for the unproven senders of one address
     */
    BodyBudget(long total, long share) {
        this.total = total;
        this.share = share;
    }

    /**
     * Room for one body.
     *
     * @param proven whether its sender has shown a secret already
     * @param stop called, from any thread, when the body has to make room for another; it must drop its bytes
     */
    synchronized Lease open(String address, boolean proven, Runnable stop) {
        var lease = new Lease(address, proven, stop);
        if (!proven) {
            strangers.add(lease);
        }
        return lease;
    }

    synchronized long held() {
        return held;
    }

    /** How many addresses hold bytes. */
    synchronized int addresses() {
        return byAddress.size();
    }

    /** The bytes of one body. */
    final class Lease {

        private final String address;
        private final boolean proven;
        private final Runnable stop;
        private long bytes;
        private boolean closed;

        private Lease(String address, boolean proven, Runnable stop) {
            this.address = address;
            this.proven = proven;
            this.stop = stop;
        }

        /** Takes that many more bytes; false when there is no room for them, or this body was stopped to make room. */
        boolean take(int more) {
            synchronized (BodyBudget.this) {
                while (!closed && !proven && shareOf(address) + more > share) {
                    if (!stopOldest(address)) {
                        return false;
                    }
                }
                while (!closed && held + more > total) {
                    if (!stopOldest(null)) {
                        return false;
                    }
                }
                if (closed) {
                    return false;
                }
                add(more);
                return true;
            }
        }

        /** From now on it is not stopped any more; false when it was stopped already. */
        boolean keep() {
            synchronized (BodyBudget.this) {
                strangers.remove(this);
                return !closed;
            }
        }

        /** Gives everything back; may be called again. */
        void close() {
            synchronized (BodyBudget.this) {
                if (!closed) {
                    closed = true;
                    strangers.remove(this);
                    add(-bytes);
                }
            }
        }

        private void add(long more) {
            bytes += more;
            held += more;
            if (!proven && more != 0) {
                byAddress.merge(address, more, (one, other) -> one + other == 0 ? null : one + other);
            }
        }

        /** Stops the oldest unproven body other than this one, of one address or (null) of all; false when there is none. */
        private boolean stopOldest(String from) {
            for (var stranger : strangers) {
                if (stranger != this && stranger.bytes > 0 && (from == null || stranger.address.equals(from))) {
                    stranger.close();
                    stranger.stop.run();
                    return true;
                }
            }
            return false;
        }
    }

    private long shareOf(String address) {
        return byAddress.getOrDefault(address, 0L);
    }
}
