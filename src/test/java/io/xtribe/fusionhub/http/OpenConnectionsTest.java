package io.xtribe.fusionhub.http;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.http.OpenConnections.Connection;

import static org.assertj.core.api.Assertions.assertThat;

class OpenConnectionsTest {

    private final List<String> closed = new ArrayList<>();
    private final OpenConnections connections = new OpenConnections(3);
    private final Connection a = new Named("a");
    private final Connection b = new Named("b");
    private final Connection c = new Named("c");
    private final Connection d = new Named("d");
    private final List<Connection> known = new ArrayList<>();

    private final class Named implements Connection {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void makeRoom() {
            closed.add(name);
        }

        @Override
        public boolean isKnown() {
            return known.contains(this);
        }
    }

    @Test
    void sparesThoseThatWereAnsweredWithSuccess() {
        known.add(a);
        known.add(b);
        for (var one : List.of(a, b, c)) {
            connections.open(one);
        }

        assertThat(connections.open(d)).isTrue();
        assertThat(closed).containsExactly("c");
        connections.busy(d);

        assertThat(connections.open(c)).isTrue();
        assertThat(closed).containsExactly("c", "a");
    }

    @Test
    void closesTheOneThatHasWaitedLongest() {
        connections.open(a);
        connections.open(b);
        connections.open(c);
        connections.busy(a);
        connections.waiting(a);

        assertThat(connections.open(d)).isTrue();

        assertThat(closed).containsExactly("b");
    }

    @Test
    void closesNoneThatIsBeingAnswered() {
        for (var one : List.of(a, b, c)) {
            connections.open(one);
            connections.busy(one);
        }

        assertThat(connections.open(d)).isFalse();

        assertThat(closed).isEmpty();
        connections.closed(b);
        assertThat(connections.open(d)).isTrue();
    }

    @Test
    void countsAConnectionOnceHoweverItEnds() {
        connections.open(a);
        connections.open(b);
        connections.open(c);
        connections.open(d);
        // Told again by the connection that had to go, and by one that was never there.
        connections.closed(a);
        connections.waiting(a);
        connections.closed(a);

        assertThat(closed).containsExactly("a");
        connections.open(a);
        assertThat(closed).containsExactly("a", "b");
    }
}
