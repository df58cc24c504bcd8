package io.xtribe.fusionhub.http;

import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Sits between the HTTP codec and Vert.x and passes on one request of a connection at a time. Answers malformed requests with
 * 400 and those that do not come in time with 408, and closes their connection. Bodies are passed on only for {@code POST
 * /webhooks/...}, where they are read, and short ones for {@code POST /api/...} and Hawtio; all others are dropped as they come. Runs on the connection's event loop only.
 */
public final class RequestGuard extends ChannelDuplexHandler {

    /** For a head, for the body after it, and for the peer to take what was written. */
    static final int LIMIT_SECONDS = 10;
    /**
     * Most senders read no answer before they have written their whole body. So the rest of a refused body is read and dropped.
     * A body of more than this many bytes closes the connection.
     */
    private static final long LONGEST_BODY = 32L * 1024 * 1024;

    /** Of requests and parts of bodies that came while another request was not answered; beyond it the connection is closed. */
    private static final int MOST_AHEAD = 128;

    private static final int LINGER_SECONDS = 1;
    private static final String WITH_BODY = "/webhooks/";
    private static final String WITH_SHORT_BODY = "/api/";
    private static final String HAWTIO = "/hawtio/jolokia";

    private final ConnectionGuard connection;
    /**
     * What came while another request was not answered yet. Reading stops then, but one read can hold hundreds of small
     * requests, each of which takes far more memory than its bytes.
     */
    private final Deque<HttpObject> ahead = new ArrayDeque<>();

    private ChannelHandlerContext context;
    private ScheduledFuture<?> deadline;
    private boolean open;
    private boolean bytesCame;
    private boolean received;
    private boolean answered;
    private boolean takesBody;
    private boolean ending;
    private boolean known;
    private long bodyBytes;

    RequestGuard(ConnectionGuard connection) {
        this.connection = connection;
    }

    /** The guard of the connection that a request came on. */
    public static RequestGuard of(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().pipeline().get(RequestGuard.class);
    }

    /** The sender has proven who it is: its connection is not closed to make room for others. */
    public void trust() {
        connection.busy();
    }

