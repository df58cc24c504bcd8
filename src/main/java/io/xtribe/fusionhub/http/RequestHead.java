package io.xtribe.fusionhub.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/** Checks the request line and the headers of a request. */
final class RequestHead {

    private RequestHead() {}

    /**
     * False for what the decoder lets pass although it is not HTTP/1, or although two servers in a row may disagree on where
     * the request ends.
     */
    static boolean isFramedClearly(HttpRequest request) {
        var version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return false;
        }
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1 && (!hosts.isEmpty() || version.equals(HttpVersion.HTTP_1_1))) {
            return false;
        }
        var encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return encodings.isEmpty()
                || encodings.size() == 1
                        && encodings.get(0).equalsIgnoreCase(HttpHeaderValues.CHUNKED.toString())
                        && version.equals(HttpVersion.HTTP_1_1)
                        && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    /**
     * The path as Vert.x sees it, also of the absolute form {@code http://host/path}; empty where the target is no URI. What
     * begins with a slash is all path: {@link URI} would take {@code //x/y} for host and path.
     */
    static Optional<String> path(String target) {
        try {
            var path = new URI(target).getRawPath();
            return Optional.of(target.startsWith("/") || path == null ? target : path);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
