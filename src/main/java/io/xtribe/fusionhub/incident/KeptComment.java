package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.immutables.value.Value;

import io.xtribe.fusionhub.signal.Comment;
import io.xtribe.fusionhub.signal.Comments;

/**
 * A comment that somebody wrote on one platform, as the record knows it: without its words, which {@link CommentTexts} keeps.
 *
 * @param key our name for it within the incident, 12 hexadecimal digits
 * @param platform where it was written
 * @param ids the ids under which that platform told it: its own, and one that the hub made up
 * @param digest of its text, by which it is known again under another id
 * @param said the words, where they are the hub's own; a platform's name in braces stands for its title
 * @param at when it was written, by that platform's clock; {@link Instant#EPOCH} where it did not say
 * @param written the platforms where the hub has written it
 * @param refused the platforms that refused it, each with the generation of the incident that was refused
 * @param doubted the platforms where it was given up without an answer, and may stand all the same
 * @param gathers whether what follows is added to it, as long as it is the last one and no platform has it: see {@link Incident#takesMore}
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KeptComment(
        String key,
        String platform,
        Set<String> ids,
        String digest,
        String said,
        Instant at,
        Set<String> written,
        Map<String, Long> refused,
        Set<String> doubted,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean gathers,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others)
        implements WithKeptComment {

    /** In place of a platform: it is the hub's own. */
    static final String HUB = "fusion-hub";

    private static final int LONGEST_ID = 40;

    public KeptComment {
        ids = sorted(ids);
        written = sorted(written);
        refused = refused == null ? Map.of() : Map.copyOf(refused);
        doubted = sorted(doubted);
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    static KeptComment of(String platform, Comment told) {
        return new KeptCommentBuilder()
                .key(keyOf(platform, told))
                .platform(platform)
                .ids(Set.of(stored(told.id())))
                .digest(digestOf(told.text()))
                .at(told.at())
                .build();
    }

    /**
     * What the hub itself has to say.
     *
     * @param elsewhere the platforms that need not be told
     */
    static KeptComment ofHub(String said, Instant at, Set<String> elsewhere) {
        return new KeptCommentBuilder()
                .key(Comments.shortHash(HUB + "\n" + at + "\n" + said))
                .platform(HUB)
                .digest(digestOf(said))
                .said(said)
                .at(at)
                .written(elsewhere)
                .build();
    }

    /** The same comment told twice has the same key, whichever hub hears it. */
    public static String keyOf(String platform, Comment told) {
        return Comments.shortHash(platform + "\n" + told.id());
    }

    /** Platforms change blanks and line ends. */
    static String digestOf(String text) {
        return Comments.shortHash(text.strip().replaceAll("\\s+", " "));
    }

    boolean hasId(Comment told) {
        return ids.contains(stored(told.id()));
    }

    /** Whether the platform told it under an id of the same sort: then another id is another comment. */
    boolean hasIdOfItsSort(Comment told) {
        return ids.stream().anyMatch(id -> id.startsWith("~") == told.hasMadeUpId());
    }

    KeptComment withId(Comment told) {
        return withIds(with(ids, stored(told.id())));
    }

    /** Whether it stands on that platform: it was written there, by somebody or by the hub. */
    public boolean standsOn(String name) {
        return platform.equals(name) || written.contains(name);
    }

    /** Whether that platform has refused it, and nothing has changed since. */
    public boolean isRefusedBy(String name, long generation) {
        return Long.valueOf(generation).equals(refused.get(name));
    }

    /** Whether it may stand on that platform though no answer said so: it is looked for before it is written again. */
    public boolean isDoubtedOn(String name) {
        return doubted.contains(name);
    }

    KeptComment doubtedOn(String name) {
        return withDoubted(with(doubted, name));
    }

    KeptComment writtenOn(String name) {
        return withWritten(with(written, name))
                .withRefused(withoutRefusal(name))
                .withDoubted(without(doubted, name));
    }

    KeptComment refusedBy(String name, long generation) {
        var next = new TreeMap<>(refused);
        next.put(name, generation);
        return withRefused(next);
    }

    /** It is to be tried again there. */
    KeptComment retriedOn(String name) {
        return withRefused(withoutRefusal(name));
    }

    private Map<String, Long> withoutRefusal(String name) {
        var left = new TreeMap<>(refused);
        left.remove(name);
        return left;
    }

    private static String stored(String id) {
        return id.length() <= LONGEST_ID ? id : Comments.shortHash(id);
    }

    private static Set<String> sorted(Set<String> texts) {
        return texts == null || texts.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(texts));
    }

    private static Set<String> without(Set<String> texts, String one) {
        var left = new TreeSet<>(texts);
        left.remove(one);
        return left;
    }

    private static Set<String> with(Set<String> texts, String one) {
        var next = new TreeSet<>(texts);
        next.add(one);
        return next;
    }
}
