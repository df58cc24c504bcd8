package io.xtribe.fusionhub.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.platform.availability.Availability;

/** Knows which account of each platform may speak to this hub. Tells the route {@code platform-speakers} whom to ask for it. */
@Singleton
@Named("speakers")
public class Speakers {

    private static final Logger LOG = Logger.getLogger(Speakers.class);

    private final Map<String, Speaker> speakers = new LinkedHashMap<>();
    private final Availability availability;

    public Speakers(Platforms platforms, Availability availability) {
        this.availability = availability;
        platforms.all().forEach(platform -> Optional.ofNullable(
                        platform.descriptor().speaker())
                .ifPresent(rule -> speakers.put(platform.name(), of(platform, rule))));
    }

    private static Speaker of(Platform platform, SpeakerRule rule) {
        var settings = platform.settings();
        return new Speaker(
                rule,
                settings.key(rule.setting()),
                settings.list(rule.setting()),
                settings.url().getHost(),
                System::nanoTime);
    }

    /** Of a platform; empty where it does not tell who speaks. */
    public Optional<Speaker> of(String platform) {
        return Optional.ofNullable(speakers.get(platform));
    }

    /** What is known, by platform. */
    public Map<String, Speaker> all() {
        return Map.copyOf(speakers);
    }

    /** The routes that are to ask now. */
    public List<String> due() {
        var due = new ArrayList<String>();
        if (!availability.knowsPauses()) {
            return due;
        }
        speakers.forEach((name, speaker) -> {
            if (availability.of(name).pausedByHand().isEmpty() && speaker.takeTurn()) {
                due.add(Platform.speakerRoute(name));
            }
        });
        return due;
    }

    /** The platform's API has answered with a list of names, or with nothing. */
    public void learned(@Body JsonNode told, @ExchangeProperty("speaker") String route) {
        var names = new ArrayList<String>();
        if (told != null && told.isArray()) {
            told.forEach(name -> names.add(name.asText("")));
        }
        find(route).ifPresent(name -> say(name, speakers.get(name).learned(names)));
    }

    /** The platform's API has refused to tell it, or has not answered: then it is asked again soon. */
    public void failed(@ExchangeProperty("speaker") String route, Exception cause) {
        find(route).ifPresent(name -> {
            var failure = FailureClassifier.ofException(name, cause);
            if (failure.status() > 0 && !failure.isOutage() && !failure.isThrottled()) {
                say(name, speakers.get(name).notTold("its API does not tell it (" + failure.status() + ")"));
            }
        });
    }

    private Optional<String> find(String route) {
        return speakers.keySet().stream()
                .filter(name -> Platform.speakerRoute(name).equals(route))
                .findFirst();
    }

    private static String sentence(String platform, Speaker speaker) {
        return platform + ", " + speaker.what() + " that may speak: " + speaker.words();
    }

    private void say(String platform, boolean isNews) {
        if (isNews) {
            LOG.info(sentence(platform, speakers.get(platform)));
        }
    }
}
