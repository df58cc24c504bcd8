package io.xtribe.fusionhub.console.page;

import java.util.List;

import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;

/**
 * A platform.
 *
 * @param title what people call it
 * @param why what keeps it from being called, in words; empty where nothing does
 * @param lanes how many steps wait, the most urgent first
 * @param polls what no webhook tells and is read from it
 * @param folder what is wrong with its mounted folder; empty where nothing is
 */
public record PlatformView(
        PlatformStatus status, String title, String why, List<Lane> lanes, List<Poll> polls, String folder) {

    /**
     * Steps of one lane that wait.
     *
     * @param lag for how long the oldest of them has waited, in words; empty where none waits
     */
    public record Lane(String name, int waiting, String lag) {}

    /** One poll; trouble is empty where it goes well. */
    public record Poll(String name, String ago, String trouble) {}

    public String name() {
        return status.platform();
    }

    /** Where it is asked for. */
    public String verb(String verb) {
        return "/api/platforms/" + name() + "/" + verb;
    }

    /** As the dialog is called that asks for it. */
    public String ask(String verb) {
        return verb + "-" + name();
    }

    public String question(String verb) {
        return verb + " " + title + "?";
    }

    public String label() {
        return status.state().label();
    }

    public boolean isPaused() {
        return status.state() == State.PAUSED;
    }

    public boolean isWell() {
        return status.state() == State.OK;
    }

    /** As its symbol and its style class are called. */
    public String sign() {
        return switch (status.state()) {
            case OK -> "mark-in-step";
            case LIMITED, HELD, PROBING -> "mark-held";
            case BROKEN, PAUSED -> "mark-rejected";
        };
    }
}
