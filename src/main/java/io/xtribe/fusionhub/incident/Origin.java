package io.xtribe.fusionhub.incident;

/**
 * Where an incident began.
 *
 * @param platform the platform
 * @param source the kind of trigger, for example {@code datadog.monitor}
 * @param scope organisation or instance
 * @param key the origin's own key
 * @param subject the platform's id of what began, by which it can be read again
 */
public record Origin(String platform, String source, String scope, String key, String subject) {}
