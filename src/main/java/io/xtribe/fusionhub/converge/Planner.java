package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Desired;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.KeptComment;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Shown;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.Title;
import io.xtribe.fusionhub.platform.PlatformProfile;

/** Computes a {@link Plan}, record by record; one planner makes one plan. */
final class Planner {

    /** For so long nothing must have been added to a comment that gathers. */
    private static final Duration GATHERED = Duration.ofSeconds(3);

    private final Incident incident;
    private final List<PlatformProfile> profiles;
    private final AttemptClock clock;
    private final Function<String, Duration> heldFor;

    private final List<Step> steps = new ArrayList<>();
    private boolean blocked;
    private Duration retryIn = Plan.UNTIL_TOLD;

    Planner(Incident incident, List<PlatformProfile> profiles, AttemptClock clock, Function<String, Duration> heldFor) {
        this.incident = incident;
        this.profiles = profiles;
        this.clock = clock;
        this.heldFor = heldFor;
    }

    void see() {
        incident.comments().stream()
                .filter(KeptComment::gathers)
                .map(KeptComment::key)
                .forEach(clock::see);
        for (var profile : profiles) {
            for (var name : profile.parts()) {
                var part = incident.part(profile.name(), name);
                Stream.of(part.attempt(), part.linking(), part.updating(), part.commenting())
                        .filter(Objects::nonNull)
                        .map(Attempt::token)
                        .forEach(clock::see);
                if (part.reread() != null) {
                    clock.see(part.reread().token());
                }
                if (mustRecheck(profile, part) && !isAboutToBeClosed(profile, name, part)) {
                    clock.see(recheckToken(profile, part));
                }
            }
        }
    }

    /** What can be done now, and what has to wait. */
    Plan plan() {
        run();
        return new Plan(List.copyOf(steps), blocked, retryIn);
    }

    private void run() {
        if (incident.isHeldBack()) {
            // Until an operator releases it.
            return;
        }
        if (incident.unconfirmed()) {
            // A settled one was asked about already, and its platform said that it does not stand.
            if (!incident.isSettled() && !stands(incident.rejections().get(Operation.READ.verb()))) {
                confirm();
            }
            return;
        }
        for (var profile : profiles) {
            for (var part : profile.parts()) {
                plan(profile, part);
            }
        }
    }

    private void confirm() {
        var held = heldFor.apply(incident.origin().platform());
        if (!held.isZero()) {
            blockedFor(held);
        } else {
            steps.add(Step.readOrigin(incident));
        }
    }

    private void plan(PlatformProfile profile, String name) {
        var part = incident.part(profile.name(), name);
        if (isDone(profile, name, part)) {
            return;
        }
        var held = heldFor.apply(profile.name());
        if (!held.isZero()) {
            blockedFor(held);
        } else if (part.isOpened()) {
            keepInStep(profile, name, part);
        } else {
            open(profile, name, part);
        }
    }

    private boolean isDone(PlatformProfile profile, String name, Part part) {
        if (!part.isOpened()) {
            // Over before it was opened: nobody needs to be called for it any more.
            return part.detached()
                    || refused(part, Operation.OPEN)
                    || incident.status() == Status.RESOLVED && !mayExist(part);
        }
        return (part.duplicates().isEmpty() || without(profile, part, Operation.CLOSE))
                && !mustRecheck(profile, part)
                && !mustReread(part)
                && !isUpdating(part)
                && !lags(profile, name, part)
                && missingLinks(profile, name, part).isEmpty()
                && nextComment(profile, name, part).isEmpty();
    }

    private boolean mayExist(Part part) {
        return part.attempt() != null && clock.judge(part.attempt()) != AttemptClock.Judgement.FRESH;
    }

    /** A refusal stands until the desired state changes, or it is taken back because its cause may be mended. */
    private boolean refused(Part part, Operation operation) {
        return stands(part.rejections().get(operation.verb()));
    }

    /** Refused, or the platform has no way to do it. */
    private boolean without(PlatformProfile profile, Part part, Operation operation) {
        return profile.lacks().contains(operation) || refused(part, operation);
    }

    private boolean stands(Rejection refusal) {
        return refusal != null && refusal.generation() == incident.generation();
    }

    private void open(PlatformProfile profile, String name, Part part) {
        var attempt = part.attempt();
        if (attempt == null) {
            steps.add(Step.of(incident, profile.name(), name, Operation.OPEN));
            return;
        }
        switch (clock.judge(attempt)) {
            case FRESH -> steps.add(Step.of(incident, profile.name(), name, Operation.OPEN));
            case LIVE -> blockedFor(clock.left(attempt));
            case OVER -> {
                var end = Duration.ofMillis(attempt.deadlineMillis()).plus(profile.settle());
                var left = end.minus(clock.age(attempt));
                // A unique key lets us create again at once; without creating again only time tells.
                var again = profile.uniqueKey() && incident.status() != Status.RESOLVED;
                var conclusive = again || left.isNegative() || left.isZero();
                steps.add(Step.find(incident, profile.name(), name, conclusive));
                if (!conclusive) {
                    blockedFor(left);
                }
            }
        }
    }

