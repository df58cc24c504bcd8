package io.xtribe.fusionhub.platform;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Ends what is under way for too long. */
public final class Deadlines {

    /** A wheel, as hardly a deadline is ever reached: a scheduler would wake its thread for the others too, and cost more. */
    private static final Timer DEADLINES =
            new HashedWheelTimer(new DefaultThreadFactory("call-deadlines", true), 250, TimeUnit.MILLISECONDS);

    private Deadlines() {}

    /**
     * Ends something after that time, unless nobody holds it any more: a call that is over is held by nobody else, and must
     * not be kept, request and all, until its time is up.
     *
     * @param end is called on a thread that others wait for: it must not block
     */
    public static <T> void after(Duration time, T call, Consumer<T> end) {
        var held = new WeakReference<>(call);
        DEADLINES.newTimeout(
                reached -> {
                    var underWay = held.get();
                    if (underWay != null) {
                        end.accept(underWay);
                    }
                },
                Math.max(0, time.toMillis()),
                TimeUnit.MILLISECONDS);
    }
}
