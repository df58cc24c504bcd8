package io.xtribe.fusionhub.nats;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.TestConfig;

import static org.assertj.core.api.Assertions.assertThat;

class NatsLinkTest {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Test
    void tellsNoPasswordThatStandsInItsUrl() throws Exception {
        var log = Logger.getLogger(NatsLink.class.getName());
        log.addHandler(handler);
        try (var nats = NatsServer.start()) {
            var settings = new Properties();
            try (var file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
                settings.load(file);
            }
            settings.setProperty("fusion.nats.url", "nats://hub:hunter2@127.0.0.1:" + nats.port());
            var link = new NatsLink(TestConfig.of(settings).nats());
            link.connect();
            link.close();
        } finally {
            log.removeHandler(handler);
        }

        assertThat(lines).anyMatch(line -> line.contains("Connected to NATS nats://***@127.0.0.1"));
        assertThat(String.join("\n", lines)).doesNotContain("hunter2");
    }
}
