package io.xtribe.fusionhub.converge;

import java.util.List;

import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.Availability;

/** What the probe of a platform tells: whether it takes our credentials. For routes. */
public final class Probes {

    /** Exchange property that is there after a probe that was answered. */
    static final String ACCEPTED = "accepted";

    private static final Logger LOG = Logger.getLogger(Probes.class);

    private final Availability availability;

    Probes(Availability availability) {
        this.availability = availability;
    }

    /** The paused platforms. */
    public List<String> paused() {
        return availability.names();
    }

    /** The probe was answered. */
    public void accepted(String platform, Exchange exchange) {
        exchange.setProperty(ACCEPTED, true);
        availability.accepted(platform);
    }

    /** The probe was refused, or had no answer, which says nothing about our credentials. */
    public void failed(String platform, Exception cause) {
        var failure = FailureClassifier.ofException(platform, cause);
        var own = availability.of(platform);
        if (own.isPaused()) {
            LOG.warnf("%s stays paused: %s", platform, failure.getMessage());
        } else if (failure.kind() == Kind.DENIED || failure.kind() == Kind.ACCOUNT) {
            own.pause(failure.getMessage());
        }
    }
}
