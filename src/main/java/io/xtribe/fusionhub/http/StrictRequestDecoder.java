package io.xtribe.fusionhub.http;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Reads requests as Vert.x does, within the hub's limits. A request with both a length and a transfer encoding is
 * malformed: two servers in a row may disagree on where it ends, and the second then takes a part of its body for a
 * request of somebody else.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    /** The request line, and all headers together. */
    static final int HEAD_BYTES = 16 * 1024;

    StrictRequestDecoder() {
        super(new HttpServerOptions().setMaxInitialLineLength(HEAD_BYTES).setMaxHeaderSize(HEAD_BYTES));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
