package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.util.Timeout;

import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.PlatformAvailability;

/**
 * The OAuth 2 token that the requests to one platform carry: by the password grant where a user is configured, else by the
 * client credentials grant, with the client's secret in the form (RFC 6749, 2.3.1). Safe for several threads.
 */
public final class OAuthToken implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEARER = "Bearer ";

    private record Token(String value, long ends) {}

    private final Lock renewing = new ReentrantLock();
    private final String platform;
    private final PlatformAvailability availability;
    private final URI address;
    private final Duration timeout;
    private final List<NameValuePair> form;
    private final CloseableHttpClient client;
    private volatile Token token;

    private OAuthToken(Platform platform, Descriptor.OAuth oauth, PlatformAvailability availability) {
        this.availability = availability;
        this.platform = platform.name();
        var settings = platform.settings();
        address = URI.create(settings.url() + oauth.path());
        timeout = settings.timeout();
        form = form(settings, oauth);
        var builder = HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(HttpClients.connectTimeout(timeout)))
                                .build())
                        .build());
        HttpClients.configurer(settings, Map.of("Accept", "application/json")).configureHttpClient(builder);
        client = builder.build();
    }

    /** Empty where requests carry no token: the descriptor has none, or the client's id is not configured. */
    public static Optional<OAuthToken> of(Platform platform, PlatformAvailability availability) {
        return Optional.ofNullable(platform.descriptor().oauth())
                .filter(oauth -> platform.settings().text(oauth.clientId()).isPresent())
                .map(oauth -> new OAuthToken(platform, oauth, availability));
    }

    private static List<NameValuePair> form(PlatformSettings settings, Descriptor.OAuth oauth) {
        var form = new ArrayList<NameValuePair>();
        form.add(new BasicNameValuePair(
                "client_id", settings.text(oauth.clientId()).orElse("")));
        form.add(new BasicNameValuePair(
                "client_secret", settings.text(oauth.clientSecret()).orElse("")));
        var user = oauth.username() == null ? Optional.<String>empty() : settings.text(oauth.username());
        form.add(new BasicNameValuePair("grant_type", user.isPresent() ? "password" : "client_credentials"));
        user.ifPresent(name -> {
            form.add(new BasicNameValuePair("username", name));
            form.add(new BasicNameValuePair(
                    "password", settings.text(oauth.password()).orElse("")));
        });
        return form;
    }

    /** What the header {@code Authorization} holds; of no use before {@link #renew}. */
    public String authorization() {
        var now = token;
        return now == null ? "" : BEARER + now.value();
    }

    /** The platform has refused a request that carried this: it may have revoked the token before its end. */
    public void refused(String authorization) {
        var now = token;
        if (now != null && (BEARER + now.value()).equals(authorization)) {
            token = null;
        }
    }

    /**
     * Fetches another token when there is none that outlives a request.
     *
     * @throws PlatformException when there is none to be had; no record was touched then
     */
    void renew() throws InterruptedException {
        if (isEnding()) {
            if (!renewing.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PlatformException(Kind.WILL_HEAL, platform + " is slow to give out an OAuth token");
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

    private boolean isEnding() {
        var now = token;
        return now == null || now.ends() - System.nanoTime() < timeout.toNanos();
    }

    private Token fetch() {
        var asked = System.nanoTime();
        var post = new HttpPost(address);
        post.setEntity(new UrlEncodedFormEntity(form));
        try {
            return client.execute(post, answer -> read(answer, asked));
        } catch (IOException | RuntimeException e) {
            throw asFailure(FailureClassifier.ofException(platform, e));
        }
    }

    private Token read(ClassicHttpResponse answer, long asked) throws IOException, ParseException {
        var text = answer.getEntity() == null
                ? ""
                : EntityUtils.toString(answer.getEntity(), FailureClassifier.LONGEST_ANSWER);
        if (!Refusal.isSuccess(answer.getCode())) {
            throw FailureClassifier.ofAnswer(platform, answer.getCode(), text, availability.retryAfter(name -> {
                var header = answer.getFirstHeader(name);
                return header == null ? null : header.getValue();
            }));
        }
        var told = JSON.readTree(text);
        var life = told.path("expires_in").asLong();
        if (life < 1) {
            // ServiceNow hands a living token out again, however little life is left in it.
            throw new PlatformException(Kind.WILL_HEAL, 0, "the old one ends this second", Duration.ofSeconds(1), null);
        }
        return new Token(told.path("access_token").asText(), asked + TimeUnit.SECONDS.toNanos(life));
    }

    /** Whatever happened, no record was touched; and a refusal is one of our credentials. */
    private static PlatformException asFailure(PlatformException failure) {
        var kind =
                switch (failure.kind()) {
                    case DENIED, REJECTED -> Kind.ACCOUNT;
                    case THROTTLED -> Kind.THROTTLED;
                    default -> Kind.WILL_HEAL;
                };
        // A token that is redirected says nothing of the request that was to carry it: one that holds less would not be
        // taken either.
        var isElsewhere = failure.status() >= 300 && failure.status() < 400;
        return new PlatformException(
                kind,
                isElsewhere ? 0 : failure.status(),
                "OAuth token: " + failure.getMessage(),
                failure.retryAfter().orElse(null),
                failure);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            // It holds nothing but connections, which are closed all the same.
        }
    }
}
