package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.platform.availability.Availability;

/** Tells the route {@code platform-lists} which lists of accounts are to be read now, and takes what was read. */
@Singleton
@Named("accountLists")
public class AccountListReader {

    /** The state of a list with which nothing is wrong. */
    public static final String OK = "ok";

    private final Platforms platforms;
    private final Availability availability;
    private final Duration retry;
    private final List<Consumer<String>> onChange = new CopyOnWriteArrayList<>();

    public AccountListReader(Platforms platforms, Availability availability, FusionConfig config) {
        this.platforms = platforms;
        this.availability = availability;
        this.retry = config.probe();
    }

    /** Told of each platform of which a list is another one than before, or could be read again. */
    public void whenChanged(Consumer<String> action) {
        onChange.add(action);
    }

    /** The routes of the lists whose turn it is. */
    public List<String> due() {
        var due = new ArrayList<String>();
        if (!availability.knowsPauses()) {
            return due;
        }
        for (var platform : platforms.all()) {
            if (availability.of(platform.name()).pausedByHand().isPresent()) {
                continue;
            }
            platform.descriptor().lists().forEach((name, list) -> {
                if (platform.lists().takeTurn(name, platform.settings().duration(list.refresh()), retry)) {
                    due.add(platform.listRoute(name));
                }
            });
        }
        return due;
    }

    /** The lists of all accounts by platform and name, such as {@code pagerduty priorities}, with how they are: {@code ok} or what is wrong. */
    public Map<String, String> states() {
        var states = new TreeMap<String, String>();
        for (var platform : platforms.all()) {
            for (var name : platform.descriptor().lists().keySet()) {
                states.put(platform.name() + " " + name, state(platform.lists(), name));
            }
        }
        return states;
    }

    private static String state(AccountLists lists, String name) {
        if (!lists.isMissed(name)) {
            return OK;
        }
        return lists.isKnown(name)
                ? "cannot be read again, the log says why: what was read before is used"
                : "cannot be read, the log says why: words that are only in it are not understood, and are sent by our own names";
    }

    /** Keeps what the route of a list yielded. */
    public void remember(@Body JsonNode read, @ExchangeProperty("list") String route) {
        for (var platform : platforms.all()) {
            for (var name : platform.descriptor().lists().keySet()) {
                if (platform.listRoute(name).equals(route)) {
                    if (platform.lists().remember(name, read)) {
                        onChange.forEach(action -> action.accept(platform.name()));
                    }
                }
            }
        }
    }
}
