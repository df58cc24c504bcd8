package io.xtribe.fusionhub.intake;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * Reads the body of one request within the budget, and gives the bytes back when the request is over. Afterwards the
 * routing context has the body, as if Vert.x's own handler had read it. The outcomes are called on the event loop of the
 * request.
 */
abstract class WebhookBody {

    private final RoutingContext context;
    private final BodyBudget.Lease lease;
    private List<Buffer> parts = new ArrayList<>();
    private long length;
    private boolean over;
    private boolean waits;

    WebhookBody(RoutingContext context, BodyBudget budget, boolean proven) {
        this.context = context;
        var loop = context.vertx().getOrCreateContext();
        this.lease = budget.open(
                context.request().remoteAddress().hostAddress(), proven, () -> loop.runOnContext(now -> giveWay()));
    }

    abstract void complete();

    abstract void tooLarge();

    abstract void noRoom();

    /** Its connection has ended. */
    abstract void incomplete();

    /** Whether the sender waits for {@code 100 Continue} before it sends the body. */
    static boolean expectsContinue(HttpServerRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    void read() {
        var request = context.request();
        context.addEndHandler(end -> lease.close());
        request.exceptionHandler(gone -> stop(this::incomplete));
        request.handler(this::add).endHandler(end -> end());
        if (expectsContinue(request)) {
            context.response().writeContinue();
        }
        request.resume();
    }

    /**
     * The bytes, to be checked now; null when they were dropped to make room while they waited; the answer has then been sent.
     * May be called on another thread.
     */
    byte[] kept() {
        return lease.keep() ? context.body().buffer().getBytes() : null;
    }

    /** Gives the bytes back before the request is over. */
    void release() {
        lease.close();
    }

    private void add(Buffer part) {
        if (over) {
            return;
        }
        length += part.length();
        if (WebhookEndpoint.isOversized(length)) {
            stop(this::tooLarge);
        } else if (lease.take(part.length())) {
            parts.add(part);
        } else {
            stop(this::noRoom);
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        waits = true;
        var whole = parts.size() == 1 ? parts.get(0) : Buffer.buffer((int) length);
        if (parts.size() != 1) {
            parts.forEach(whole::appendBuffer);
        }
        parts = List.of();
        var internal = (RoutingContextInternal) context;
        // Marks the body as read, so that the body handler of Vert.x does not read it again.
        internal.visitHandler(RoutingContextInternal.BODY_HANDLER);
        internal.setBody(whole);
        complete();
    }

    private void stop(Runnable outcome) {
        if (!over) {
            over = true;
            parts = List.of();
            lease.close();
            outcome.run();
        }
    }

    /** Called after the budget has taken its bytes back to make room. */
    private void giveWay() {
        if (waits) {
            ((RoutingContextInternal) context).setBody(null);
            noRoom();
        } else {
            stop(this::noRoom);
        }
    }
}
