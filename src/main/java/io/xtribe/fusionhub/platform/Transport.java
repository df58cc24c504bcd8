package io.xtribe.fusionhub.platform;

import com.fasterxml.jackson.databind.JsonNode;

/** Carries the requests of one platform. Used by many threads at once. */
public interface Transport extends AutoCloseable {

    /**
     * Sends a request and waits for its answer, no longer than the platform's timeout.
     *
     * @return what the platform answered; a missing node for an empty answer
     * @throws PlatformException when the platform refused it
     * @throws Exception any other failure: {@link FailureClassifier} says what it means
     */
    JsonNode send(PlatformRequest request) throws Exception;

    @Override
    void close();
}
