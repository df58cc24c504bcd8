package io.xtribe.fusionhub.platform.servicenow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;

import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Refusals;
import io.xtribe.fusionhub.platform.availability.PlatformAvailability;

/**
 * Turns ServiceNow's refusals into ours before camel-servicenow sees them: it hides the response headers, {@code
 * Retry-After} among them, cannot read a refusal that is not JSON, and drops an error that stands beside a result.
 */
class ServiceNowRefusals implements ClientResponseFilter {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Rows of the table name this status for every success. */
    private static final int SUCCESS = 200;

    private static final String ERROR = "\"error\"";
    private static final String FAILURE = "\"failure\"";

    private final String platform;
    private final Refusals refusals;
    private final PlatformAvailability availability;
    private final OutgoingCalls calls;
    private final AnswerListener listener;

    ServiceNowRefusals(
            Platform platform, PlatformAvailability availability, OutgoingCalls calls, AnswerListener listener) {
        this.platform = platform.name();
        this.refusals = platform.refusals();
        this.availability = availability;
        this.calls = calls;
        this.listener = listener;
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) throws IOException {
        var status = response.getStatus();
        listener.answered(response::getHeaderString);
        calls.answered(request, response);
        if (status < 200 || status > 299) {
            throw new IOException(FailureClassifier.ofAnswer(
                    platform, status, words(response), availability.retryAfter(response::getHeaderString)));
        }
        if (response.hasEntity()) {
            refuseWhatIsNoResult(response);
        }
    }

    private void refuseWhatIsNoResult(ClientResponseContext response) throws IOException {
        var bytes = response.getEntityStream().readAllBytes();
        response.setEntityStream(new ByteArrayInputStream(bytes));
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (!isWhole(text.strip())) {
            throw new IOException(FailureClassifier.ofPage(platform, text));
        }
        // Few answers hold these words: only these are parsed a second time.
        if (text.contains(ERROR) || text.contains(FAILURE)) {
            try {
                var failure = refusals.inSuccess(SUCCESS, JSON.readTree(text), "");
                if (failure.isPresent()) {
                    throw new IOException(failure.get());
                }
            } catch (JsonProcessingException e) {
                throw new IOException(FailureClassifier.ofPage(platform, text));
            }
        }
    }

    /** An answer is an object. What is cut in the middle, a page or a text would be told in the words of a parser. */
    private static boolean isWhole(String text) {
        return text.isEmpty() || text.startsWith("{") && text.endsWith("}");
    }

    private static String words(ClientResponseContext response) throws IOException {
        return response.hasEntity()
                ? new String(
                        response.getEntityStream().readNBytes(FailureClassifier.LONGEST_ANSWER), StandardCharsets.UTF_8)
                : "";
    }
}
