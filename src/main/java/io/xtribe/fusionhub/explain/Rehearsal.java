package io.xtribe.fusionhub.explain;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.conformance.CaseAnswers;
import io.xtribe.fusionhub.conformance.CaseAnswers.Asked;
import io.xtribe.fusionhub.converge.Announcements;
import io.xtribe.fusionhub.converge.ConvergeRehearsal;
import io.xtribe.fusionhub.converge.Pass;
import io.xtribe.fusionhub.explain.Explanation.AnswerTold;
import io.xtribe.fusionhub.explain.Explanation.Decision;
import io.xtribe.fusionhub.explain.Explanation.Note;
import io.xtribe.fusionhub.explain.Explanation.RequestTold;
import io.xtribe.fusionhub.explain.Explanation.Round;
import io.xtribe.fusionhub.explain.Explanation.StepTold;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.IncidentStore.Versioned;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.intake.Brake;
import io.xtribe.fusionhub.intake.IntakeRehearsal;
import io.xtribe.fusionhub.intake.IntakeRehearsal.Heard;
import io.xtribe.fusionhub.platform.LessText;
import io.xtribe.fusionhub.platform.OptionalFeatures;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformClients;
import io.xtribe.fusionhub.platform.PlatformComponent;
import io.xtribe.fusionhub.platform.PlatformRequest;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkMarks;

/**
 * A hub's routes and rules in a Camel of their own, on stores that read the hub's and keep what is written in memory, with a transport that
 * sends nothing. Signals that are explained by one rehearsal follow each other: what one has changed is known to the next. Why so:
 * docs/adr/0045. For one thread.
 */
final class Rehearsal implements AutoCloseable {

    /** Enough for records, links and what follows of their answers. */
    private static final int MOST_ROUNDS = 6;

    /**
     * Which routes and mappings are rehearsed.
     *
     * @param platforms with lists of their own, see {@link Platform#apart}
     * @param routeFiles mounted files that stand in for built-in ones, by name
     */
    record Version(Platforms platforms, Map<String, Path> routeFiles) {}

    /**
     * In which hub.
     *
     * @param hintNames the names of the platforms' routing hints
     * @param speakers who may speak for a platform, where that is known
     * @param brake says which new incidents are held
     * @param asSent a request with what the transport of that name adds to it
     * @param isKnown whether there is an incident of that id, where all are listed
     */
    record Hub(
            FusionConfig config,
            Config values,
            Set<String> hintNames,
            Function<String, Optional<Speaker>> speakers,
            Brake brake,
            OptionalFeatures features,
            BiFunction<String, PlatformRequest, PlatformRequest> asSent,
            Optional<Predicate<String>> isKnown) {}

    private final Version version;
    private final BiFunction<String, PlatformRequest, PlatformRequest> asSent;
    private final OverlayIncidents incidents;
    private final ToldTimeline timeline = new ToldTimeline();
    private final Set<String> marked = new HashSet<>();
    private final IntakeRehearsal intake;
    private final ConvergeRehearsal converge;
    private final RehearsedRunner runner;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ExecutorService branches = Executors.newCachedThreadPool();
    private final ProducerTemplate template;
    private final List<String> assumed = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    /**
     * Prepares one.
     *
     * @throws IllegalArgumentException when the routes cannot be used; the message says why
     */
    Rehearsal(Version version, Hub hub, Known known) {
        this.version = version;
        asSent = hub.asSent();
        var config = hub.config();
        incidents = new OverlayIncidents(known.incidents());
        var references = new OverlayReferences(known.references());
        var texts = new OverlayTexts(known.texts());
        var marks = new Marks();
        var changes = ConvergeRehearsal.changeRules(config, version.platforms());
        var unlimited =
                new Availability(List.of(), System::nanoTime, () -> 1, Duration.ofSeconds(5), Duration.ofSeconds(30));
        var answers = new CaseAnswers(this::asked);
        converge = new ConvergeRehearsal(
                incidents,
                new AssumedReferences(references),
                timeline,
                texts,
                marks,
                version.platforms(),
                unlimited,
                changes,
                config.pagingPlatform(),
                config.priorities().stream()
                        .flatMap(name -> Priority.parse(name).stream())
                        .collect(Collectors.toSet()),
                config.converge().lease(),
                config.converge().recheck());
        runner = new RehearsedRunner(converge.runner(), answers);
        InstantSource clock = () -> now;
        intake = new IntakeRehearsal(
                new IntakeRehearsal.Stores(
                        incidents, references, new OverlayEnds(known.ends()), texts, timeline, marks),
                new IntakeRehearsal.Rules(
                        version.platforms(),
                        changes,
                        IntakeRehearsal.firstSign(config, version.platforms()),
                        hub.hintNames(),
                        hub.speakers(),
                        config.reopenWindow(),
                        hub.brake(),
                        clock),
                converge.attempts(),
                hub.isKnown()
                        .map(isKnown ->
                                id -> isKnown.test(id) || incidents.find(id).isPresent()));
        try {
            start(hub, new PlatformClients(version.platforms(), any -> answers, unlimited, new SimpleMeterRegistry()));
            template = camel.createProducerTemplate();
        } catch (Exception e) {
            close();
            throw new IllegalArgumentException("the routes cannot be used: " + Causes.innermost(e), e);
        }
    }

