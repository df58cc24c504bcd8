package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of something that stands between a client and a server of this machine: takes each on a thread of its own,
 * joins it with the server, and ends all of them when it is closed.
 */
final class Connections implements AutoCloseable {

    /** What is done with a client; it is closed afterwards. */
    interface Service {
        void serve(Socket client) throws IOException;
    }

    private final String name;
    private final ServerSocket listener;
    private final Service service;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Connections(String name, ServerSocket listener, Service service) {
        this.name = name;
        this.listener = listener;
        this.service = service;
        daemon(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    static Socket to(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            service.serve(client);
        } catch (IOException gone) {
            // Whoever asked sees that the connection is closed.
        } finally {
            open.remove(client);
        }
    }

    /** Passes on what either says, until the server has nothing more to say. */
    void join(Socket client, Socket server) {
        open.add(server);
        daemon(() -> pipe(client, server));
        pipe(server, client);
        open.remove(server);
    }

    private static void pipe(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // The other direction ends as well, or has ended.
        }
    }

    private void daemon(Runnable what) {
        var thread = new Thread(what, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
