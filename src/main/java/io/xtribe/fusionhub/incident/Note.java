package io.xtribe.fusionhub.incident;

/**
 * Something that was decided, for the timeline.
 *
 * @param rule by which
 * @param text what, for people
 */
public record Note(Rule rule, String text) {}
