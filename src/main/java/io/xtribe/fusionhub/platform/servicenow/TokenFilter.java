package io.xtribe.fusionhub.platform.servicenow;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;

import io.xtribe.fusionhub.platform.OAuthToken;

/**
 * Puts the OAuth token into requests to ServiceNow. camel-servicenow can fetch one too, but only by the password grant, without
 * a timeout, and with the client's secret in a header, where ServiceNow wants it in the form (ServiceNow documentation, "OAuth
 * API request parameters").
 *
 * @param token the token
 */
record TokenFilter(OAuthToken token) implements ClientRequestFilter, ClientResponseFilter {

    private static final String HEADER = "Authorization";

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(HEADER, token.authorization());
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        if (response.getStatus() == 401) {
            token.refused(request.getHeaderString(HEADER));
        }
    }
}