    /** Closes the connection once what was written has gone out; the rest of the request is not read. */
    public void closeAfterAnswer() {
        if (!ending) {
            ending = true;
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> linger());
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    void opened(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> headLate(ctx), LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    void closed() {
        cancelDeadline();
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
    }

    boolean isEnding() {
        return ending;
    }

    /** Whether a request of this connection was answered with success. */
    boolean isKnown() {
        return known;
    }

    boolean mayRead() {
        return ending
                || context == null
                || !isAnswering() && ahead.isEmpty() && context.channel().isWritable();
    }

    /** A request has come in completely and waits for its answer. */
    private boolean isAnswering() {
        return open && received && !answered;
    }

    /** Nothing has come yet since the connection was opened, or since the last request was answered. */
    boolean isFresh() {
        return !open && !bytesCame;
    }

    void bytesCame() {
        bytesCame = true;
        if (!open && deadline == null && context != null) {
            deadline = context.executor().schedule(() -> headLate(context), LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void headLate(ChannelHandlerContext ctx) {
        ConnectionCounts.closed("slow-head");
        if (bytesCame && context != null) {
            end(HttpResponseStatus.REQUEST_TIMEOUT, "the request did not come in time");
        } else {
            ctx.close();
        }
    }

    private void bodyLate() {
        ConnectionCounts.closed("slow-body");
        if (answered) {
            context.close();
        } else {
            end(HttpResponseStatus.REQUEST_TIMEOUT, "the body did not come in time");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (ending) {
            ReferenceCountUtil.release(message);
        } else if (!isAnswering() && ahead.isEmpty()) {
            take((HttpObject) message);
        } else if (ahead.size() < MOST_AHEAD) {
            ahead.add((HttpObject) message);
        } else {
            ReferenceCountUtil.release(message);
            tooFarAhead();
        }
    }

    private void tooFarAhead() {
        ConnectionCounts.closed("too-far-ahead");
        // The decoder passes on the rest of its read: that is released at once.
        ending = true;
        context.close();
    }

    /** Passes on what was read ahead, up to the end of the next request. */
    void proceed() {
        var any = false;
        while (!ending
                && !ahead.isEmpty()
                && !isAnswering()
                && context.channel().isWritable()) {
            take(ahead.poll());
            any = true;
        }
        if (any) {
            context.fireChannelReadComplete();
        }
        connection.readOn();
        limitBegunHead();
    }

    /** The beginning of the next head can have come in one read with the request before it. */
    private void limitBegunHead() {
        if (context == null || open || ending || !ahead.isEmpty()) {
            return;
        }
        var decoder = context.pipeline().get(StrictRequestDecoder.class);
        if (decoder != null && decoder.hasBegun()) {
            bytesCame();
        }
    }

    private void take(HttpObject message) {
        if (message.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            malformed();
        } else if (message instanceof HttpRequest request) {
            begin(request);
        } else {
            passOn((HttpContent) message);
        }
    }

    private void begin(HttpRequest request) {
        cancelDeadline();
        if (!RequestHead.isFramedClearly(request)) {
            malformed();
            return;
        }
        var path = RequestHead.path(request.uri());
        if (path.isEmpty()) {
            // Vert.x would fail on it with a stack trace.
            ConnectionCounts.closed("malformed");
            end(HttpResponseStatus.NOT_FOUND, "no such path can exist");
            return;
        }
        open = true;
        received = false;
        answered = false;
        bodyBytes = 0;
        takesBody = request.method().equals(HttpMethod.POST) && takesBody(path.get(), request);
        // No other protocol is supported, also where a client asks for an upgrade.
        request.headers().remove(HttpHeaderNames.UPGRADE);
        if (HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0) {
            deadline = context.executor().schedule(this::bodyLate, LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        context.fireChannelRead(request);
    }

    private static boolean takesBody(String path, HttpRequest request) {
        return path.startsWith(WITH_BODY)
                || (path.startsWith(WITH_SHORT_BODY) || path.startsWith(HAWTIO))
                        && !HttpUtil.isTransferEncodingChunked(request)
                        && HttpUtil.getContentLength(request, 0L) <= limit(path);
    }

    /** A path that Vert.x sees has no query. */
    private static int limit(String target) {
        var query = target.indexOf('?');
        return ShortBodies.limit(query < 0 ? target : target.substring(0, query));
    }

    private void passOn(HttpContent content) {
        if (!open) {
            // The rest of a request that was malformed and answered already.
            content.release();
            return;
        }
        bodyBytes += content.content().readableBytes();
        if (bodyBytes > LONGEST_BODY) {
            content.release();
            ConnectionCounts.closed("endless-body");
            closeAfterAnswer();
            return;
        }
        var last = content instanceof LastHttpContent;
        if (last) {
            received = true;
            cancelDeadline();
            if (!answered) {
                connection.busy();
            }
        }
        if (takesBody) {
            context.fireChannelRead(content);
        } else {
            content.release();
            if (last) {
                context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            }
        }
        if (last && answered) {
            finish();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (ending && message instanceof HttpObject) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new ClosedChannelException());
            return;
        }
        if (message instanceof HttpResponse response && response.status().codeClass() == HttpStatusClass.SUCCESS) {
            known = true;
        }
        ctx.write(message, promise);
        if (message instanceof LastHttpContent && !isInterim(message)) {
            answered = true;
            if (received) {
                finish();
            } else {
                connection.waiting();
            }
        }
    }

    /** Called for failures of the codec, which is behind the connection's first handler and in front of this one. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        OutOfMemoryExit.check(cause);
        ctx.fireExceptionCaught(cause);
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void finish() {
        open = false;
        bytesCame = false;
        connection.waiting();
        // As a task of its own: this runs inside of Vert.x's write of the answer, which has to end first.
        context.executor().execute(this::proceed);
    }

    private void malformed() {
        ConnectionCounts.closed("malformed");
        if (open && answered) {
            closeAfterAnswer();
        } else {
            end(HttpResponseStatus.BAD_REQUEST, "the request is malformed, or its head larger than 16 KB");
        }
    }

    private void end(HttpResponseStatus status, String reason) {
        ending = true;
        cancelDeadline();
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
        var answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(reason, StandardCharsets.US_ASCII));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(answer).addListener(sent -> linger());
    }

    /**
     * Reads for a moment longer before the connection is closed. A connection that is closed with bytes unread is reset, and
     * the peer may lose the answer that it has not read yet.
     */
    private void linger() {
        var channel = context.channel();
        if (channel instanceof SocketChannel socket && context.pipeline().get(SslHandler.class) == null) {
            socket.shutdownOutput();
            connection.readOn();
            context.executor().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
