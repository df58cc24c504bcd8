package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * Ends TLS before a server of plain HTTP, with a certificate that only a client accepts whose trust store is
 * {@link #trustStore()}. The certificate is made anew each time, by the JDK's keytool.
 */
public final class TlsFront implements AutoCloseable {

    /** Of the trust store; it protects nothing. */
    public static final String PASSWORD = "changeit";

    private final int serverPort;
    private final Path store;
    private final SSLServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsFront(int serverPort, Path store) throws IOException, GeneralSecurityException {
        this.serverPort = serverPort;
        this.store = store;
        listener = (SSLServerSocket)
                context(store).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::listen);
    }

    /** One that answers under these names, in front of a port of this machine. */
    public static TlsFront before(int serverPort, Path folder, List<String> names) {
        try {
            var store = folder.resolve("front.p12");
            keytool(store, names);
            return new TlsFront(serverPort, store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, List<String> names) throws IOException, InterruptedException {
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "front",
                        "-dname",
                        "CN=front",
                        "-ext",
                        "SAN=" + names.stream().map(name -> "dns:" + name).collect(Collectors.joining(",")),
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        var said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0 || !Files.exists(store)) {
            throw new IllegalStateException("keytool: " + said);
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** A store that has the certificate, for {@code javax.net.ssl.trustStore}. */
    public Path trustStore() {
        return store;
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
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            open.add(server);
            daemon(() -> pipe(client, server));
            pipe(server, client);
            open.remove(server);
        } catch (IOException gone) {
            // The client sees that the connection is closed.
        } finally {
            open.remove(client);
        }
    }

    private static void pipe(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // The other direction ends as well, or has ended.
        }
    }

    private static void daemon(Runnable what) {
        var thread = new Thread(what, "tls-front");
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
