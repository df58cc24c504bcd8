package io.xtribe.fusionhub.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that says exactly what a test wants to have said, be it HTTP or not. */
final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    RawHttp(String url) {
        this(url, 64 * 1024);
    }

    /** @param receives how many bytes this end takes before somebody reads them */
    RawHttp(String url, int receives) {
        var address = URI.create(url);
        try {
            socket.setReceiveBufferSize(receives);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request with a body of that length, which does not follow by itself. */
    static String head(String method, String path, String headers, long length) {
        return method + " " + path + " HTTP/1.1\r\nHost: hub\r\n" + headers + "Content-Length: " + length + "\r\n\r\n";
    }

    /** Writes; false when the hub has cut the connection. */
    boolean say(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException cut) {
            return false;
        }
    }

    boolean say(String text) {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The status of the next answer, which is read to its end; 0 when the connection ends without one. */
    int status() {
        try {
            var first = line();
            if (first.isEmpty()) {
                return 0;
            }
            var length = 0;
            var chunked = false;
            for (var line = line().toLowerCase(Locale.ROOT); !line.isEmpty(); line = line().toLowerCase(Locale.ROOT)) {
                if (line.startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).trim());
                }
                chunked |= line.startsWith("transfer-encoding:");
            }
            in.readNBytes(length);
            while (chunked) {
                var size = Integer.parseInt(line(), 16);
                in.readNBytes(size);
                line();
                chunked = size > 0;
            }
            return Integer.parseInt(first.split(" ")[1]);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer within " + PATIENCE_MILLIS + " ms", e);
        } catch (IOException cut) {
            return 0;
        }
    }

    /** Whether the hub ends the connection, after what it still has to say. */
    boolean ends() {
        try {
            in.readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
