package io.xtribe.fusionhub.http;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jboss.logging.Logger;

/**
 * The first handler of a connection, which sees its bytes. Counts the connection, does not read what cannot be worked on
 * yet, and closes it when its peer does not take the answers. The requests in the bytes are checked by {@link RequestGuard}.
 */
final class ConnectionGuard extends ChannelDuplexHandler implements OpenConnections.Connection {

    private static final Logger LOG = Logger.getLogger(ConnectionGuard.class);
    private static final String DECODER = "httpDecoder";
    private static final byte TLS_HANDSHAKE = 0x16;

    private final OpenConnections connections;
    private final RequestGuard requests;
    private ChannelHandlerContext context;
    private boolean readHeld;
    private ScheduledFuture<?> stalled;

    ConnectionGuard(OpenConnections connections) {
        this.connections = connections;
        this.requests = new RequestGuard(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!connections.open(this)) {
            ConnectionCounts.closed("no-room");
            ctx.close();
            return;
        }
        if (!guardRequests(ctx.pipeline())) {
            // With TLS, or where HTTP/2 is possible, Vert.x adds its codec only after it has seen the first bytes.
            ctx.pipeline().addLast(new Late());
        }
        requests.opened(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connections.closed(this);
        cancelStalled();
        requests.closed();
        ctx.fireChannelInactive();
    }

    /** False while there is no HTTP/1.1 codec to guard. */
    private boolean guardRequests(ChannelPipeline pipeline) {
        var encoder = pipeline.context(HttpResponseEncoder.class);
        if (encoder == null || pipeline.get(HttpRequestDecoder.class) == null) {
            return false;
        }
        pipeline.replace(HttpRequestDecoder.class, DECODER, new StrictRequestDecoder());
        pipeline.addAfter(encoder.name(), "requestGuard", requests);
        return true;
    }

    /** Waits at the end of the pipeline until Vert.x has added its codec, then puts the guard in front of it. */
    private final class Late extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            if (!guardRequests(ctx.pipeline())) {
                ReferenceCountUtil.release(bytes);
                ConnectionCounts.closed("malformed");
                ctx.close();
                return;
            }
            ctx.fireChannelRead(bytes);
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (requests.isEnding()) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        if (isTls((ByteBuf) bytes) && ctx.pipeline().get(SslHandler.class) == null) {
            // TLS on a plain port. The decoder would wait for the end of a line, and the sender cannot read an HTTP
            // answer.
            ReferenceCountUtil.release(bytes);
            ConnectionCounts.closed("malformed");
            ctx.close();
            return;
        }
        requests.bytesCame();
        ctx.fireChannelRead(bytes);
    }

    /** Whether the first byte is that of a TLS handshake; no HTTP request begins with it. */
    private boolean isTls(ByteBuf bytes) {
        return requests.isFresh() && bytes.isReadable() && bytes.getByte(bytes.readerIndex()) == TLS_HANDSHAKE;
    }

    /** Reading stops while a request waits for its answer, or while the peer does not take the answers. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (requests.mayRead()) {
            ctx.read();
        } else {
            // Not to pass the call on is not enough: Netty goes on reading until this is off.
            readHeld = true;
            ctx.channel().config().setAutoRead(false);
        }
    }

    /** Reads on, if that had to wait and need not any more. */
    void readOn() {
        if (readHeld && requests.mayRead()) {
            readHeld = false;
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        if (ctx.channel().isWritable()) {
            cancelStalled();
            requests.proceed();
        } else if (stalled == null) {
            stalled = ctx.executor()
                    .schedule(
                            () -> {
                                ConnectionCounts.closed("answer-not-taken");
                                ctx.close();
                            },
                            RequestGuard.LIMIT_SECONDS,
                            TimeUnit.SECONDS);
        }
    }

    private void cancelStalled() {
        if (stalled != null) {
            stalled.cancel(false);
            stalled = null;
        }
    }

    void busy() {
        connections.busy(this);
    }

    void waiting() {
        connections.waiting(this);
    }

    @Override
    public boolean isKnown() {
        return requests.isKnown();
    }

    @Override
    public void makeRoom() {
        ConnectionCounts.closed("made-room");
        context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        OutOfMemoryExit.check(cause);
        // Mostly the peer has gone. At DEBUG, since any peer can cause it and could fill the log otherwise.
        LOG.debugf(cause, "A connection failed and is closed");
        ctx.close();
    }
}
