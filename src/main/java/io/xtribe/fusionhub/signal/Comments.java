package io.xtribe.fusionhub.signal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the comments that a mapping yields, of a webhook's body or of a list; docs/mappings.md says what they hold. */
public final class Comments {

    /** Of one comment; what is longer is cut, which its copies say. */
    public static final int TEXT_LIMIT = 32_000;

    private static final int AUTHOR_LIMIT = 100;
    private static final int MOST = 200;
    private static final String PUBLIC = "public";
    private static final int SHORT_HASH = 6;

    private Comments() {}

    /**
     * The comments in the order of their times, at most the last 200.
     *
     * @param node what the mapping yields: a list, or nothing
     * @param delivery what the comments without an id of the platform's are known by, the same when they are told again
     * @param otherwise when those were written whose time the mapping does not tell
     * @throws InvalidSignalException when it is no list, or an id cannot be used
     */
    public static List<Comment> read(JsonNode node, String delivery, Instant otherwise) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw new InvalidSignalException("comments is no list: see docs/mappings.md");
        }
        var ids = new IdCheck(node);
        var comments = new ArrayList<Comment>();
        for (int index = 0; index < node.size(); index++) {
            var one = node.get(index);
            var text = SafeText.paragraphs(text(one, "text"), TEXT_LIMIT).strip();
            if (!text.isEmpty()) {
                var id = ids.check("comments.id", text(one, "id"), IdCheck.ID);
                var at = text(one, "at");
                comments.add(new Comment(
                        id.isEmpty() ? Comment.MADE_UP + shortHash(delivery) + "-" + index : id,
                        at.isEmpty() ? otherwise : PlatformTime.parse(at),
                        SafeText.line(text(one, "author").strip(), AUTHOR_LIMIT),
                        text,
                        PUBLIC.equals(text(one, "audience"))));
            }
        }
        comments.sort(Comparator.comparing(Comment::at));
        return List.copyOf(comments.subList(Math.max(0, comments.size() - MOST), comments.size()));
    }

    /** Twelve hexadecimal digits that stand for a text. */
    public static String shortHash(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SHORT_HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
