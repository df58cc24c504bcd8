package io.xtribe.fusionhub.catalogue;

import java.util.List;

/** A service catalogue that cannot be used; each problem names its line, if it has one, and the remedy. */
public class InvalidCatalogueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidCatalogueException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, a line each. */
    public List<String> problems() {
        return problems;
    }
}
