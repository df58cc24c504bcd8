package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.Optional;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;

/**
 * The consumer of the intake. It remembers how far signals were acknowledged: a consumer that is made again goes on from
 * there, and does not deliver all signals of the last seven days again, which would delay new triggers.
 */
final class IntakeConsumer {

    /** What is wrong with it, as a text that follows a colon. */
    record Fault(String what, boolean isAbsent) {}

    private static final String NAME = "consumer " + Names.INTAKE_CONSUMER;
    private static final int SERVER_ERROR = 500;

    private record Mark(ZonedDateTime streamMade, long acknowledged) {}

    private final Layout layout;
    private Mark mark;

    IntakeConsumer(Layout layout) {
        this.layout = layout;
    }

    /** What is wrong with it; empty when it delivers as the intake expects. */
    Optional<Fault> fault(JetStreamManagement management) throws IOException, JetStreamApiException {
        var found = find(management);
        if (found.isEmpty()) {
            return Optional.of(new Fault(NAME + " on " + Names.SIGNALS, true));
        }
        remember(management, found.get());
        var is = found.get().getConsumerConfiguration();
        var wanted = layout.intake();
        if (found.get().getPaused()) {
            return changed("paused");
        }
        if (!wanted.getDeliverSubject().equals(is.getDeliverSubject())
                || !wanted.getDeliverGroup().equals(is.getDeliverGroup())) {
            return changed(
                    "not delivering to " + wanted.getDeliverSubject() + " for the group " + wanted.getDeliverGroup());
        }
        if (!wanted.getFilterSubject().equals(is.getFilterSubject())
                || is.getAckPolicy() != AckPolicy.Explicit
                || is.getMaxDeliver() > 0) {
            return changed("not delivering " + wanted.getFilterSubject()
                    + " with explicit acknowledgement and without a limit of deliveries");
        }
        return Optional.empty();
    }

    private static Optional<Fault> changed(String how) {
        return Optional.of(new Fault(NAME + " (" + how + ")", false));
    }

    /** Makes it, or makes it deliver again; what an operator tuned (waits, window) stays. */
    void repair(JetStreamManagement management) throws IOException, JetStreamApiException {
        var found = find(management);
        if (found.isEmpty()) {
            create(management);
            return;
        }
        if (found.get().getPaused()) {
            management.resumeConsumer(Names.SIGNALS, Names.INTAKE_CONSUMER);
            return;
        }
        var wanted = layout.intake();
        try {
            management.addOrUpdateConsumer(
                    Names.SIGNALS,
                    ConsumerConfiguration.builder(found.get().getConsumerConfiguration())
                            .deliverSubject(wanted.getDeliverSubject())
                            .deliverGroup(wanted.getDeliverGroup())
                            .filterSubject(wanted.getFilterSubject())
                            .ackPolicy(AckPolicy.Explicit)
                            .maxDeliver(-1)
                            .build());
        } catch (JetStreamApiException refused) {
            if (refused.getErrorCode() >= SERVER_ERROR) {
                // A temporary failure of the server. The consumer is not deleted: it would be created at another
                // position.
                throw refused;
            }
            management.deleteConsumer(Names.SIGNALS, Names.INTAKE_CONSUMER);
            create(management);
            return;
        }
        if (fault(management).isPresent()) {
            // Some servers accept a change and do not make it.
            management.deleteConsumer(Names.SIGNALS, Names.INTAKE_CONSUMER);
            create(management);
        }
    }

    Optional<ConsumerInfo> find(JetStreamManagement management) throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getConsumerInfo(Names.SIGNALS, Names.INTAKE_CONSUMER));
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == Provisioning.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void create(JetStreamManagement management) throws IOException, JetStreamApiException {
        var made = made(management);
        var wanted = mark != null && mark.streamMade().equals(made)
                ? layout.intakeFrom(mark.acknowledged() + 1)
                : layout.intake();
        try {
            management.addOrUpdateConsumer(Names.SIGNALS, wanted);
        } catch (JetStreamApiException e) {
            // Another hub may have been faster, with another place to begin at.
            if (find(management).isEmpty()) {
                throw e;
            }
        }
    }

    private void remember(JetStreamManagement management, ConsumerInfo info) throws IOException, JetStreamApiException {
        mark = new Mark(made(management), info.getAckFloor().getStreamSequence());
    }

    private static ZonedDateTime made(JetStreamManagement management) throws IOException, JetStreamApiException {
        return management.getStreamInfo(Names.SIGNALS).getCreateTime();
    }
}
