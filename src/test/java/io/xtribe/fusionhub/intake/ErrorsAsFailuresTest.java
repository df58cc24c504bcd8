package io.xtribe.fusionhub.intake;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorsAsFailuresTest {

    /** A process of its own, since it ends: one step that fails for want of memory. */
    static final class Step {
        private Step() {}

        public static void main(String[] arguments) throws Exception {
            var error = new OutOfMemoryError("Cannot reserve 4194304 bytes of direct buffer memory");
            Processor step = arguments[0].equals("thrown")
                    ? exchange -> {
                        throw error;
                    }
                    : exchange -> exchange.setException(error);
            run(step);
        }
    }

    private static Exchange run(Processor step) throws Exception {
        var context = new DefaultCamelContext();
        var exchange = new DefaultExchange(context);
        new ErrorsAsFailures()
                .wrapProcessorInInterceptors(context, null, step, null)
                .process(exchange);
        return exchange;
    }

    @ParameterizedTest
    @ValueSource(strings = {"thrown", "in the exchange"})
    void endsTheProcessWhenAStepRunsOutOfMemory(String how) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Step.class.getName(),
                        how)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
    }

    @Test
    void makesAnyOtherErrorAFailureOfTheExchange() throws Exception {
        var exchange = run(failing -> {
            throw new StackOverflowError();
        });

        assertThat(exchange.getException()).hasCauseInstanceOf(StackOverflowError.class);
    }
}
