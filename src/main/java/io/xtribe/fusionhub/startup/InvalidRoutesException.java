package io.xtribe.fusionhub.startup;

import java.util.List;

/** Routes are wrong in a way that Camel would notice only when a message gets there; a line for each problem. */
public final class InvalidRoutesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** As many problems as fit on a screen together with the lines around them. */
    private static final int SHOWN = 6;

    InvalidRoutesException(List<String> problems) {
        super(text(problems));
    }

    private static String text(List<String> problems) {
        var text = new StringBuilder();
        problems.stream()
                .limit(SHOWN)
                .forEach(problem -> text.append("- ").append(problem).append('\n'));
        if (problems.size() > SHOWN) {
            text.append("- and ").append(problems.size() - SHOWN).append(" more like these\n");
        }
        return text.toString().stripTrailing();
    }
}
