package io.xtribe.fusionhub.platform.availability;

/**
 * A step that wants to call a platform.
 *
 * @param incidentId whose step it is
 * @param key names the step on its platform, {@code <incident id>/<kind>}; two wishes with one key are the same
 * @param kind steps of one kind call the same endpoints, for example {@code open/case}
 * @param lane how urgent it is
 */
public record Wish(String incidentId, String key, String kind, Lane lane) {}
