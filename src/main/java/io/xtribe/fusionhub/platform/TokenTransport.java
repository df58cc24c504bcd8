package io.xtribe.fusionhub.platform;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Sees to it that requests carry a token that is valid. A request that is answered 401 is made once more with a new one: the
 * platform may have revoked the old one before its end, and has done nothing.
 *
 * @param transport puts the token into its requests
 */
public record TokenTransport(Transport transport, OAuthToken token) implements Transport {

    private static final int UNAUTHORISED = 401;

    @Override
    public JsonNode send(PlatformRequest request, Consumer<UnaryOperator<String>> headers) throws Exception {
        token.renew();
        try {
            return transport.send(request, headers);
        } catch (Exception e) {
            if (FailureClassifier.ofException("", e).status() != UNAUTHORISED) {
                throw e;
            }
            token.renew();
            return transport.send(request, headers);
        }
    }

    @Override
    public void close() {
        token.close();
        transport.close();
    }
}
