package io.xtribe.fusionhub.console.page;

import java.util.List;
import java.util.stream.Stream;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.deadletter.DeadLetterStream;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;

/** Dead letters: the list, and one with its body. */
@Path("/dead-letters")
@Blocking
public class DeadLettersPage {

    private static final int LETTERS = 50;
    private static final String NUMBER = "[1-9][0-9]{0,17}";
    private static final String NAME = "[a-z0-9_-]{1,64}";
    /** As docs/dead-letters.md lists them. */
    private static final List<String> CLASSES = List.of(
            "unreadable",
            "too-deep",
            "too-large",
            "unknown-source",
            "not-understood",
            "invalid",
            "expired",
            "foreign",
            "unexpected",
            "unauthenticated");

    private final PageAnswer answer;
    private final DeadLetterStream letters;
    private final Platforms platforms;

    DeadLettersPage(PageAnswer answer, DeadLetterStream letters, Platforms platforms) {
        this.answer = answer;
        this.letters = letters;
        this.platforms = platforms;
    }

    @GET
    public Response list(
            @QueryParam("source") String source,
            @QueryParam("class") String letterClass,
            @QueryParam("before") String before) {
        return answer.of(() -> list(matching(source, NAME), matching(letterClass, NAME), number(before)));
    }

    @GET
    @Path("{id}")
    public Response letter(@PathParam("id") String id) {
        return answer.of(() -> letter(number(id)));
    }

    private TemplateInstance list(String source, String letterClass, long before) {
        var page = letters.page(new DeadLetterStream.Filter(source, letterClass), before, LETTERS);
        var sources = Stream.concat(
                        platforms.all().stream().map(Platform::name), Stream.of("unknown", "unauthenticated"))
                .toList();
        return Templates.letters(new LettersView(
                source, letterClass, page.total(), page.found(), page.before(), before == 0, sources, CLASSES));
    }

    private TemplateInstance letter(long number) {
        var letter = letters.find(number)
                .orElseThrow(() -> new NothingThereException(
                        "There is no such dead letter: it was replayed, discarded, or is older than 30 days."));
        return Templates.letter(LetterView.of(letter, letters.body(letter)));
    }

    private static long number(String given) {
        var number = matching(given, NUMBER);
        return number.isEmpty() ? 0 : Long.parseLong(number);
    }

    private static String matching(String given, String form) {
        var text = given == null ? "" : given.strip();
        return text.matches(form) ? text : "";
    }
}
