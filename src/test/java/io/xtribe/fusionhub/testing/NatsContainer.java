package io.xtribe.fusionhub.testing;

import java.util.List;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A nats-server in a container. Testcontainers makes and removes it; in between it is killed and started again as one and
 * the same container, which keeps the store and, unlike a port of Docker's choice, the port.
 */
final class NatsContainer implements NatsRun {
    private static final int PORT = 4222;
    private static final String SETTINGS = "/etc/nats-test.conf";
    private static final int STOP_SECONDS = 10;

    private final GenericContainer<?> container;
    private final DockerClient docker = DockerClientFactory.instance().client();
    private String id;

    NatsContainer(String image, String name, int port, String settings) {
        container = new GenericContainer<>(DockerImageName.parse(image))
                .withCommand("--name", name, "--jetstream", "--store_dir", "/data", "--config", SETTINGS)
                .withCopyToContainer(Transferable.of(settings), SETTINGS)
                .waitingFor(new NoWait());
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + PORT));
    }

    @Override
    public void launch() {
        if (id == null) {
            container.start();
            id = container.getContainerId();
        } else {
            docker.startContainerCmd(id).exec();
        }
    }

    @Override
    public boolean isAlive() {
        return Boolean.TRUE.equals(
                docker.inspectContainerCmd(id).exec().getState().getRunning());
    }

    @Override
    public void kill() {
        docker.killContainerCmd(id).exec();
    }

    @Override
    public void stop() {
        if (isAlive()) {
            docker.stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
        }
    }

    @Override
    public String logTail() {
        return "Log of container " + id + ":\n" + container.getLogs();
    }

    @Override
    public boolean leavesSomething() {
        try {
            docker.inspectContainerCmd(id).exec();
            return true;
        } catch (NotFoundException gone) {
            return false;
        }
    }

    @Override
    public void close() {
        container.stop();
    }

    /** Whether the server answers is asked by {@link NatsServer}, at every start and with a NATS client. */
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}
