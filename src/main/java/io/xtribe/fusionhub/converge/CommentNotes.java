package io.xtribe.fusionhub.converge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.xtribe.fusionhub.incident.CommentMark;
import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.SafeText;

/** Writes out what a platform is to show of a comment of another one: mark, author, origin and text, in that order. */
public final class CommentNotes {

    private static final CommentTexts.Words GONE = new CommentTexts.Words("", "");

    /** A platform's name in what the hub says. */
    private static final Pattern PLATFORM = Pattern.compile("\\{([a-z-]+)}");

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final CommentTexts texts;
    private final Platforms platforms;

    public CommentNotes(CommentTexts texts, Platforms platforms) {
        this.texts = texts;
        this.platforms = platforms;
    }

    /** The member {@code comment} of a step's view; null for a step that writes none. See docs/mappings.md. */
    JsonNode view(Step step) {
        var comment = step.comment();
        if (comment == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (comment.said() != null) {
            return ofHub(step);
        }
        var words = texts.find(step.incidentId(), comment.key()).orElse(GONE);
        var mark = CommentMark.of(step.incidentId(), comment.key());
        var origin = platforms.title(comment.platform());
        var view = JsonNodeFactory.instance.objectNode();
        view.put("mark", mark);
        view.put("author", words.author());
        view.put("platform", comment.platform());
        view.put("origin", origin);
        view.put("at", comment.at().toString());
        view.put("text", text(mark, words, origin, when(step), url(step), platforms.commentLimit(step.platform())));
        return view;
    }

    /** Told of a comment that comes to stand after one which was written later than it, so that people can tell their order; else empty. */
    private static String when(Step step) {
        var comment = step.comment();
        var comesLate = !comment.at().equals(Instant.EPOCH)
                && step.incident().comments().stream()
                        .anyMatch(other -> other.platform().equals(comment.platform())
                                && other.standsOn(step.platform())
                                && other.at().isAfter(comment.at()));
        return comesLate ? " at " + WHEN.format(comment.at()) : "";
    }

    private JsonNode ofHub(Step step) {
        var comment = step.comment();
        var mark = CommentMark.of(step.incidentId(), comment.key());
        var said = PLATFORM.matcher(comment.said())
                .replaceAll(name -> Matcher.quoteReplacement(platforms.title(name.group(1))));
        var view = JsonNodeFactory.instance.objectNode();
        view.put("mark", mark);
        view.put("author", "");
        view.put("platform", comment.platform());
        view.put("origin", "Fusion Hub");
        view.put("at", comment.at().toString());
        view.put("text", SafeText.cut(mark + " Fusion Hub: " + said, platforms.commentLimit(step.platform())));
        return view;
    }

    /** At most that many characters. */
    static String text(String mark, CommentTexts.Words words, String origin, String when, String url, int limit) {
        var by = (words.author().isEmpty() ? "Somebody" : words.author()) + " in " + origin + when;
        var there = url.isEmpty() ? origin : origin + ": " + url;
        if (words.text().isEmpty()) {
            return mark + " " + by + " wrote a comment that the hub does not have any more; it is in " + there;
        }
        var all = mark + " " + by + ": " + words.text();
        if (all.length() <= limit) {
            return all;
        }
        var end = "\n[cut by Fusion Hub, all of it is in " + there + "]";
        return SafeText.cut(all, Math.max(mark.length(), limit - end.length())) + end;
    }

    /** Where people read the comment itself. */
    private static String url(Step step) {
        return step.incident().platforms().getOrDefault(step.comment().platform(), Map.of()).values().stream()
                .filter(part -> part.isOpened() && !part.reference().url().isEmpty())
                .map(part -> part.reference().url())
                .findFirst()
                .orElse("");
    }
}
