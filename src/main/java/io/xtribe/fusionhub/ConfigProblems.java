package io.xtribe.fusionhub;

import java.util.ArrayList;
import java.util.List;

import io.smallrye.config.ConfigValidationException;

/** Puts what is wrong with the configuration into words that say what to do. */
final class ConfigProblems {

    private ConfigProblems() {}

    /** One line per problem. */
    static String explain(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException invalid) {
                return String.join("\n", problems(invalid));
            }
            if (cause instanceof ConfigCheck.InvalidConfiguration invalid) {
                return invalid.getMessage();
            }
        }
        return String.valueOf(failure);
    }

    private static List<String> problems(ConfigValidationException invalid) {
        var lines = new ArrayList<String>();
        for (var i = 0; i < invalid.getProblemCount(); i++) {
            lines.add("- " + invalid.getProblem(i).getMessage());
        }
        return lines;
    }
}
