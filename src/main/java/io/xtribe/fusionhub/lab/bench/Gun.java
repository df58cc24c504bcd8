package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.api.PublishAck;

/** Publishes signals at a steady rate, without waiting for their outcome. */
final class Gun {

    private static final int UNANSWERED = 1_000;

    private final JetStream stream;
    private final String subject;

    Gun(Connection nats, String subject) throws IOException {
        this.stream = nats.jetStream();
        this.subject = subject;
    }

    /** At most a few behind the clock; returns when the server has stored the last. */
    Journeys fire(int count, Duration interval, IntFunction<Alert> alerts) throws InterruptedException {
        var journeys = new Journeys();
        var answers = new ArrayList<CompletableFuture<PublishAck>>();
        var next = System.nanoTime();
        for (int shot = 0; shot < count; shot++) {
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            next += interval.toNanos();
            var alert = alerts.apply(shot);
            var event = alert.event();
            journeys.signalled(alert);
            answers.add(stream.publishAsync(subject, event));
            if (answers.size() >= UNANSWERED) {
                await(answers);
            }
        }
        await(answers);
        return journeys;
    }

    private static void await(List<CompletableFuture<PublishAck>> answers) {
        answers.forEach(CompletableFuture::join);
        answers.clear();
    }
}
