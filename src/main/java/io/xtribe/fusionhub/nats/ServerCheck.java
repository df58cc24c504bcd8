package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.AccountStatistics;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.StoreUnavailableException;

/**
 * Whether the server, and what it keeps for the hub, is set up as the hub needs it, as far as a client can see. How often the server writes
 * to its disk ({@code sync_interval}) no client can see.
 */
@Singleton
public class ServerCheck {

    /**
     * Something that is not as it should be.
     *
     * @param isError whether signals or records may be lost by it; else it is a risk that somebody may have chosen
     */
    public record Problem(boolean isError, String text, String remedy) {}

    /** A webhook of 512 KB as a dead letter, in base64 and with its headers. The default of the server. */
    static final long LEAST_PAYLOAD = 1024 * 1024;

    /** Before it, a cluster may take two changes of one revision, and one of them is lost: nats-server issue 4320. */
    private static final String FIRST_SERIALIZABLE = "2.9.21";

    private static final double FULL = 0.8;
    /** What JetStream calls a bucket's stream. */
    private static final String BUCKET = "KV_";

    private final NatsLink nats;
    private final Layout layout;

    @Inject
    ServerCheck(NatsLink nats, FusionConfig config) {
        this(nats, config.nats());
    }

    ServerCheck(NatsLink nats, FusionConfig.Nats config) {
        this.nats = nats;
        this.layout = new Layout(config.replicas());
    }

    /**
     * All that is wrong. Streams and buckets that are missing are left out: {@link Provisioning} tells of them.
     *
     * @throws StoreUnavailableException when NATS does not answer
     */
    public List<Problem> problems() {
        try {
            var problems = new ArrayList<Problem>();
            var server = nats.connection().getServerInfo();
            problems.addAll(ofServer(server));
            storage(nats.management().getAccountStatistics(), problems);
            for (var wanted : wanted()) {
                var found = find(wanted.getName());
                if (found != null) {
                    stream(wanted, found, server.getCluster() != null, problems);
                }
            }
            return problems;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new StoreUnavailableException("NATS does not tell its settings", e);
        }
    }

    static List<Problem> ofServer(ServerInfo server) {
        var problems = new ArrayList<Problem>();
        if (server.getMaxPayload() < LEAST_PAYLOAD) {
            problems.add(new Problem(
                    true,
                    "the server takes messages of %d KB only: a large webhook is not stored"
                            .formatted(server.getMaxPayload() / 1024),
                    "set max_payload to 1MB or more"));
        }
        if (server.getCluster() != null && server.isOlderThanVersion(FIRST_SERIALIZABLE)) {
            problems.add(new Problem(
                    true,
                    "a cluster of servers of version " + server.getVersion()
                            + " may lose what two hubs write at once: links come half a minute late",
                    "update the servers, to " + FIRST_SERIALIZABLE + " at least"));
        }
        if (!server.isAuthRequired()) {
            problems.add(new Problem(
                    false,
                    "the server asks for no credentials: whoever reaches it can open incidents and read all of them",
                    "give it users, and the hub fusion.nats.credentials"));
        }
        return problems;
    }

    private static void storage(AccountStatistics account, List<Problem> problems) {
        var most = account.getLimits().getMaxStorage();
        if (most > 0 && account.getStorage() > FULL * most) {
            problems.add(new Problem(
                    true,
                    "the account's file storage is full to %d %%".formatted(100 * account.getStorage() / most),
                    "give it more, or purge what is not needed: a full one takes no signals"));
        }
    }

    /** Buckets as streams, of which only the name, storage, replicas and age are looked at. */
    private List<StreamConfiguration> wanted() {
        return Stream.concat(
                        layout.streams().stream(), layout.buckets().stream().map(bucket -> StreamConfiguration.builder()
                                .name(BUCKET + bucket.getBucketName())
                                .storageType(bucket.getStorageType())
                                .replicas(bucket.getReplicas())
                                .maxAge(bucket.getTtl())
                                .build()))
                .toList();
    }

    private StreamInfo find(String name) throws IOException, JetStreamApiException {
        try {
            return nats.management().getStreamInfo(name);
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == Provisioning.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private static void stream(
            StreamConfiguration wanted, StreamInfo found, boolean isCluster, List<Problem> problems) {
        var name = wanted.getName();
        var actual = found.getConfiguration();
        if (actual.getStorageType() != StorageType.File) {
            problems.add(new Problem(
                    true,
                    name + " is kept in memory: a restart of the server loses it",
                    "make it again on file storage"));
        }
        if (isShorter(actual.getMaxAge(), wanted.getMaxAge())) {
            problems.add(new Problem(
                    true,
                    "%s keeps messages for %s, less than %s".formatted(name, age(actual), age(wanted)),
                    "nats stream edit %s --max-age %s".formatted(name, age(wanted))));
        }
        if (actual.getReplicas() < wanted.getReplicas()) {
            problems.add(new Problem(
                    true,
                    "%s has %d of %d replicas".formatted(name, actual.getReplicas(), wanted.getReplicas()),
                    "nats stream edit %s --replicas %d".formatted(name, wanted.getReplicas())));
        } else if (isCluster && actual.getReplicas() == 1) {
            problems.add(new Problem(
                    false,
                    name + " has one replica: it is away with its server, and lost with that one's disk",
                    "fusion.nats.replicas=3, and nats stream edit " + name + " --replicas 3"));
        }
        replicas(found, problems);
    }

    private static void replicas(StreamInfo found, List<Problem> problems) {
        var cluster = found.getClusterInfo();
        if (cluster == null || cluster.getReplicas() == null) {
            return;
        }
        cluster.getReplicas().stream()
                .filter(replica -> replica.isOffline() || !replica.isCurrent())
                .forEach(replica -> problems.add(new Problem(
                        true,
                        "the replica of %s on %s is %s"
                                .formatted(
                                        found.getConfiguration().getName(),
                                        replica.getName(),
                                        replica.isOffline() ? "offline" : "behind"),
                        "see to that server, or wait until it has caught up")));
    }

    /** Zero stands for ever. */
    private static boolean isShorter(Duration actual, Duration wanted) {
        return !actual.isZero() && (wanted.isZero() || actual.compareTo(wanted) < 0);
    }

    private static String age(StreamConfiguration stream) {
        return stream.getMaxAge().isZero() ? "0" : stream.getMaxAge().toHours() + "h";
    }
}
