package io.xtribe.fusionhub.console.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.console.page.IncidentView.Line;
import io.xtribe.fusionhub.console.page.IncidentView.Old;
import io.xtribe.fusionhub.console.page.IncidentView.RecordRow;
import io.xtribe.fusionhub.console.page.IncidentView.RuleShown;
import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.PageWatch;

/** One incident: what is so, how it came about, and what an operator can do. */
@Path("/incidents/{id}")
@Blocking
public class IncidentPage {

    /** More of a story nobody reads on a page; the API has all of it. */
    private static final int LINES = 300;

    private final PageAnswer answer;
    private final BoardReader reader;
    private final IncidentIndex index;
    private final IncidentStore store;
    private final Timeline timeline;
    private final PageWatch pageWatch;
    private final Platforms platforms;
    private final boolean observe;

    IncidentPage(
            PageAnswer answer,
            BoardReader reader,
            IncidentIndex index,
            IncidentStore store,
            Timeline timeline,
            PageWatch pageWatch,
            Platforms platforms,
            FusionConfig config) {
        this.answer = answer;
        this.reader = reader;
        this.index = index;
        this.store = store;
        this.timeline = timeline;
        this.pageWatch = pageWatch;
        this.platforms = platforms;
        this.observe = config.mode() == FusionConfig.Mode.OBSERVE;
    }

    @GET
    public Response incident(@PathParam("id") String id) {
        return answer.of(() -> page(id));
    }

    private TemplateInstance page(String id) {
        var mark = ChangesResource.mark(index, id);
        // Nothing else is asked of the store, whose keys have rules of their own.
        var incident = Optional.of(id)
                .filter(CorrelationId::matches)
                .flatMap(store::find)
                .map(IncidentStore.Versioned::incident)
                .orElseThrow(
                        () -> new NothingThereException(
                                "There is no such incident: the address is wrong, or it was over so long ago that it is kept no more."));
        var isUnpaged = pageWatch.unpaged().stream().anyMatch(row -> row.id().equals(id));
        var row = reader.row(incident, isUnpaged);
        var story = new ArrayList<>(timeline.read(id));
        var hubs = story.stream().map(entry -> orEmpty(entry.hub())).distinct().toList();
        var onlyHub = hubs.size() == 1 ? hubs.get(0) : "";
        Collections.reverse(story);
        return Templates.incident(new IncidentView(
                incident,
                row,
                Links.web(incident.hints().runbook()),
                facts(incident),
                records(incident, row),
                story.stream()
                        .limit(LINES)
                        .map(entry -> line(incident, entry, onlyHub))
                        .toList(),
                onlyHub,
                Math.max(0, story.size() - LINES),
                observe,
                mark));
    }

    private static Map<String, String> facts(Incident incident) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("Began as", incident.origin().source());
        facts.put("Key there", incident.origin().key());
        facts.put("Team", incident.hints().team());
        facts.putAll(incident.hints().ids());
        facts.put("Generation", incident.generation() + (incident.isSettled() ? ", settled" : ", not settled yet"));
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    private static List<RecordRow> records(Incident incident, BoardRow row) {
        return row.platforms().stream()
                .flatMap(platform ->
                        platform.records().stream().map(cell -> record(incident, platform.title(), cell, platform)))
                .toList();
    }

    private static RecordRow record(Incident incident, String title, RecordCell cell, BoardRow.PlatformCell platform) {
        var part = incident.part(cell.platform(), cell.part());
        var shown = part.known() == null ? null : part.known().priority().value();
        return new RecordRow(
                platform.isSingle() ? title : title + " " + cell.part(),
                cell.platform() + "/" + cell.part(),
                cell,
                shown == null ? "" : shown.name(),
                part.rejectionsOf(incident.generation()),
                part.former().stream().map(Old::of).toList());
    }

    private Line line(Incident incident, Timeline.Entry entry, String onlyHub) {
        return new Line(
                entry.at(),
                orEmpty(entry.kind()),
                entry.platform() == null || entry.platform().isEmpty() ? "" : platforms.title(entry.platform()),
                orEmpty(entry.by()),
                orEmpty(entry.text()),
                rule(entry.rule()),
                entry.calls() == null ? List.of() : entry.calls(),
                orEmpty(entry.signalId()),
                onlyHub.isEmpty() ? orEmpty(entry.hub()) : "",
                after(Duration.between(incident.receivedAt(), entry.at())));
    }

    /** Rules of a newer hub have no words here. */
    private static RuleShown rule(String word) {
        return Stream.of(Rule.values())
                .filter(rule -> rule.word().equals(word))
                .findFirst()
                .map(rule -> new RuleShown(rule.word(), rule.words()))
                .orElseGet(() -> new RuleShown(orEmpty(word), ""));
    }

    /** How long after the beginning. */
    static String after(Duration time) {
        return "+" + Ages.exactly(time);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
