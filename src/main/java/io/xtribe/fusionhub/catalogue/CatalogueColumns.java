package io.xtribe.fusionhub.catalogue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a service catalogue: the core's own, and one for each routing hint that a platform's folder declares.
 *
 * @param hints in the order in which people are told of them
 * @param retired columns that earlier versions had: they are ignored
 * @param complete false where a platform's folder cannot be read, so that a column may be known to nobody but it
 */
public record CatalogueColumns(List<Hint> hints, Set<String> retired, boolean complete) {

    static final String SERVICE = "service";
    static final String TEAM = "team";
    static final String RUNBOOK = "runbook";
    private static final List<String> OWN = List.of(SERVICE, TEAM, "tier", RUNBOOK);

    /**
     * A routing hint.
     *
     * @param name in the envelope and for the mappings
     * @param column where the catalogue has it
     * @param required whether a file must have that column
     * @param unique whether a cell of it is in one row only, so that a signal may find its row by it
     */
    public record Hint(String name, String column, boolean required, boolean unique) {}

    public CatalogueColumns {
        hints = List.copyOf(hints);
        retired = Set.copyOf(retired);
    }

    /** Whether a column is there for every hub. */
    public static boolean isOwn(String column) {
        return OWN.contains(column);
    }

    /** The names of all routing hints. */
    public Set<String> names() {
        return hints.stream().map(Hint::name).collect(Collectors.toUnmodifiableSet());
    }

    /** All columns that are read. */
    List<String> all() {
        return with(hints.stream());
    }

    /** Those that a file must have. */
    List<String> required() {
        return with(hints.stream().filter(Hint::required));
    }

    /** Those by which a signal may find its row. */
    List<String> unique() {
        return Stream.concat(
                        Stream.of(SERVICE), hints.stream().filter(Hint::unique).map(Hint::column))
                .distinct()
                .toList();
    }

    private static List<String> with(Stream<Hint> hints) {
        return Stream.of(
                        OWN.stream().filter(column -> !column.equals(RUNBOOK)),
                        hints.map(Hint::column),
                        Stream.of(RUNBOOK))
                .flatMap(columns -> columns)
                .distinct()
                .toList();
    }
}
