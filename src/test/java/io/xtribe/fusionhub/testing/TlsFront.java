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
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Ends TLS before a server of plain HTTP, with a certificate that only a client accepts whose trust store is
 * {@link #trustStore()}. The certificate is made anew each time, by the JDK's keytool.
 */
public final class TlsFront implements AutoCloseable {

    /** Of the trust store; it protects nothing. */
    public static final String PASSWORD = "changeit";

    private final int serverPort;
    private final Path store;
    private final Connections connections;

    private TlsFront(int serverPort, Path store) throws IOException, GeneralSecurityException {
        this.serverPort = serverPort;
        this.store = store;
        var listener =
                context(store).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        connections = new Connections("tls-front", listener, this::serve);
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
        return connections.port();
    }

    /** A store that has the certificate, for {@code javax.net.ssl.trustStore}. */
    public Path trustStore() {
        return store;
    }

    private void serve(Socket client) throws IOException {
        try (var server = Connections.to(serverPort)) {
            connections.join(client, server);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
