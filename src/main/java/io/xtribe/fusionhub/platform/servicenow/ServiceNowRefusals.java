package io.xtribe.fusionhub.platform.servicenow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;

import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.PlatformAvailability;

/**
 * Turns ServiceNow's refusals into ours before camel-servicenow sees them: it hides the response headers, {@code
 * Retry-After} among them, and cannot read a refusal that is not JSON.
 */
class ServiceNowRefusals implements ClientResponseFilter {

    private static final int MAX_WORDS = 500;

    private final PlatformAvailability availability;

    ServiceNowRefusals(PlatformAvailability availability) {
        this.availability = availability;
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) throws IOException {
        var status = response.getStatus();
        availability.told(response::getHeaderString);
        if (status < 200 || status > 299) {
            var failure = FailureClassifier.ofAnswer(
                    "servicenow", status, words(response), availability.retryAfter(response::getHeaderString));
            throw new IOException(asRecordRefusal(failure));
        }
    }

    /** A 403 here is about this record: a data policy, an access rule, an aborting business rule. */
    private static PlatformException asRecordRefusal(PlatformException failure) {
        return failure.kind() != Kind.FORBIDDEN
                ? failure
                : new PlatformException(Kind.REJECTED, failure.status(), failure.getMessage(), null, null);
    }

    private static String words(ClientResponseContext response) throws IOException {
        if (!response.hasEntity()) {
            return "";
        }
        return new String(response.getEntityStream().readNBytes(MAX_WORDS), StandardCharsets.UTF_8);
    }
}
