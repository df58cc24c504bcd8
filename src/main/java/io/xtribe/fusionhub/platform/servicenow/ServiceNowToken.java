package io.xtribe.fusionhub.platform.servicenow;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.MediaType;
import org.apache.cxf.jaxrs.client.WebClient;

import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.PlatformSettings;

/**
 * The OAuth token that requests to ServiceNow carry, if the hub is to use OAuth.
 *
 * <p>camel-servicenow can fetch one too, but only by the password grant, without a timeout, and with the client's secret
 * in a header, where ServiceNow wants it in the form (ServiceNow documentation, "OAuth API request parameters").
 */
class ServiceNowToken implements ClientRequestFilter, ClientResponseFilter {

    private static final String PATH = "/oauth_token.do";
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Token(String value, Instant ends) {}

    private final Lock renewing = new ReentrantLock();
    private final PlatformSettings settings;
    private volatile Token token = new Token("", Instant.MIN);

    ServiceNowToken(PlatformSettings settings) {
        this.settings = settings;
    }

    /** Whether requests carry a token, instead of the user's name and password. */
    boolean isUsed() {
        return settings.text("client-id").isPresent();
    }

    /**
     * Fetches another token when the one at hand would not outlive a request.
     *
     * @throws PlatformException when there is none to be had; nothing was changed in ServiceNow then
     */
    void renew() throws InterruptedException {
        if (isUsed() && isEnding()) {
            if (!renewing.tryLock(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PlatformException(Kind.WILL_HEAL, "servicenow is slow to give out an OAuth token");
            }
            try {
                if (isEnding()) {
                    token = fetch();
                }
            } finally {
                renewing.unlock();
            }
        }
    }

    @Override
    public void filter(ClientRequestContext request) {
        if (isUsed() && !isForToken(request)) {
            request.getHeaders().putSingle("Authorization", "Bearer " + token.value());
        }
    }

    /** A token may be revoked before its time. */
    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        if (response.getStatus() == 401) {
            token = new Token("", Instant.MIN);
        }
    }

    private boolean isEnding() {
        return token.ends().isBefore(Instant.now().plus(settings.timeout()));
    }

    private Token fetch() {
        var asked = Instant.now();
        var web = WebClient.create(settings.url() + PATH).accept(MediaType.APPLICATION_JSON);
        WebClient.getConfig(web).getHttpConduit().setClient(ServiceNowTransports.policy(settings.timeout()));
        try {
            var answer = JSON.readTree(web.form(request()).readEntity(String.class));
            var life = answer.path("expires_in").asLong();
            if (life < 1) {
                // A living token is handed out again, however little life is left in it.
                throw new PlatformException(
                        Kind.WILL_HEAL, 0, "the old one ends this second", Duration.ofSeconds(1), null);
            }
            return new Token(answer.path("access_token").asText(), asked.plusSeconds(life));
        } catch (RuntimeException | IOException e) {
            throw asFailure(FailureClassifier.ofException("servicenow", e));
        } finally {
            web.close();
        }
    }

    private Form request() {
        var form = new Form()
                .param("client_id", settings.text("client-id").orElse(""))
                .param("client_secret", settings.text("client-secret").orElse(""));
        return settings.text("username").isEmpty()
                ? form.param("grant_type", "client_credentials")
                : form.param("grant_type", "password")
                        .param("username", settings.text("username").get())
                        .param("password", settings.text("password").orElse(""));
    }

    private static boolean isForToken(ClientRequestContext request) {
        return request.getUri().getPath().endsWith(PATH);
    }

    /** Whatever happened, no record was touched; and a refusal is one of our credentials. */
    private static PlatformException asFailure(PlatformException failure) {
        var kind =
                switch (failure.kind()) {
                    case UNAUTHORISED, FORBIDDEN, REJECTED -> Kind.UNAUTHORISED;
                    default -> Kind.WILL_HEAL;
                };
        return new PlatformException(
                kind,
                failure.status(),
                "OAuth token: " + failure.getMessage(),
                failure.retryAfter().orElse(null),
                failure);
    }
}
