package io.xtribe.fusionhub.setup;

import java.util.Optional;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.HubConfiguration;

/** The webhook secrets of the configuration. */
final class Secrets {

    private Secrets() {}

    static String key(String source) {
        return "fusion.webhooks." + source + ".secret";
    }

    static boolean isSet(FusionConfig config, String source) {
        return first(config, source).isPresent();
    }

    /**
     * The one that a platform is given; during rotation that is the first of two.
     *
     * @param purpose what to set the key to, for the message when there is none
     */
    static String first(FusionConfig config, String source, String purpose) throws HubConfiguration.Invalid {
        return HubConfiguration.required(key(source), first(config, source), purpose);
    }

    private static Optional<String> first(FusionConfig config, String source) {
        return Optional.ofNullable(config.webhooks().get(source))
                .flatMap(FusionConfig.Webhook::secret)
                .flatMap(secrets -> secrets.stream().findFirst());
    }
}
