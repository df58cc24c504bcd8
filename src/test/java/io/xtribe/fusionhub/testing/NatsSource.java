package io.xtribe.fusionhub.testing;

import java.util.Optional;

/**
 * Where the servers of the tests come from: the binary that is named ({@link NatsBinary#named}), else a Docker image
 * where an engine answers, else the binary that {@code bin/fusion} finds.
 *
 * @param description where from, for people
 */
record NatsSource(String description, Factory factory) {
    private static final String IMAGE = System.getProperty("fusion.nats.image", "nats:2-alpine");

    @FunctionalInterface
    interface Factory {
        NatsRun create(String name, int port, String settings);
    }

    /** Looked for once per JVM. */
    static NatsSource found() {
        return Found.SOURCE;
    }

    private static NatsSource find() {
        if (NatsBinary.named().isPresent()) {
            return binary("");
        }
        Optional<String> obstacle = DockerEngine.obstacleTo(IMAGE);
        return obstacle.map(reason -> binary(" (" + reason + ")"))
                .orElseGet(() -> new NatsSource(
                        "the Docker image " + IMAGE,
                        (name, port, settings) -> new NatsContainer(IMAGE, name, port, settings)));
    }

    private static NatsSource binary(String remark) {
        String path = NatsBinary.path();
        return new NatsSource(path + remark, (name, port, settings) -> new NatsProcess(path, name, port, settings));
    }

    private static final class Found {
        private static final NatsSource SOURCE = find();
    }
}
