package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * Whether Testcontainers can run an image here. Asked step by step, as Testcontainers' own way to find out waits and
 * complains for minutes where there is an engine but no registry.
 */
public final class DockerEngine {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    private static final Duration PULL_LIMIT = Duration.ofMinutes(3);
    private static final Duration REAPER_LIMIT = Duration.ofMinutes(1);

    /** Kept, because the log manager forgets the level of a logger that nobody holds. */
    private static final List<Logger> NOISE = Stream.of("org.testcontainers", "tc", "com.github.dockerjava")
            .map(Logger::getLogger)
            .toList();

    private DockerEngine() {}

    /** Why containers of this image cannot be had, empty if they can; pulls the image if need be. */
    public static Optional<String> obstacleTo(String image) {
        NOISE.forEach(logger -> logger.setLevel(Level.OFF));
        Optional<String> obstacle = noAnswer()
                .or(DockerEngine::engineElsewhere)
                .or(() -> imageMissing(image))
                .or(DockerEngine::reaperMissing);
        if (obstacle.isEmpty()) {
            NOISE.forEach(logger -> logger.setLevel(Level.SEVERE));
        }
        return obstacle;
    }

    /** An engine may accept connections and not answer. */
    private static Optional<String> noAnswer() {
        return within(ANSWER_LIMIT, "the Docker engine does not answer", () -> {
            try {
                DockerClientFactory.instance().getInfo();
                return Optional.empty();
            } catch (RuntimeException | LinkageError noEngine) {
                return Optional.of("no Docker engine answers");
            }
        });
    }

    /** Servers under test listen on loopback. For tests inside a container that is not the loopback of its engine. */
    private static Optional<String> engineElsewhere() {
        try {
            String host = DockerClientFactory.instance().dockerHostIpAddress();
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null
                    ? Optional.empty()
                    : Optional.of("the Docker engine is on another host, " + host);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NotFoundException unknown) {
            // Asked inside a container, where the engine has no network of the name that Testcontainers looks for.
            return Optional.of(
                    "Testcontainers cannot tell where the Docker engine is, try TESTCONTAINERS_HOST_OVERRIDE=localhost: "
                            + oneLine(unknown));
        }
    }

    private static Optional<String> imageMissing(String image) {
        try (DockerClient docker = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig())) {
            try {
                docker.inspectImageCmd(image).exec();
                return Optional.empty();
            } catch (NotFoundException notHere) {
                return notPulled(docker, DockerImageName.parse(image));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> notPulled(DockerClient docker, DockerImageName image) {
        System.out.println("Pulling the Docker image " + image + " ...");
        try {
            boolean done = docker.pullImageCmd(image.getUnversionedPart())
                    .withTag(image.getVersionPart())
                    .exec(new PullImageResultCallback())
                    .awaitCompletion(PULL_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return done ? Optional.empty() : Optional.of("Docker did not get " + image + " within " + PULL_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (RuntimeException refused) {
            return Optional.of("Docker cannot get " + image + ": " + oneLine(refused));
        }
    }

    /**
     * Testcontainers starts a container that removes the others should this JVM be killed, and tries for minutes to get
     * its image.
     */
    private static Optional<String> reaperMissing() {
        String obstacle = "Testcontainers does not start its reaper, try TESTCONTAINERS_RYUK_DISABLED=true";
        return within(REAPER_LIMIT, obstacle, () -> {
            try {
                DockerClientFactory.instance().client();
                return Optional.empty();
            } catch (RuntimeException refused) {
                return Optional.of(obstacle + ": " + oneLine(refused));
            }
        });
    }

    /** What the question yields, or the given answer when that takes too long; it then goes on for nobody. */
    private static Optional<String> within(Duration limit, String late, Supplier<Optional<String>> question) {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> answer.complete(question.get()), "docker-engine");
        asking.setDaemon(true);
        asking.start();
        return answer.completeOnTimeout(Optional.of(late), limit.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static String oneLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
    }
}
