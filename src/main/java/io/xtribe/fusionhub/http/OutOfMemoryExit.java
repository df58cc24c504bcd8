package io.xtribe.fusionhub.http;

import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.xtribe.fusionhub.config.RunMode;

/**
 * Ends the process when memory has run out, so that its supervisor starts it again: a hub that has lost a thread, or has done
 * an operation in part, may page nobody. The JVM's own {@code -XX:+ExitOnOutOfMemoryError} does not act on errors that Java
 * code throws, such as those of direct memory.
 */
@ApplicationScoped
public class OutOfMemoryExit {

    /** The code with which the JVM's own option ends a hub. A job that ends with it has found something. */
    private static final int HUB = 3;

    private static final int JOB = 1;

    /** Most errors are caught by a library and logged, so that they are found in the log records. */
    private static final class Watch extends Handler {
        @Override
        public void publish(LogRecord failure) {
            check(failure.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    void started(@Observes StartupEvent event) {
        var watch = new Watch();
        watch.setErrorManager(new ErrorManager());
        Logger.getLogger("").addHandler(watch);
    }

    /** Ends the process if this failure is, or came of, an {@link OutOfMemoryError}. */
    public static void check(Throwable failure) {
        var cause = failure;
        for (var depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof OutOfMemoryError) {
                exit(cause);
            }
            cause = cause.getCause();
        }
    }

    private static void exit(Throwable cause) {
        System.err.println("Fusion Hub ends because memory has run out: " + cause.getMessage()
                + ". It has to be started again. If this happens again, allow it more with -Xmx, or with"
                + " -XX:MaxDirectMemorySize where the message names direct memory (FUSION_JAVA_OPTS).");
        Runtime.getRuntime().halt(System.getProperty(RunMode.JOB) == null ? HUB : JOB);
    }
}
