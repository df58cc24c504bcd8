package io.xtribe.fusionhub.console.page;

import java.util.List;

/**
 * All platforms, and what this hub has to do for them.
 *
 * @param platforms by name
 * @param waiting how many incidents are not settled and wait for their time
 * @param inFlight how many this hub works on now
 * @param oldestDue for how long the one that has been due for longest has waited, in words
 */
public record PlatformsView(List<PlatformView> platforms, int waiting, int inFlight, String oldestDue) {}
