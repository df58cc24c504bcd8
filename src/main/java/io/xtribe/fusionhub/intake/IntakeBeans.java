package io.xtribe.fusionhub.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.catalogue.Catalogue;
import io.xtribe.fusionhub.catalogue.CatalogueColumns;
import io.xtribe.fusionhub.catalogue.CatalogueFile;
import io.xtribe.fusionhub.catalogue.InvalidCatalogueException;
import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.config.FusionConfig.Mode;
import io.xtribe.fusionhub.converge.AttemptMaker;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.EndStore;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.Speakers;
import io.xtribe.fusionhub.upkeep.DriftWatch;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.work.QueuedMarks;
import io.xtribe.fusionhub.work.WorkQueue;
import io.xtribe.fusionhub.work.WorkSet;

/** Puts the intake together for the application: the names under which routes find it. */
class IntakeBeans {

    private static final Logger LOG = Logger.getLogger(IntakeBeans.class);
    private static final Duration OLDEST_TRIGGER = Duration.ofHours(24);

    @Produces
    @Singleton
    @Named("signalIntake")
    SignalIntake signalIntake(
            IncidentStore store,
            ReferenceStore references,
            CommentTexts texts,
            Timeline timeline,
            WorkSet work,
            WorkQueue queue,
            AttemptMaker attempts,
            Platforms platforms,
            CatalogueColumns columns,
            Speakers speakers,
            FusionConfig config,
            EndStore ends,
            FirstSignRule firstSign,
            StormBrake brake,
            Noise noise,
            ChangeRules changeRules,
            DriftWatch drift,
            MeterRegistry metrics) {
        var marks = new QueuedMarks(work, queue);
        return new SignalIntake(
                store,
                references,
                new KnownIncidents(store, references),
                new SignalApplication(
                        store, references, texts, timeline, marks, changeRules, drift::found, InstantSource.system()),
                marks,
                attempts,
                new FirstSigns(firstSign, ends),
                config.platforms().stream().collect(Collectors.toUnmodifiableMap(name -> name, platforms::words)),
                columns.names(),
                new SpeakerCheck(speakers::of, metrics),
                platform -> platforms.copy(platform) != Copy.NONE,
                config.reopenWindow(),
                config.mode() == Mode.OBSERVE,
                brake,
                new CountedSignals(metrics, noise, config.platforms()),
                InstantSource.system());
    }

    /** One for both, so that a reason is said once. */
    @Produces
    @Singleton
    Noise noise(MeterRegistry metrics) {
        return new Noise(metrics);
    }

    @Produces
    @Singleton
    @Named("noisePeek")
    NoisePeek noisePeek(IncidentIndex index, Platforms platforms, FusionConfig config, Noise noise) {
        return new NoisePeek(NoisePeek.peek(platforms, Set.copyOf(config.priorities())), index, noise);
    }

    /** The same file was checked before, with messages for the operator, when the hub started. */
    @Produces
    @Singleton
    Catalogue catalogue(FusionConfig config, CatalogueColumns columns) throws InvalidCatalogueException {
        if (config.catalogue().isEmpty()) {
            return Catalogue.EMPTY;
        }
        var file = config.catalogue().get();
        var catalogue = CatalogueFile.read(Path.of(file), columns);
        catalogue.notes().forEach(note -> LOG.warnf("The service catalogue %s: %s", file, note));
        return catalogue;
    }

    /** Without it a NATS message could set a header of Camel's, such as the URI to call. */
    @Produces
    @Singleton
    @Named("noCamelHeaders")
    HeaderFilterStrategy noCamelHeaders() {
        var strategy = new DefaultHeaderFilterStrategy();
        strategy.setLowerCase(true);
        strategy.setInFilterStartsWith("camel");
        return strategy;
    }

    @Produces
    @Singleton
    FirstSignRule firstSign(FusionConfig config, Platforms platforms) {
        return rule(config, platforms);
    }

    static FirstSignRule rule(FusionConfig config, Platforms platforms) {
        return new FirstSignRule(
                config.priorities().stream()
                        .flatMap(name -> Priority.parse(name).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                config.triggers().sources(),
                platforms.openingWords(),
                config.triggers().maxAge(),
                OLDEST_TRIGGER);
    }
}
