package io.xtribe.fusionhub.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private final Connections connections;

    private HttpProxy(Map<String, Integer> ports, String authorization) {
        this.ports = ports;
        this.authorization = authorization;
        try {
            var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            connections = new Connections("http-proxy", listener, this::serve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return connections.port();
    }

    /** What was let through so far, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void serve(Socket client) throws IOException {
        var head = head(client.getInputStream());
        if (!head.isEmpty()) {
            pass(client, head);
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
        try (var server = Connections.to(ports.get(host))) {
            if (isTunnel) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                server.getOutputStream().write(forwarded(head, line[0], rest));
            }
            connections.join(client, server);
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

    @Override
    public void close() {
        connections.close();
    }
}
