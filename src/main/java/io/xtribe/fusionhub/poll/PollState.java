package io.xtribe.fusionhub.poll;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.immutables.value.Value;

/**
 * How far one poll has come, as hubs share it. Times are the vendor's, but for the first of them: a poll that has never been
 * made begins with the hub's present.
 *
 * @param begun what began before is followed, and opened by its webhook only
 * @param watermark what the vendor has told up to then is known
 * @param reached the newest time that this round has met so far, or null
 * @param next where this round goes on, in the words of its route; null at its beginning
 * @param memory what the route wants to be told the next time, or null
 * @param known digests of what the round before has met: it is not fed in again
 * @param met digests of what this round has met so far
 * @param holder the hub that reads a page now; empty when none does
 * @param roundAt when the round under way, or else the last one, began by the clock of the hub that began it; null before the first
 * @param roundBefore when the last round that came to its end began, or null
 * @param rounds how many rounds have come to their end
 * @param failures how many pages in a row could not be read
 * @param trouble why the last of them could not be; empty when it could
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PollState(
        Instant begun,
        Instant watermark,
        Instant reached,
        JsonNode next,
        JsonNode memory,
        List<String> known,
        List<String> met,
        String holder,
        Instant roundAt,
        Instant roundBefore,
        long rounds,
        int failures,
        String trouble) {

    /** So many digests are kept; what is older is fed in again, which does no harm. */
    private static final int KEPT = 4_000;

    PollState {
        next = isNothing(next) ? null : next;
        memory = isNothing(memory) ? null : memory;
        known = known == null ? List.of() : List.copyOf(known);
        met = met == null ? List.of() : List.copyOf(met);
        holder = holder == null ? "" : holder;
        trouble = trouble == null ? "" : trouble;
    }

    private static boolean isNothing(JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode();
    }

    /** Of a poll that nobody has made yet: what happened before now is not asked for. */
    static PollState beginning(Instant now) {
        return new PollState(now, now, null, null, null, List.of(), List.of(), "", null, null, 0, 0, "");
    }

    boolean isUnderWay() {
        return !holder.isEmpty();
    }

    /** A page is read now, the first one of a round where none was left to read. */
    PollState heldBy(String hub, Instant now) {
        return changed()
                .holder(hub)
                .roundAt(next == null || roundAt == null ? now : roundAt)
                .build();
    }

    /** The page could not be read: it is asked for again. */
    PollState failed(String why) {
        return changed().holder("").failures(failures + 1).trouble(why).build();
    }

    /**
     * The page was read, and what it told was fed in.
     *
     * @param page what the route has yielded
     * @param digests of all that it told
     */
    PollState read(PollPage page, List<String> digests) {
        var newest =
                page.latest() == null || reached != null && reached.isAfter(page.latest()) ? reached : page.latest();
        var all = Stream.concat(met.stream(), digests.stream()).distinct().toList();
        var kept = all.subList(Math.max(0, all.size() - KEPT), all.size());
        var read = changed().memory(page.memory()).holder("").failures(0).trouble("");
        if (!isNothing(page.next())) {
            return read.reached(newest).next(page.next()).met(kept).build();
        }
        return read.watermark(newest == null || newest.isBefore(watermark) ? watermark : newest)
                .reached(null)
                .next(null)
                .known(kept)
                .met(List.of())
                .roundBefore(roundAt)
                .rounds(rounds + 1)
                .build();
    }

    private PollStateBuilder changed() {
        return new PollStateBuilder().from(this);
    }
}
