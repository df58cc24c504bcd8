package io.xtribe.fusionhub.console.jmx;

import java.util.Map;
import java.util.TreeMap;

import io.xtribe.fusionhub.platform.availability.PlatformAvailability;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;
import io.xtribe.fusionhub.upkeep.PlatformPauses;

/** One platform: what is in memory here, and pausing it for all hubs. */
final class PlatformBean implements PlatformMXBean {

    private final String name;
    private final PlatformAvailability platform;
    private final PlatformPauses pauses;

    PlatformBean(String name, PlatformAvailability platform, PlatformPauses pauses) {
        this.name = name;
        this.platform = platform;
        this.pauses = pauses;
    }

    @Override
    public String getState() {
        return status().state().name();
    }

    @Override
    public String getSince() {
        return text(status().since());
    }

    @Override
    public String getUntil() {
        return text(status().until());
    }

    @Override
    public String getWords() {
        return status().words();
    }

    @Override
    public boolean isPaused() {
        return status().state() == State.PAUSED;
    }

    @Override
    public String getPausedBy() {
        return text(status().pausedBy());
    }

    @Override
    public boolean isHeld() {
        return platform.isHeld();
    }

    @Override
    public String getBreaker() {
        return platform.breaker();
    }

    @Override
    public Map<String, Long> getBudget() {
        var left = new TreeMap<String, Long>();
        status().budgets().forEach(budget -> left.put(budget.name(), budget.left()));
        return left;
    }

    @Override
    public Map<String, Integer> getQueue() {
        return status().queue();
    }

    @Override
    public Map<String, Long> getLagMillis() {
        return status().lagMillis();
    }

    @Override
    public int getWaiting() {
        return status().waiting();
    }

    @Override
    public String pause(String reason) {
        var asked = JmxAsker.request("pause", reason);
        pauses.pause(name, asked.who(), asked.reason());
        return name + " is " + getWords();
    }

    @Override
    public String resume(String reason) {
        var asked = JmxAsker.request("resume", reason);
        pauses.resume(name, asked.who(), asked.reason());
        return name + " is resumed";
    }

    private PlatformStatus status() {
        return platform.status();
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
