package io.xtribe.fusionhub.platform;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

/** Carries the requests of one platform. Used by many threads at once. */
public interface Transport extends AutoCloseable {

    /**
     * Sends a request and waits for its answer, no longer than the platform's timeout.
     *
     * @param headers is given a way to look up the headers of the answer, if there is one, by their names
     * @return what the platform answered; a missing node for an empty answer
     * @throws PlatformException when the platform refused it
     * @throws Exception any other failure: {@link FailureClassifier} says what it means
     */
    JsonNode send(PlatformRequest request, Consumer<UnaryOperator<String>> headers) throws Exception;

    @Override
    void close();
}