    /** What is rehearsed. */
    Version version() {
        return version;
    }

    private void start(Hub hub, PlatformClients clients) throws Exception {
        camel.disableJMX();
        camel.getCamelContextExtension().setName("explain");
        camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
        camel.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "hub";
            }

            @Override
            public String getProperty(String name) {
                return hub.values().getOptionalValue(name, String.class).orElse(null);
            }
        });
        ClosedDoors.close(camel);
        camel.addComponent("platform", new PlatformComponent(clients));
        var registry = camel.getRegistry();
        intake.beans().forEach(registry::bind);
        registry.bind("stepRunner", runner);
        registry.bind("optionalFeatures", new SeenFeatures(hub.features()));
        registry.bind("lessText", new LessText());
        registry.bind("branches", branches);
        RehearsedRoutes.load(camel, version.routeFiles(), version.platforms());
        camel.start();
        for (var platform : version.platforms().all()) {
            assumeLists(platform);
        }
    }

    /** Of an account of which nothing was read yet. */
    private void assumeLists(Platform platform) {
        CaseAnswers.lists(camel, platform).forEach((name, list) -> {
            if (platform.lists().assume(name, list)) {
                assumed.add("the list " + name + " of " + platform.name()
                        + " was not read: the one of its conformance cases is assumed");
            }
        });
        platform.unreadLists()
                .forEach(name -> assumed.add("the list " + name + " of " + platform.name()
                        + " was not read: what it tells is left out of requests"));
    }

    /** Says what would become of an event, in its envelope, that is heard at that time. */
    Explanation explain(byte[] event, Instant at) {
        now = at;
        marked.clear();
        timeline.taken();
        runner.taken();
        incidents.begin();
        intake.begin();
        var exchange = template.request(
                "direct:" + RehearsedRoutes.INTAKE, asked -> asked.getIn().setBody(event));
        if (exchange.getException() != null) {
            throw new IllegalStateException(
                    "it cannot be explained: " + Causes.innermost(exchange.getException()), exchange.getException());
        }
        var heard = intake.heard();
        var id = incidents.touched();
        var before = id.isEmpty() ? Optional.<Incident>empty() : incidents.before(id);
        var after = record(id);
        var decision = decision(heard, timeline.taken());
        var rounds = marked.contains(id) ? rounds(id) : List.<Round>of();
        var end = rounds.isEmpty() ? Optional.<Incident>empty() : record(id);
        return new Explanation(
                at,
                heard.envelope() == null ? null : envelope(heard.envelope()),
                heard.signal() == null ? null : IncidentJson.mapper().valueToTree(heard.signal()),
                decision,
                id.isEmpty() ? null : id,
                before.orElse(null),
                after.orElse(null),
                rounds,
                end.orElse(null),
                end.map(incident -> converge.left(incident).isComplete()).orElse(null),
                end.map(incident -> List.copyOf(Announcements.due(incident))).orElse(List.of()),
                remarks(heard));
    }

    private List<String> remarks(Heard heard) {
        var remarks = new ArrayList<>(assumed);
        heard.unknown().forEach(word -> remarks.add(word.text()));
        return remarks;
    }

    private Optional<Incident> record(String id) {
        return id.isEmpty() ? Optional.empty() : incidents.find(id).map(Versioned::incident);
    }

    private static JsonNode envelope(CloudEvent event) {
        ObjectNode envelope = IncidentJson.mapper().createObjectNode();
        envelope.put("id", event.id()).put("source", event.source()).put("type", event.type());
        envelope.put("time", event.time().toString());
        if (!event.priority().isEmpty()) {
            envelope.put("priority", event.priority());
        }
        event.hints().members().forEach(envelope::put);
        return envelope;
    }

    private static Decision decision(Heard heard, List<Line> lines) {
        var notes = notes(lines);
        if (heard.letter() != null) {
            var letter = heard.letter();
            return new Decision(
                    heard.outcome(), letter.letterClass().wireName(), letter.getMessage(), letter.remedy(), notes);
        }
        if (notes.isEmpty() || !heard.reason().isEmpty()) {
            return new Decision(
                    heard.outcome(),
                    heard.outcome(),
                    heard.reason().isEmpty() ? "it tells nothing that is not known" : heard.reason(),
                    null,
                    notes);
        }
        var last = notes.get(notes.size() - 1);
        return new Decision(heard.outcome(), last.rule(), last.text(), null, notes);
    }

    private static List<Note> notes(List<Line> lines) {
        return lines.stream()
                .map(line -> new Note(line.platform(), line.rule().word(), line.text()))
                .toList();
    }

    private List<Round> rounds(String id) {
        var rounds = new ArrayList<Round>();
        var pass = converge.begin(id);
        for (var steps = converge.plan(pass);
                !steps.isEmpty() && rounds.size() < MOST_ROUNDS;
                steps = converge.plan(pass)) {
            var told = new ArrayList<StepTold>();
            steps.forEach(step -> told.addAll(take(step, pass)));
            rounds.add(new Round(told));
        }
        return rounds;
    }

    private List<StepTold> take(Step step, Pass pass) {
        var exchange = template.request("direct:" + RehearsedRoutes.STEP, asked -> {
            asked.setProperty("pass", pass);
            asked.getIn().setBody(step);
        });
        var told = new ArrayList<StepTold>();
        var notes = notes(timeline.taken());
        var runs = runner.taken();
        for (var run : runs) {
            var isLast = run == runs.get(runs.size() - 1);
            var failure = isLast && exchange.getException() != null ? exchange.getException() : run.failure;
            told.add(new StepTold(
                    run.step.platform(),
                    run.step.operation().verb(),
                    run.step.routePart(),
                    run.route,
                    List.copyOf(run.requests),
                    outcome(failure),
                    failure == null ? null : Causes.innermost(failure),
                    isLast ? notes : List.of()));
        }
        return told;
    }

    private static String outcome(Throwable failure) {
        if (failure == null) {
            return "ok";
        }
        return CaseAnswers.NO_ANSWER.equals(Causes.innermost(failure)) ? "not-told" : "failed";
    }

    private void asked(Asked asked) {
        var platform = version.platforms().find(asked.platform()).orElseThrow();
        var request = asSent.apply(platform.descriptor().transport(), asked.request());
        var headers = new LinkedHashMap<>(platform.shownHeaders());
        if (request.body() != null) {
            headers.put(Exchange.CONTENT_TYPE, "application/json");
        }
        runner.asked(new RequestTold(
                request.method(),
                platform.settings().url() + request.path() + (request.query().isEmpty() ? "" : "?" + request.query()),
                headers,
                request.body(),
                asked.assumed()
                        .map(from -> new AnswerTold(
                                from, asked.status(), asked.answer().isMissingNode() ? null : asked.answer(), null))
                        .orElseGet(() -> new AnswerTold(null, null, null, CaseAnswers.NO_ANSWER))));
    }

    @Override
    public void close() {
        camel.stop();
        branches.shutdownNow();
    }

    /** Keeps which incidents have something to be done. */
    private final class Marks implements WorkMarks {
        @Override
        public void enter(String id, WorkLane lane) {
            marked.add(id);
        }

        @Override
        public void mark(String id, WorkLane lane) {
            marked.add(id);
        }
    }
}
