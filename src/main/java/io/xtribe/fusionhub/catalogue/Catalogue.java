package io.xtribe.fusionhub.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The service catalogue: who owns a service, and where it is routed on each platform. The same rows that Vector reads,
 * looked up by the same rule: exact and case-sensitive. See {@link CatalogueFile} for where they come from.
 */
public final class Catalogue {

    /** No services: signals are routed by the configured defaults. */
    public static final Catalogue EMPTY = new Catalogue(List.of(), Set.of(), List.of());

    private final Map<String, RoutingHints> byService;
    /** By the name of a unique hint, then by its value. */
    private final Map<String, Map<String, RoutingHints>> byHint;

    private final List<String> notes;

    /**
     * A catalogue.
     *
     * @param rows what signals of each service carry, with keys that are unique: {@code service}, and the unique hints where
     *     they are not empty
     * @param unique the names of the unique hints
     * @param notes what should be corrected in its file, although it can be used as it is
     */
    public Catalogue(Collection<RoutingHints> rows, Set<String> unique, List<String> notes) {
        this.notes = List.copyOf(notes);
        byService = index(rows, RoutingHints::service);
        byHint = unique.stream()
                .collect(Collectors.toUnmodifiableMap(
                        hint -> hint, hint -> index(rows, row -> row.ids().getOrDefault(hint, ""))));
    }

    /** What should be corrected in its file, a line each. */
    public List<String> notes() {
        return notes;
    }

    /** How many services it holds. */
    public int size() {
        return byService.size();
    }

    /** Enrichment for a service by its name: a service without a row keeps its name and nothing else. */
    public RoutingHints ofService(String name) {
        return byService.getOrDefault(name, new RoutingHints(name, "", "", Map.of()));
    }

    /**
     * Enrichment for a service by what a platform calls it; without a row there is no name for it, and no enrichment.
     *
     * @param lookup values of unique hints by their names; the first that has a row counts
     */
    public RoutingHints find(Map<String, String> lookup) {
        return lookup.entrySet().stream()
                .flatMap(id -> Stream.ofNullable(
                        byHint.getOrDefault(id.getKey(), Map.of()).get(id.getValue())))
                .findFirst()
                .orElse(RoutingHints.NONE);
    }

    private static Map<String, RoutingHints> index(Collection<RoutingHints> rows, Function<RoutingHints, String> key) {
        return rows.stream()
                .filter(row -> !key.apply(row).isEmpty())
                .collect(Collectors.toUnmodifiableMap(key, row -> row));
    }
}
