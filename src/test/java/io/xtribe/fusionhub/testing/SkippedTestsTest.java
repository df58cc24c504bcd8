package io.xtribe.fusionhub.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

class SkippedTestsTest {

    /** Surefire does not run nested classes, so that these run only where a test here selects them. */
    @Disabled("there is no such tool here")
    static class SkippedClass {
        @Test
        void one() {}

        @Test
        void two() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void cases(int number) {}
    }

    static class SkippedMethods {
        @Test
        void runs() {}

        @Test
        @Disabled("there is no such tool here")
        void disabled() {}

        @Test
        void assumes() {
            assumeTrue(false, "there is one address only");
        }
    }

    static class SkippedBeforeAll {
        @BeforeAll
        static void assume() {
            assumeTrue(false, "no server\n\tto be had");
        }

        @Test
        void one() {}

        @Test
        void two() {}
    }

    static class Passing {
        @Test
        void runs() {}
    }

    /** Each class in a run of its own, all in one session: so does surefire. */
    private static String printed(Class<?>... classes) {
        var printed = new ByteArrayOutputStream();
        var config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .addLauncherSessionListeners(new SkippedTests(new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .build();
        try (var session = LauncherFactory.openSession(config)) {
            for (var one : classes) {
                session.getLauncher()
                        .execute(request().selectors(selectClass(one)).build());
            }
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsEachReasonOnceWithItsNumberOfTests() {
        var lines = printed(SkippedClass.class, SkippedMethods.class, SkippedBeforeAll.class)
                .lines();

        assertThat(lines)
                .containsExactly(
                        "Skipped 2 tests: Assumption failed: no server to be had",
                        "Skipped 1 test: Assumption failed: there is one address only",
                        "Skipped 4 tests: there is no such tool here");
    }

    @Test
    void printsNothingWhereNothingIsSkipped() {
        assertThat(printed(Passing.class)).isEmpty();
    }

    @Test
    void isRegistered() {
        assertThat(ServiceLoader.load(LauncherSessionListener.class)).hasAtLeastOneElementOfType(SkippedTests.class);
    }
}
