package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Features that an account may lack. One that turned out to be missing is tried again after an hour. */
@Singleton
@Named("optionalFeatures")
public class OptionalFeatures {

    private static final Logger LOG = Logger.getLogger(OptionalFeatures.class);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofHours(1);

    private final Map<String, Long> offSince = new ConcurrentHashMap<>();

    public boolean isOn(String feature) {
        var since = offSince.get(feature);
        return since == null || System.nanoTime() - since > TRY_AGAIN_AFTER.toNanos();
    }

    /** Forgets which were missing. */
    public void forget() {
        offSince.clear();
    }

    public void turnOff(String feature) {
        if (offSince.put(feature, System.nanoTime()) == null) {
            LOG.infof("%s are not there, doing without", feature);
        }
    }
}
