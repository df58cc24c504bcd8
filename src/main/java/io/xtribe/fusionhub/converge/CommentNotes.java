package io.xtribe.fusionhub.converge;

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
        view.put("text", text(mark, words, origin, url(step), platforms.commentLimit(step.platform())));
        return view;
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
    static String text(String mark, CommentTexts.Words words, String origin, String url, int limit) {
        var by = words.author().isEmpty() ? "Somebody in " + origin : words.author() + " in " + origin;
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
