package io.xtribe.fusionhub.console;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.nats.HubId;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NewestFirst;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.nats.StoredMessages;

/** What operators have asked for, whether they got it or not: in the log, and for a year in the stream {@code FUSION_AUDIT}. */
@Singleton
public class Audit {

    private static final Logger LOG = Logger.getLogger(Audit.class);

    /**
     * One thing that was asked for.
     *
     * @param hub which was asked
     * @param who the name of somebody who has logged in; else a name that a program gave, or an address
     * @param role in which it was asked for
     * @param from the address that it came from
     * @param action method and path, or the operation of an MBean
     * @param reason as it was given; may be empty
     * @param outcome the status of the answer, or why it failed
     */
    public record Entry(
            Instant at,
            String hub,
            String who,
            String role,
            String from,
            String action,
            String reason,
            String outcome) {}

    private final Publisher publisher;
    private final NewestFirst pages;
    private final HubId hub;

    public Audit(Publisher publisher, NewestFirst pages, HubId hub) {
        this.publisher = publisher;
        this.pages = pages;
        this.hub = hub;
    }

    /** Keeps an entry; where NATS does not take it, the log alone has it. */
    public void tell(String who, String role, String from, String action, String reason, String outcome) {
        LOG.infof(
                "%s (%s, %s) asked for %s: %s%s",
                who, role, from, action, outcome, reason.isEmpty() ? "" : ", " + reason);
        var entry = new Entry(Instant.now(), hub.toString(), who, role, from, action, reason, outcome);
        try {
            publisher
                    .publishAsync(Names.AUDIT_SUBJECT, UUID.randomUUID().toString(), IncidentJson.write(entry))
                    .whenComplete((stored, failure) -> {
                        if (failure != null) {
                            lost(failure);
                        }
                    });
        } catch (IllegalStateException e) {
            lost(e);
        }
    }

    private static void lost(Throwable failure) {
        LOG.warnf("The line before is in this log only: NATS did not take it: %s", failure.getMessage());
    }

    /**
     * Some entries, the newest first.
     *
     * @param before only those before this number; 0: from the newest on
     */
    NewestFirst.Page<Entry> page(long before, int limit) {
        return pages.page(Names.AUDIT, Names.AUDIT_SUBJECT, before, limit, Audit::read);
    }

    private static Optional<Entry> read(StoredMessages.Stored stored) {
        try {
            return Optional.of(IncidentJson.mapper().readValue(stored.data(), Entry.class));
        } catch (IOException e) {
            LOG.warnf("Message %d of %s is no entry: %s", stored.sequence(), Names.AUDIT, e.getMessage());
            return Optional.empty();
        }
    }
}