    private void keepInStep(PlatformProfile profile, String name, Part part) {
        if (!part.duplicates().isEmpty()
                && !without(profile, part, Operation.CLOSE)
                && !isHeld(profile, name, Operation.CLOSE.verb())) {
            part.duplicates().forEach(duplicate -> steps.add(Step.close(incident, profile.name(), name, duplicate)));
        }
        if (mustRecheck(profile, part) && !isHeld(profile, name, Operation.FIND.verb())) {
            recheck(profile, name, part);
        }
        if (mustReread(part) && !isHeld(profile, name, Operation.READ.verb())) {
            reread(profile, name, part);
        }
        var lagsInState = lagsInState(profile, name, part);
        if ((lagsInState || lagsInTitle(profile, part))
                && !isHeld(profile, name, lagsInState ? Operation.UPDATE.verb() : Part.TITLE)) {
            update(profile, name, part);
        }
        var missing = missingLinks(profile, name, part);
        if (!missing.isEmpty() && !isHeld(profile, name, Operation.LINK.verb())) {
            link(profile, name, part, missing);
        }
        nextComment(profile, name, part)
                .filter(comment -> !isHeld(profile, name, Operation.COMMENT.verb()) && !isGathering(comment))
                .ifPresent(comment -> comment(profile, name, part, comment));
    }

    /** Whether this kind of work waits after a failure of its own. */
    private boolean isHeld(PlatformProfile profile, String name, String work) {
        var held = heldFor.apply(Holds.of(profile.name(), name, work));
        if (!held.isZero()) {
            blockedFor(held);
        }
        return !held.isZero();
    }

    /** Where it may not be read, what was heard last counts until something else is desired. */
    private boolean mustReread(Part part) {
        return (part.reread() != null || isLost(part)) && !refused(part, Operation.READ);
    }

    private boolean isUpdating(Part part) {
        return part.updating() != null && clock.judge(part.updating()) == AttemptClock.Judgement.LIVE;
    }

    /** The hub that wrote died, or its branch did: whether and when that took effect is not known. */
    private boolean isLost(Part part) {
        return part.updating() != null && clock.judge(part.updating()) == AttemptClock.Judgement.OVER;
    }

    private void update(PlatformProfile profile, String name, Part part) {
        if (isUpdating(part)) {
            // Of two writes at the same time nobody could tell which was the last.
            blockedFor(clock.left(part.updating()));
        } else {
            steps.add(Step.update(incident, profile.name(), name, desired(profile, name, part)));
        }
    }

    private void reread(PlatformProfile profile, String name, Part part) {
        var left = part.reread() == null
                ? Duration.ofMillis(part.updating().deadlineMillis())
                        .plus(profile.settle())
                        .minus(clock.age(part.updating()))
                : Duration.ofMillis(part.reread().afterMillis())
                        .minus(clock.age(part.reread().token()));
        if (left.isNegative() || left.isZero()) {
            steps.add(Step.of(incident, profile.name(), name, Operation.READ));
        } else {
            blockedFor(left);
        }
    }

    /**
     * Whether a second record of ours may still turn up. While our own record is open, a platform with a unique key
     * refuses every other one; so there the search begins only when the incident is over.
     */
    private boolean mustRecheck(PlatformProfile profile, Part part) {
        return part.recheck() != null && (!profile.uniqueKey() || incident.status() == Status.RESOLVED);
    }

    /**
     * Plans the search for a second record of ours. Without a unique key it is one search, when
     * {@code fusion.converge.recheck} is over. With one, every pass searches from the end of the incident on until that
     * time is over, because a record that opens then pages somebody at once.
     */
    private void recheck(PlatformProfile profile, String name, Part part) {
        var unique = profile.uniqueKey();
        if (isAboutToBeClosed(profile, name, part)) {
            return;
        }
        var left = Duration.ofMillis(part.recheck().afterMillis()).minus(clock.age(recheckToken(profile, part)));
        var isTime = left.isNegative() || left.isZero();
        if (unique || isTime) {
            steps.add(Step.find(incident, profile.name(), name, isTime));
        }
        if (!isTime) {
            blockedFor(left);
        }
    }

    /** In this very pass: only from then on a platform with a unique key may take a second record. */
    private boolean isAboutToBeClosed(PlatformProfile profile, String name, Part part) {
        return profile.uniqueKey() && lagsInState(profile, name, part);
    }

    private static String recheckToken(PlatformProfile profile, Part part) {
        return part.recheck().token() + (profile.uniqueKey() ? "/closed" : "");
    }

    private void link(PlatformProfile profile, String name, Part part, Map<String, Reference> missing) {
        var judgement = part.linking() == null ? AttemptClock.Judgement.FRESH : clock.judge(part.linking());
        switch (judgement) {
            case FRESH ->
                steps.add(Step.link(incident, profile.name(), name, missing, mustReadFirst(part, missing.keySet())));
            case LIVE -> blockedFor(clock.left(part.linking()));
            case OVER -> steps.add(Step.link(incident, profile.name(), name, missing, true));
        }
    }

