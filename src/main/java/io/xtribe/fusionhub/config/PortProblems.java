package io.xtribe.fusionhub.config;

import java.net.BindException;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkus.runtime.QuarkusBindException;
import org.eclipse.microprofile.config.ConfigProvider;

/** Says which port or address the hub cannot listen on, by which key it is set, and what to do. */
public final class PortProblems {

    static final String HTTP = "quarkus.http";
    static final String MANAGEMENT = "quarkus.management";

    private static final Pattern ADDRESS = Pattern.compile(".*management interface on (?<host>\\S+):(?<port>\\d+).*");

    private PortProblems() {}

    /** Empty when the failure has another cause. */
    public static Optional<String> explain(Throwable failure) {
        var bind = Causes.of(failure).filter(BindException.class::isInstance).findFirst();
        if (bind.isEmpty()) {
            return Optional.empty();
        }
        var management = Causes.of(failure)
                .map(cause -> ADDRESS.matcher(String.valueOf(cause.getMessage())))
                .filter(found -> found.matches())
                .findFirst();
        if (management.isPresent()) {
            return Optional.of(explain(
                    MANAGEMENT,
                    management.get().group("host"),
                    Integer.parseInt(management.get().group("port")),
                    bind.get().getMessage()));
        }
        var http = bind.filter(QuarkusBindException.class::isInstance).map(QuarkusBindException.class::cast);
        return Optional.of(explain(
                HTTP,
                http.map(QuarkusBindException::getHost).orElse(value("host")),
                http.map(QuarkusBindException::getPort).orElseGet(() -> Integer.valueOf(value("port"))),
                bind.get().getMessage()));
    }

    private static String value(String what) {
        return ConfigProvider.getConfig()
                .getOptionalValue(HTTP + "." + what, String.class)
                .orElse("");
    }

    private static String explain(String prefix, String host, int port, String reason) {
        if (reason.contains("Permission denied")) {
            return "- port " + port + " may not be listened on without privileges: set " + key(prefix, "port")
                    + " to one above 1023";
        }
        if (reason.contains("assign requested address") || reason.contains("requested address is not valid")) {
            return "- " + host + " is no address of this machine: set " + key(prefix, "host")
                    + " to one that is, or to 0.0.0.0 for all";
        }
        return "- port " + port + " on " + host + " is in use: stop what listens there, another hub perhaps (Linux: ss"
                + " -ltnp 'sport = :" + port + "'), or set " + key(prefix, "port") + " to another port";
    }

    private static String key(String prefix, String what) {
        var key = prefix + "." + what;
        return key + " (environment variable " + ConfigKeys.variable(key) + ")";
    }
}
