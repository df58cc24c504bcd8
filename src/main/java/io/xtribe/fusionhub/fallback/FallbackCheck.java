package io.xtribe.fusionhub.fallback;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.ConfigProblems;
import io.xtribe.fusionhub.config.ConfigurationCheck;
import io.xtribe.fusionhub.config.FusionConfig;

/** Checks the ways to be heard beside the page: half of one would be noticed only when it is needed. */
@Singleton
public class FallbackCheck implements ConfigurationCheck {

    private static final String PREFIX = "fusion.fallback.";
    private static final Set<String> WEB = Set.of("http", "https");

    @Override
    public List<String> problems(FusionConfig config) {
        var problems = new ArrayList<String>();
        config.publicUrl()
                .flatMap(url -> ConfigProblems.url("fusion.public-url", url, WEB))
                .ifPresent(problems::add);
        var fallback = config.fallback();
        fallback.webhook()
                .url()
                .flatMap(url -> ConfigProblems.url(PREFIX + "webhook.url", url, WEB))
                // Its value is not told: the address of a chat's webhook is a secret.
                .ifPresent(problem -> problems.add(PREFIX
                        + "webhook.url is no URL: use one that begins with http:// or https:// and names a host"));
        if (fallback.events().key().isPresent()) {
            ConfigProblems.url(PREFIX + "events.url", fallback.events().url(), WEB)
                    .ifPresent(problems::add);
        }
        checkMail(fallback.mail(), problems);
        if (fallback.timeout().isNegative() || fallback.timeout().isZero()) {
            problems.add(PREFIX + "timeout is '" + fallback.timeout() + "': use a duration above zero, such as 10s");
        }
        return problems;
    }

    private static void checkMail(FusionConfig.Fallback.Mail mail, List<String> problems) {
        var host = PREFIX + "mail.host";
        if (mail.host().isEmpty()) {
            if (mail.from().isPresent() || mail.to().isPresent() || mail.user().isPresent()) {
                problems.add(
                        host + " is missing: name the SMTP server, or take the other keys " + PREFIX + "mail.* out");
            }
            return;
        }
        if (mail.from().isEmpty()) {
            problems.add(PREFIX + "mail.from is missing: name the sender's address, since " + host + " is set");
        }
        if (mail.to().isEmpty()) {
            problems.add(PREFIX + "mail.to is missing: name at least one address, since " + host + " is set");
        }
        if (mail.user().isPresent() != mail.password().isPresent()) {
            problems.add(PREFIX + "mail.user and " + PREFIX + "mail.password: set both, or neither");
        }
        if (mail.port() < 1 || mail.port() > 65535) {
            problems.add(PREFIX + "mail.port is '" + mail.port() + "': use a port of 1 to 65535");
        }
    }
}
