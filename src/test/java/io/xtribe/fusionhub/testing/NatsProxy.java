package io.xtribe.fusionhub.testing;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Stands between one hub and its NATS server, counts what the hub writes durably and can end the hub exactly at its n-th
 * write. It can also play a NATS that is away or hangs. Plain TCP only.
 */
public final class NatsProxy implements AutoCloseable {

    /** What becomes of the write at which an action runs. */
    public enum Fate {
        /** Neither it nor anything later from the present connections reaches the server. */
        LOST,
        /** It reaches the server, but the present connections see no answer any more and nothing later passes. */
        UNANSWERED,
        /** It reaches the server when the action is done, and all goes on. */
        PASSED
    }

    /** The kinds of durable writes, told apart by subject. */
    public enum Kind {
        KV("$KV."),
        PUBLISH("fusion."),
        ACK("$JS.ACK.");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** Null for what is no durable write, such as requests to the JetStream API. */
        private static Kind of(String subject) {
            for (Kind kind : values()) {
                if (subject.startsWith(kind.prefix)) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** A write on its way; the number counts from 1 since the start or the last {@link NatsProxy#reset()}. */
    public record Write(int number, Kind kind, String subject, String body) {}

    /** How many writes were passed on to the server. */
    public record Counts(int kv, int publishes, int acks) {
        public int total() {
            return kv + publishes + acks;
        }
    }

    private record Trap(Fate fate, Consumer<Write> action, CompletableFuture<Write> sprung) {}

    private final int serverPort;
    private final int port;
    // One command or answer passes at a time, over all connections: a write that springs a trap stops all the others.
    private final Object passage = new Object();
    private final List<Write> writes = new ArrayList<>();
    private final Map<Integer, Trap> traps = new HashMap<>();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private boolean frozen;

    private NatsProxy(int serverPort, int port, ServerSocket listener) {
        this.serverPort = serverPort;
        this.port = port;
        listen(listener);
    }

    /** Starts a proxy; the server may be restarted behind it. */
    public static NatsProxy inFrontOf(NatsServer server) {
        while (true) {
            int port = Ports.free();
            try {
                return new NatsProxy(server.port(), port, bind(port));
            } catch (BindException taken) {
                // another process was faster: the next port
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** {@link Fate#LOST}: for {@code kill -9} of the hub before its n-th write. */
    public CompletableFuture<Write> onWrite(int number, Consumer<Write> action) {
        return onWrite(number, Fate.LOST, action);
    }

    /**
     * Runs the action once, on the proxy's thread, when the n-th write arrives; nothing passes meanwhile. The future
     * completes when it has run, and fails if it failed; a number that has passed already is refused.
     */
    public CompletableFuture<Write> onWrite(int number, Fate fate, Consumer<Write> action) {
        Trap trap = new Trap(fate, action, new CompletableFuture<>());
        synchronized (writes) {
            if (number <= writes.size()) {
                throw new IllegalArgumentException("Write " + number + " has passed already: " + writes.size());
            }
            if (traps.putIfAbsent(number, trap) != null) {
                throw new IllegalArgumentException("Write " + number + " has an action already");
            }
        }
        return trap.sprung;
    }

    public Counts counts() {
        synchronized (writes) {
            return new Counts(count(Kind.KV), count(Kind.PUBLISH), count(Kind.ACK));
        }
    }

    /** The subjects of the writes that were passed on, in order. */
    public List<String> writes() {
        synchronized (writes) {
            return writes.stream().map(Write::subject).toList();
        }
    }

    /** Counts from 0 again and forgets the actions that have not run. */
    public void reset() {
        synchronized (writes) {
            writes.clear();
            traps.clear();
        }
    }

    /** NATS is away: every connection ends and new ones are refused. */
    public void cut() {
        closeQuietly(listener);
        links.forEach(Link::sever);
    }

    /** NATS hangs: connections stay and are accepted, but nothing passes in either direction. */
    public void freeze() {
        synchronized (passage) {
            frozen = true;
        }
    }

    /** Ends {@link #cut()} and {@link #freeze()}, on the same port. */
    public void heal() {
        if (listener.isClosed()) {
            try {
                listen(bind(port));
            } catch (IOException e) {
                throw new UncheckedIOException("Port " + port + " was taken while the proxy was cut", e);
            }
        }
        synchronized (passage) {
            frozen = false;
            passage.notifyAll();
        }
    }

    @Override
    public void close() {
        cut();
        links.forEach(link -> closeQuietly(link.server));
    }

    private static ServerSocket bind(int port) throws IOException {
        return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    }

    private void listen(ServerSocket socket) {
        listener = socket;
        startThread("accept", () -> {
            while (!socket.isClosed()) {
                try {
                    connect(socket, socket.accept());
                } catch (IOException closed) {
                    // the loop ends with the listener; a server that is down only loses this client
                }
            }
        });
    }

    private void connect(ServerSocket acceptedBy, Socket client) throws IOException {
        Link link;
        try {
            link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
        } catch (IOException serverDown) {
            client.close();
            throw serverDown;
        }
        links.add(link);
        if (acceptedBy.isClosed()) {
            link.sever();
        }
        startThread("to-server", link::pumpToServer);
        startThread("to-client", link::pumpToClient);
    }

    private int count(Kind kind) {
        return (int) writes.stream().filter(write -> write.kind == kind).count();
    }

    private static void startThread(String name, Runnable work) {
        Thread thread = new Thread(work, "nats-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException gone) {
            // nothing left to close
        }
    }

    /** A connection of the hub and the one to the server that belongs to it. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean severed;

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void pumpToServer() {
            try {
                InputStream in = new BufferedInputStream(client.getInputStream(), 64 * 1024);
                NatsCommand command = NatsCommand.read(in);
                while (command != null && !severed) {
                    forward(command);
                    command = NatsCommand.read(in);
                }
            } catch (IOException gone) {
                // ends the link like an end of the stream
            } finally {
                sever();
            }
        }

        /** Goes on reading after the cut, so that the server sees an orderly end and keeps all that it was sent. */
        void pumpToClient() {
            try {
                InputStream in = server.getInputStream();
                byte[] buffer = new byte[64 * 1024];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    answer(buffer, read);
                }
            } catch (IOException gone) {
                // the server went away
            } finally {
                sever();
                closeQuietly(server);
                links.remove(this);
            }
        }

        private void answer(byte[] buffer, int length) {
            synchronized (passage) {
                awaitThaw();
                if (severed) {
                    return;
                }
                try {
                    client.getOutputStream().write(buffer, 0, length);
                } catch (IOException gone) {
                    severed = true;
                }
            }
        }

        private void forward(NatsCommand command) throws IOException {
            synchronized (passage) {
                awaitThaw();
                if (severed) {
                    return;
                }
                Kind kind = Kind.of(command.subject());
                if (kind == null) {
                    pass(command);
                    return;
                }
                Write write;
                Trap trap;
                synchronized (writes) {
                    write = new Write(writes.size() + 1, kind, command.subject(), command.body());
                    trap = traps.remove(write.number);
                    if (trap == null || trap.fate != Fate.LOST) {
                        writes.add(write);
                    }
                }
                if (trap == null) {
                    pass(command);
                } else {
                    spring(trap, write, command);
                }
            }
        }

        private void spring(Trap trap, Write write, NatsCommand command) throws IOException {
            Throwable failure = null;
            try {
                if (trap.fate == Fate.UNANSWERED) {
                    pass(command);
                }
                trap.action.accept(write);
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
            }
            if (trap.fate == Fate.PASSED) {
                pass(command);
            } else {
                links.forEach(Link::sever);
            }
            if (failure == null) {
                trap.sprung.complete(write);
            } else {
                trap.sprung.completeExceptionally(failure);
            }
        }

        private void pass(NatsCommand command) throws IOException {
            server.getOutputStream().write(command.bytes());
        }

        private void awaitThaw() {
            try {
                while (frozen && !severed) {
                    passage.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                severed = true;
            }
        }

        /** Sockets first: a pump that hangs in a write holds the passage. */
        void sever() {
            severed = true;
            closeQuietly(client);
            try {
                server.shutdownOutput();
            } catch (IOException gone) {
                // closed already
            }
            synchronized (passage) {
                passage.notifyAll();
            }
        }
    }
}
