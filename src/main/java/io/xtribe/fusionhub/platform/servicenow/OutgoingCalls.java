package io.xtribe.fusionhub.platform.servicenow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;

import io.xtribe.fusionhub.platform.Deadlines;
import io.xtribe.fusionhub.platform.ForwardProxy;
import io.xtribe.fusionhub.trace.Traces;

/**
 * Makes the calls of camel-servicenow's client like those of the usual transport: answers may be compressed, who we are is told
 * to the proxy, and a call ends at its deadline, however slowly its answer keeps dripping in.
 *
 * @param proxy on the way, if there is one
 * @param timeout of a call, connecting included
 */
record OutgoingCalls(Optional<ForwardProxy> proxy, Duration timeout) implements ClientRequestFilter {

    private static final String BEGAN = OutgoingCalls.class.getName();
    private static final String ENCODING = "Content-Encoding";

    @Override
    public void filter(ClientRequestContext request) {
        request.setProperty(BEGAN, System.nanoTime());
        request.getHeaders().putSingle("Accept-Encoding", "gzip");
        Traces.inject((name, value) -> request.getHeaders().putSingle(name, value));
        // The client sends it to the proxy only, also where it asks that for a tunnel.
        proxy.flatMap(ForwardProxy::authorization)
                .ifPresent(who -> request.getHeaders().putSingle("Proxy-Authorization", who));
    }

    /** To be called for each answer, before anything reads it. */
    void answered(ClientRequestContext request, ClientResponseContext response) throws IOException {
        if (!response.hasEntity()) {
            return;
        }
        var left = request.getProperty(BEGAN) instanceof Long began
                ? timeout.minusNanos(System.nanoTime() - began)
                : timeout;
        Deadlines.after(left, response.getEntityStream(), OutgoingCalls::end);
        if ("gzip".equalsIgnoreCase(response.getHeaderString(ENCODING))) {
            response.getHeaders().remove(ENCODING);
            response.setEntityStream(unpacked(response.getEntityStream()));
        }
    }

    private static InputStream unpacked(InputStream packed) throws IOException {
        var bytes = packed.readAllBytes();
        return bytes.length == 0
                ? new ByteArrayInputStream(bytes)
                : new GZIPInputStream(new ByteArrayInputStream(bytes));
    }

    private static void end(InputStream answer) {
        try {
            answer.close();
        } catch (IOException e) {
            // Whoever reads it hears of it.
        }
    }
}
