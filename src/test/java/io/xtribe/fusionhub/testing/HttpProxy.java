package io.xtribe.fusionhub.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forward proxy as companies have one: it alone knows where some names lead to, passes plain requests on and makes tunnels
 * (CONNECT), and may want to know who asks. One request a connection, so that none goes past it unseen.
 */
public final class HttpProxy implements AutoCloseable {

    /** Something that was asked of it: the method, the name that was to be reached, and what it said about itself. */
    public record Asked(String method, String host, String authorization) {}

    private final Map<String, Integer> ports;
    private final String authorization;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket listener;

    private HttpProxy(Map<String, Integer> ports, String authorization) {
        this.ports = ports;
        this.authorization = authorization;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("http-proxy", this::listen);
    }

    /** One that leads these names to ports of this machine, and anything else nowhere. */
    public static HttpProxy leading(Map<String, Integer> ports) {
        return new HttpProxy(ports, "");
    }

    /** The same, which refuses with 407 who does not send this as {@code Proxy-Authorization}. */
    public static HttpProxy leading(Map<String, Integer> ports, String authorization) {
        return new HttpProxy(ports, authorization);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What was let through so far, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                open.add(client);
                daemon("http-proxy-client", () -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var head = head(client.getInputStream());
            if (!head.isEmpty()) {
                pass(client, head);
            }
        } catch (IOException gone) {
            // Whoever asked sees that the connection is closed.
        } finally {
            open.remove(client);
        }
    }

    private void pass(Socket client, String head) throws IOException {
        var line = head.substring(0, head.indexOf('\r')).split(" ");
        var isTunnel = line[0].equals("CONNECT");
        var rest = isTunnel ? "" : line[1].replaceFirst("(?i)^http://[^/]*", "");
        var host = (isTunnel ? line[1] : line[1].substring(0, line[1].length() - rest.length()))
                .replaceFirst("(?i)^http://", "")
                .replaceFirst(":\\d+$", "");
        var who = header(head, "proxy-authorization");
        if (!authorization.isEmpty() && !authorization.equals(who)) {
            answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\"");
            return;
        }
        asked.add(new Asked(line[0], host, who));
        if (!ports.containsKey(host)) {
            answer(client, "502 Bad Gateway");
            return;
        }
        try (var server = new Socket(InetAddress.getLoopbackAddress(), ports.get(host))) {
            open.add(server);
            if (isTunnel) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                server.getOutputStream().write(forwarded(head, line[0], rest));
            }
            daemon("http-proxy-up", () -> pipe(client, server));
            pipe(server, client);
            open.remove(server);
        }
    }

    private static byte[] forwarded(String head, String method, String path) {
        var headers = head.substring(head.indexOf("\r\n")).replaceAll("(?i)\r\n(proxy-|connection:)[^\r]*", "");
        return (method + " " + (path.isEmpty() ? "/" : path) + " HTTP/1.1\r\nConnection: close" + headers)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Up to the empty line, no byte further. */
    private static String head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var read = in.read(); read >= 0; read = in.read()) {
            bytes.write(read);
            if (read == '\n' && bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return bytes.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static void pipe(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException gone) {
            // The other direction ends as well, or has ended.
        }
    }

    private static void daemon(String name, Runnable what) {
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
