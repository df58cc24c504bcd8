package io.xtribe.fusionhub.incident;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.immutables.value.Value;

import io.xtribe.fusionhub.signal.PlatformKey;

/**
 * One thing to do for one record of an incident, by the platform's route {@code <platform>-<operation>}.
 *
 * @param incident the record as it was planned on
 * @param platform the platform
 * @param part which of its records; empty where the origin is read, which is no record of ours
 * @param operation what to do
 * @param afterUnknown whether an earlier call for the same thing ended without telling its outcome, so that the
 *     platform must be read before it is written
 * @param conclusive for {@link Operation#FIND}: whether nothing found now means that nothing will turn up any more
 * @param links for {@link Operation#LINK}: place name to the record to be shown there
 * @param duplicate for {@link Operation#CLOSE}: the second record's id
 * @param comment for {@link Operation#COMMENT}: the comment to be written, else null
 * @param calls once it is over, the requests that were made for it; empty before
 * @param desired for {@link Operation#OPEN} and {@link Operation#UPDATE}: what the record is to show
 */
@Value.Builder
public record Step(
        Incident incident,
        String platform,
        String part,
        Operation operation,
        boolean afterUnknown,
        boolean conclusive,
        Map<String, Reference> links,
        String duplicate,
        Desired desired,
        KeptComment comment,
        List<Timeline.Call> calls)
        implements WithStep {

    public Step {
        links = links == null ? Map.of() : links;
        duplicate = duplicate == null ? "" : duplicate;
        desired = desired == null ? Desired.of(incident) : desired;
        calls = calls == null ? List.of() : calls;
    }

    /** A step to the state that is desired of the incident. */
    public static Step of(Incident incident, String platform, String part, Operation operation) {
        return to(incident, platform, part, operation).build();
    }

    private static StepBuilder to(Incident incident, String platform, String part, Operation operation) {
        return new StepBuilder()
                .incident(incident)
                .platform(platform)
                .part(part)
                .operation(operation);
    }

    /** Brings a record to a state of its own. */
    public static Step update(Incident incident, String platform, String part, Desired desired) {
        return to(incident, platform, part, Operation.UPDATE).desired(desired).build();
    }

    /** Asks the platform of origin whether what began still stands. */
    public static Step readOrigin(Incident incident) {
        return of(incident, incident.origin().platform(), "", Operation.READ);
    }

    public static Step find(Incident incident, String platform, String part, boolean conclusive) {
        return to(incident, platform, part, Operation.FIND)
                .afterUnknown(true)
                .conclusive(conclusive)
                .build();
    }

    public static Step link(
            Incident incident, String platform, String part, Map<String, Reference> links, boolean afterUnknown) {
        return to(incident, platform, part, Operation.LINK)
                .links(links)
                .afterUnknown(afterUnknown)
                .build();
    }

    public static Step comment(
            Incident incident, String platform, String part, KeptComment comment, boolean afterUnknown) {
        return to(incident, platform, part, Operation.COMMENT)
                .comment(comment)
                .afterUnknown(afterUnknown)
                .build();
    }

    public static Step close(Incident incident, String platform, String part, String duplicate) {
        return to(incident, platform, part, Operation.CLOSE)
                .duplicate(duplicate)
                .build();
    }

    /** The same step on a newer state of the record. */
    public Step on(Incident newer) {
        return withIncident(newer);
    }

    /** The same step when it is over. */
    public Step having(List<Timeline.Call> made) {
        return withCalls(made);
    }

    /** The create that follows a find which found nothing. */
    public Step asOpen(Incident newer) {
        return of(newer, platform, part, Operation.OPEN);
    }

    public String incidentId() {
        return incident.id();
    }

    public Part state() {
        return incident.part(platform, part);
    }

    public boolean concernsOrigin() {
        return part.isEmpty();
    }

    /** What it is done to, as routes choose by it: the part, or the kind of trigger, such as {@code datadog.monitor}. */
    public String routePart() {
        return concernsOrigin() ? incident.origin().source() : part;
    }

    public PlatformKey key() {
        return state().key(incident.id());
    }

    /** Names the record that it is done to among all records of all incidents. */
    public String recordName() {
        return recordName(incident.id(), platform, part);
    }

    static String recordName(String incidentId, String platform, String part) {
        return incidentId + "/" + platform + "/" + part;
    }

    /** What it is done to, for people: {@code datadog case}. */
    public String subject() {
        return concernsOrigin() ? "the origin, " + routePart() : platform + " " + part;
    }

    /**
     * Identifies the work within one pass, so that a failed step is not repeated at once. A find that has become
     * conclusive, the look for a second record once there is one, and a link to more places are other work than before.
     */
    public String name() {
        var find = (conclusive ? "conclusive" : "") + (state().isOpened() ? "/opened/" : "/");
        return platform + "/" + part + "/" + operation + "/" + find + links.keySet() + "/" + duplicate
                + (comment == null ? "" : "/" + comment.key())
                + (desired.title() == null ? "" : "/" + desired.title());
    }

    /** Whether it writes what people have written, and nothing else: a comment or a title. */
    public boolean isOfText() {
        return comment != null || isOfTitle();
    }

    private boolean isOfTitle() {
        return desired.title() != null && operation == Operation.UPDATE;
    }

    /**
     * Names this piece of work among all that is done to its record, so that its failures are counted by themselves: what it is of, and which
     * comment, title, state or second record. Null while the record is not opened, since nothing else can be done then.
     */
    public String task() {
        if (!state().isOpened()) {
            return null;
        }
        var which =
                switch (operation) {
                    case COMMENT -> comment.key();
                    case UPDATE ->
                        isOfTitle() ? KeptComment.digestOf(desired.title()) : String.valueOf(incident.generation());
                    case CLOSE -> duplicate;
                    case OPEN, READ, FIND, LINK -> "";
                };
        return task(work(), which);
    }

    static String task(String work, String which) {
        return work + ":" + which;
    }

    /** Whether a {@link #task} is of that work. */
    static boolean isTask(String task, String work) {
        return task.startsWith(work + ":");
    }

    /** What a refusal of it is of, and what its back-off holds: the verb of its operation, or {@code title}, which is written by itself. */
    public String work() {
        return isOfTitle() ? Part.TITLE : operation.verb();
    }

    /** For people: {@code open of datadog case}. */
    public String description() {
        return comment == null
                ? work() + " of " + subject()
                : "the comment on " + subject() + " that " + comment.platform() + " has";
    }

    /** Whether it was about a record that the incident has no more. */
    boolean isOfFormerRecord(Incident newer) {
        var record = state().reference();
        return record != null
                && operation != Operation.CLOSE
                && newer.part(platform, part).former(record.id()).isPresent();
    }

    /** An incident in which this step's record is changed. */
    Incident changeIn(Incident newer, UnaryOperator<Part> change) {
        return newer.withPart(platform, part, change);
    }

    /** Only what this step began is undone: another branch or a webhook may have settled it meanwhile. */
    Incident ifStillBegun(Incident newer, UnaryOperator<Part> change) {
        var now = newer.part(platform, part);
        var same =
                switch (operation) {
                    case OPEN -> now.hasAttempt(state().attempt());
                    case LINK -> now.linking() != null && now.linking().isSameAs(state().linking());
                    case UPDATE ->
                        now.updating() == null
                                ? state().updating() == null
                                : now.updating().isSameAs(state().updating());
                    case COMMENT -> now.commenting() != null && now.commenting().isSameAs(state().commenting());
                    case FIND, CLOSE -> true;
                    case READ -> !concernsOrigin();
                };
        return same ? changeIn(newer, change) : newer;
    }
}
