package io.xtribe.fusionhub.http;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Reads requests as Vert.x does, within the hub's limits. A request with both a length and a transfer encoding is
 * malformed: two servers in a row may disagree on where it ends, and the second then takes a part of its body for
 * another request.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    /** The request line, and all headers together. */
    static final int HEAD_BYTES = 16 * 1024;

    private boolean betweenRequests = true;

    StrictRequestDecoder() {
        super(new HttpServerOptions().setMaxInitialLineLength(HEAD_BYTES).setMaxHeaderSize(HEAD_BYTES));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> decoded) throws Exception {
        var readable = bytes.readableBytes();
        var before = decoded.size();
        super.decode(context, bytes, decoded);
        if (decoded.size() > before) {
            betweenRequests = decoded.get(decoded.size() - 1) instanceof LastHttpContent;
        } else if (bytes.readableBytes() < readable) {
            betweenRequests = false;
        }
    }

    /** Whether it has bytes of a request that has not come in completely yet. */
    boolean hasBegun() {
        return !betweenRequests || actualReadableBytes() > 0;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