    /** What stands may not be all that was seen: a link that was gone may be back, or have been written elsewhere. */
    private boolean mustReadFirst(Part part, Set<String> missing) {
        return part.linking() != null && clock.followsUnknown(part.linking())
                || missing.stream().anyMatch(part.repairs()::containsKey);
    }

    private Map<String, Reference> missingLinks(PlatformProfile profile, String name, Part part) {
        if (without(profile, part, Operation.LINK)) {
            return Map.of();
        }
        var missing = new TreeMap<>(Plan.wantedLinks(incident, profiles, profile, name));
        // A place that shows what was there before is to show another one now.
        missing.entrySet()
                .removeIf(place -> place.getValue().url().equals(part.links().get(place.getKey())));
        return missing;
    }

    /** One after the other, so that they stand in their order; one that may be under way already comes first. */
    private Optional<KeptComment> nextComment(PlatformProfile profile, String name, Part part) {
        if (!name.equals(profile.commentPart())) {
            return Optional.empty();
        }
        var owed = incident.comments().stream()
                .filter(comment -> !comment.standsOn(profile.name())
                        && !comment.isRefusedBy(profile.name(), incident.generation()))
                .toList();
        return owed.stream()
                .filter(comment -> comment.key().equals(part.commentUnderWay()))
                .findFirst()
                .or(() -> owed.stream().findFirst());
    }

    /** Its key is another one with each text, so that its time begins anew. */
    private boolean isGathering(KeptComment comment) {
        if (!incident.takesMore(comment)) {
            return false;
        }
        var left = GATHERED.minus(clock.age(comment.key()));
        var isIt = !left.isNegative() && !left.isZero();
        if (isIt) {
            blockedFor(left);
        }
        return isIt;
    }

    private void comment(PlatformProfile profile, String name, Part part, KeptComment comment) {
        var attempt = part.commenting();
        var isItsOwn = comment.key().equals(part.commentUnderWay());
        var mayStand = comment.isDoubtedOn(profile.name());
        var judgement = attempt == null ? AttemptClock.Judgement.FRESH : clock.judge(attempt);
        switch (judgement) {
            case FRESH ->
                steps.add(Step.comment(
                        incident,
                        profile.name(),
                        name,
                        comment,
                        mayStand || attempt != null && isItsOwn && clock.followsUnknown(attempt)));
            case LIVE -> blockedFor(clock.left(attempt));
            case OVER -> {
                // Written again before the first writing can have no effect any more, it would stand twice.
                var ended = attempt.uncertain() ? profile.timeout() : Duration.ofMillis(attempt.deadlineMillis());
                var left = isItsOwn ? ended.plus(profile.settle()).minus(clock.age(attempt)) : Duration.ZERO;
                if (left.isNegative() || left.isZero()) {
                    steps.add(Step.comment(incident, profile.name(), name, comment, mayStand || isItsOwn));
                } else {
                    blockedFor(left);
                }
            }
        }
    }

    private boolean lags(PlatformProfile profile, String name, Part part) {
        return lagsInState(profile, name, part) || lagsInTitle(profile, part);
    }

    private boolean lagsInState(PlatformProfile profile, String name, Part part) {
        var known = part.known();
        if (known == null || without(profile, part, Operation.UPDATE)) {
            return false;
        }
        return known.status().value() != desiredStatus(profile, name, known)
                || !incident.isPriorityFrozen() && priorityLags(known.priority());
    }

    /** What can never be changed again keeps its title. */
    private boolean lagsInTitle(PlatformProfile profile, Part part) {
        return part.known() != null
                && !profile.lacks().contains(Operation.UPDATE)
                && !stands(part.rejections().get(Part.TITLE))
                && !incident.isTitleFrozen()
                && !part.closed()
                && !isReadFirst(part)
                && Title.isDue(part.known().title(), incident.title());
    }

    /** What stands there may be a title that somebody wrote and nobody has heard of. */
    private boolean isReadFirst(Part part) {
        return part.reread() != null && part.reread().isDueAtOnce() && mustReread(part);
    }

    /** The title by itself and last: a text that a platform refuses keeps no status and no priority back. */
    private Desired desired(PlatformProfile profile, String name, Part part) {
        var known = part.known();
        var keepsPriority = incident.isPriorityFrozen() && known.priority().value() != null;
        return new Desired(
                desiredStatus(profile, name, known),
                keepsPriority ? known.priority().value() : incident.priority(),
                lagsInState(profile, name, part) ? null : incident.title());
    }

    private Status desiredStatus(PlatformProfile profile, String name, Known known) {
        return incident.isStatusFrozen()
                ? known.status().value()
                : profile.statusRule(name).of(known.status().value(), incident.status());
    }

    /** A platform that computes another priority than it was told is not told again. */
    private boolean priorityLags(Shown<Priority> shown) {
        return shown.value() != incident.priority() && !shown.isSettledOnAnotherThan(incident.priority());
    }

    private void blockedFor(Duration time) {
        blocked = true;
        retryIn = time.compareTo(retryIn) < 0 ? time : retryIn;
    }
}
