package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nats.client.Options;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;

/**
 * The hub's one connection to NATS. Once it is made, the client reconnects without end. Before it is made
 * everything that needs it fails with {@link IllegalStateException}.
 */
@Singleton
public class NatsLink {

    private static final Logger LOG = Logger.getLogger(NatsLink.class);

    private final FusionConfig.Nats config;
    private final NatsOutage outage;
    private final Map<String, KeyValue> buckets = new ConcurrentHashMap<>();
    private volatile Connection connection;
    private volatile JetStream jetStream;
    private volatile boolean ending;
    private volatile boolean closing;

    @Inject
    NatsLink(FusionConfig config, NatsOutage outage) {
        this.config = config.nats();
        this.outage = outage;
    }

    public NatsLink(FusionConfig.Nats config) {
        this.config = config;
        this.outage = new NatsOutage(config);
    }

    /** Tries once to connect. */
    public void connect() throws IOException, InterruptedException {
        var made = Nats.connect(options());
        jetStream = made.jetStream();
        connection = made;
        LOG.infof(
                "Connected to NATS %s, server %s",
                NatsOutage.masked(String.valueOf(made.getConnectedUrl())),
                made.getServerInfo().getVersion());
    }

    public boolean isConnected() {
        var made = connection;
        return made != null && made.getStatus() == Connection.Status.CONNECTED;
    }

    /** How often the client has connected again. */
    long reconnects() {
        var made = connection;
        return made == null ? 0 : made.getStatistics().getReconnects();
    }

    /** For routes: resolved when first used, so that a route may name it before the server is there. */
    @Produces
    @ApplicationScoped
    @Named("nats")
    Connection connectionForRoutes() {
        return DrainingConnection.of(connection(), () -> ending);
    }

    /** The hub is about to end: signals that are delivered from now on go back to NATS, for another hub. */
    public void takeNothingMore() {
        ending = true;
    }

    public Connection connection() {
        var made = connection;
        if (made == null) {
            throw new IllegalStateException("not connected to NATS yet");
        }
        return made;
    }

    public JetStream jetStream() {
        connection();
        return jetStream;
    }

    public JetStreamManagement management() throws IOException {
        return connection().jetStreamManagement();
    }

    /** A bucket by name; it need not exist yet. */
    public Bucket bucket(String name) {
        return new Bucket(this, name);
    }

    KeyValue keyValue(String name) {
        return buckets.computeIfAbsent(name, bucket -> {
            try {
                return connection().keyValue(bucket);
            } catch (IOException e) {
                throw new IllegalStateException("cannot open bucket " + bucket, e);
            }
        });
    }

    private Options options() throws IOException {
        var options = Options.builder()
                .servers(config.url().toArray(String[]::new))
                .connectionName("fusion-hub")
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(500))
                .reconnectJitter(Duration.ofMillis(250))
                .reconnectJitterTls(Duration.ofMillis(500))
                .connectionTimeout(Duration.ofSeconds(2))
                .pingInterval(Duration.ofSeconds(10))
                .maxPingsOut(2)
                // Nothing is buffered while disconnected: a caller must learn at once that its write did not happen.
                .reconnectBufferSize(0)
                .connectionListener((source, event) -> changed(event))
                .errorListener(new NatsErrorLog());
        config.credentials().ifPresent(path -> options.authHandler(Nats.credentials(path)));
        if (config.tls().enabled()) {
            try {
                config.tls().trustStore().ifPresent(options::truststorePath);
                config.tls().trustStorePassword().map(String::toCharArray).ifPresent(options::truststorePassword);
                options.secure();
            } catch (GeneralSecurityException e) {
                throw new IOException("TLS to NATS cannot be set up: " + e.getMessage(), e);
            }
        }
        return options.build();
    }

    /** Reports changes of an existing connection; why a first connection fails is reported by the caller of {@link #connect}. */
    private void changed(ConnectionListener.Events event) {
        LOG.debugf("NATS %s", event);
        if (connection == null || closing) {
            return;
        }
        switch (event) {
            case DISCONNECTED -> outage.away("connection lost");
            case RECONNECTED -> outage.back();
            case LAME_DUCK ->
                LOG.infof(
                        "The NATS server %s is about to stop",
                        NatsOutage.masked(String.valueOf(connection.getConnectedUrl())));
            default -> {
                // Of no interest to an operator.
            }
        }
    }

    @PreDestroy
    public void close() throws InterruptedException {
        closing = true;
        if (connection != null) {
            connection.close();
        }
    }
}
