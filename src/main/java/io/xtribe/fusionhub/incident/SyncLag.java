package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a change by somebody on one platform took until another platform had it.
 *
 * @param from where it was made
 * @param field {@code status}, {@code priority}, {@code title} or {@code comment}
 * @param lag never negative
 */
public record SyncLag(String from, String field, Duration lag) {

    /** The fields that can be frozen; comments cannot. */
    public static final List<String> FIELDS = List.of(Contest.STATUS, Contest.PRIORITY, Contest.TITLE);

    private static final String COMMENT = "comment";

    /**
     * What a step has carried that its platform took. Empty for a step that carried nothing from another platform, such as one
     * that repairs what differs without anybody's doing.
     *
     * @param now by the hub's clock. Of a comment the time is known by its platform's clock only
     */
    public static List<SyncLag> of(Step step, Instant now) {
        return switch (step.operation()) {
            case UPDATE -> ofFields(step, now);
            case COMMENT -> ofComment(step, now);
            case READ, OPEN, FIND, LINK, CLOSE -> List.of();
        };
    }

    private static List<SyncLag> ofFields(Step step, Instant now) {
        var known = step.state().known();
        if (known == null) {
            return List.of();
        }
        var lags = new ArrayList<SyncLag>();
        Part.sent(known, step.desired()).forEach((field, value) -> {
            var turns = step.incident().turns().getOrDefault(field, List.of());
            var last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
            if (last != null
                    && !last.platform().equals(step.platform())
                    && last.to().equals(value)) {
                lags.add(new SyncLag(last.platform(), field, between(last.at(), now)));
            }
        });
        return lags;
    }

    private static List<SyncLag> ofComment(Step step, Instant now) {
        var comment = step.comment();
        if (comment.at() == null
                || comment.at().equals(Instant.EPOCH)
                || comment.platform().equals(KeptComment.HUB)) {
            return List.of();
        }
        // One that is older than its incident has waited for that.
        var received = step.incident().receivedAt();
        var since = comment.at().isBefore(received) ? received : comment.at();
        return List.of(new SyncLag(comment.platform(), COMMENT, between(since, now)));
    }

    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
