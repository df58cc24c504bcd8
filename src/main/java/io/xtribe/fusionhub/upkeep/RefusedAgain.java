package io.xtribe.fusionhub.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Change;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.platform.AccountListReader;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Refused;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkSet;

/**
 * Has what a platform refused tried again when its cause may be mended: when the platform is resumed, when a list of its
 * account has changed, when a hub starts with another configuration of it; and creates and links of incidents that still stand from time
 * to time, since a refused create has surely not been made, and a page must not wait for an operator; and comments, titles and what only counts as
 * refused, since something else may have been the cause. At most once in {@code fusion.converge.retry-refused} for each incident and platform, and no
 * longer than a day.
 */
@Singleton
@Named("refusedAgain")
public class RefusedAgain {

    /** No longer after its beginning is a create repeated, and no longer after its last change anything. */
    private static final Duration LONGEST = Duration.ofHours(24);
    /** Links, and what fails for an hour, are tried again so many times less often than creates: nobody is unpaged without one. */
    private static final int SELDOM = 6;

    private static final String MAY_TAKE_IT = "may take it now";
    /** Without these nothing is opened. */
    private static final Set<String> OPENING = Set.of(Operation.OPEN.verb(), Operation.READ.verb());

    private final IncidentIndex index;
    private final IncidentStore store;
    private final WorkSet work;
    private final Timeline timeline;
    private final Platforms platforms;
    private final FusionConfig config;
    private final InstantSource clock;
    private final Set<String> mended = ConcurrentHashMap.newKeySet();
    /** When this hub had what a platform refused of an incident tried again, by its monotonic clock. */
    private final Map<String, Long> tried = new ConcurrentHashMap<>();

    private boolean hasBegun;

    public RefusedAgain(
            IncidentIndex index,
            IncidentStore store,
            WorkSet work,
            Timeline timeline,
            Platforms platforms,
            Availability availability,
            AccountListReader lists,
            FusionConfig config,
            InstantSource clock) {
        this.index = index;
        this.store = store;
        this.work = work;
        this.timeline = timeline;
        this.platforms = platforms;
        this.config = config;
        this.clock = clock;
        availability.whenResumed(mended::add);
        lists.whenChanged(mended::add);
    }

    /**
     * One round.
     *
     * @throws StoreUnavailableException when NATS is away; the next round does the rest
     */
    public void look() {
        if (config.mode() == FusionConfig.Mode.OBSERVE || !index.isComplete()) {
            return;
        }
        var every = config.converge().retryRefused().toNanos();
        tried.values().removeIf(moment -> System.nanoTime() - moment > every);
        var resumed = Set.copyOf(mended);
        for (var row : index.rows()) {
            if (!row.refused().isEmpty()) {
                look(row, resumed, every);
            }
        }
        mended.removeAll(resumed);
        hasBegun = true;
    }

    private void look(Row row, Set<String> resumed, long every) {
        if (isRecent(row.changedAt())) {
            retry(row, refused -> resumed.contains(refused.platform()), "is resumed, or has another list");
            if (!hasBegun) {
                retry(row, this::wasConfiguredOtherwise, "is configured otherwise");
            }
        }
        var stands = row.settled()
                && row.status() != Status.RESOLVED
                && config.priorities().contains(row.priority().name())
                && isRecent(row.receivedAt());
        var unchanged = System.nanoTime() - row.seenAt();
        if (stands && unchanged > every * SELDOM) {
            retry(row, refused -> isAskedAgain(refused, true), MAY_TAKE_IT);
        } else if (stands && unchanged > every) {
            retry(row, refused -> isAskedAgain(refused, false), MAY_TAKE_IT);
        }
        if (row.settled() && unchanged > every) {
            retry(row, refused -> isFailedAskedAgain(refused, unchanged > every * SELDOM), MAY_TAKE_IT);
        }
    }

    /** It is waited for also when the incident is over. In the first hour, something else than the work may have been the cause. */
    private boolean isFailedAskedAgain(Refused refused, boolean isLong) {
        return refused.failingSince() != null
                && isRecent(refused.failingSince())
                && (isLong || refused.failingSince().isAfter(clock.instant().minus(Duration.ofHours(1))));
    }

    private static boolean isAskedAgain(Refused refused, boolean links) {
        return OPENING.contains(refused.operation())
                || links && Operation.LINK.verb().equals(refused.operation());
    }

    private boolean isRecent(Instant moment) {
        return moment.isAfter(clock.instant().minus(LONGEST));
    }

    /** What a rule of the platform has put back, nobody refused, and no configuration of ours would change. */
    private boolean wasConfiguredOtherwise(Refused refused) {
        return refused.configuration() != null
                && !platforms.configuration(refused.platform()).equals(refused.configuration());
    }

    /** As the index knows it: since when it is tried does not change by that it was tried again meanwhile. */
    private static Refused asked(Row row, String platform, Rejection refusal) {
        return row.refused().stream()
                .filter(known ->
                        known.platform().equals(platform) && known.operation().equals(refusal.operation()))
                .findFirst()
                .map(known -> new Refused(platform, refusal.operation(), refusal.configuration(), known.failingSince()))
                .orElse(new Refused(platform, refusal.operation(), refusal.configuration(), null));
    }

    private void retry(Row row, Predicate<Refused> which, String why) {
        var refusing = row.refused().stream()
                .filter(which)
                .map(Refused::platform)
                .filter(platform -> tried.putIfAbsent(row.id() + "/" + platform, System.nanoTime()) == null)
                .collect(Collectors.toSet());
        if (refusing.isEmpty()) {
            return;
        }
        var change = new Change[1];
        store.change(row.id(), incident -> {
            change[0] = incident.retrying(
                    Rule.MENDED,
                    (platform, refusal) -> refusing.contains(platform) && which.test(asked(row, platform, refusal)));
            return change[0].incident();
        });
        if (!change[0].decided().isEmpty()) {
            change[0]
                    .decided()
                    .forEach(note -> timeline.note(
                            row.id(), Line.decision(note.rule(), "", "", note.text() + " (the platform " + why + ")")));
            work.mark(row.id(), WorkLane.of(change[0].incident()));
        }
    }
}
