package io.xtribe.fusionhub.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The service catalogue: who owns a service, and where it is routed on each platform. The same rows that Vector reads,
 * looked up by the same rule: exact and case-sensitive. See {@link CatalogueFile} for where they come from.
 */
public final class Catalogue {

    /** No services: signals are routed by the configured defaults. */
    public static final Catalogue EMPTY = new Catalogue(List.of(), List.of());

    private final Map<String, CatalogueRow> byService;
    private final Map<String, CatalogueRow> byPagerDutyService;
    private final List<String> notes;

    /**
     * A catalogue.
     *
     * @param rows with keys that are unique: {@code service}, and {@code pagerdutyService} where it is not empty
     * @param notes what should be corrected in its file, although it can be used as it is
     */
    public Catalogue(Collection<CatalogueRow> rows, List<String> notes) {
        this.notes = List.copyOf(notes);
        byService = index(rows, CatalogueRow::service);
        byPagerDutyService = index(rows, CatalogueRow::pagerdutyService);
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
        var row = byService.get(name);
        return row == null ? new RoutingHints(name, "", "", "", "", "") : row.hints();
    }

    /** Enrichment for a service by its PagerDuty id; without a row there is no name for it, and no enrichment. */
    public RoutingHints ofPagerDutyService(String id) {
        var row = byPagerDutyService.get(id);
        return row == null ? RoutingHints.NONE : row.hints();
    }

    /** Enrichment by what a body says of its service in a platform's own words. */
    public RoutingHints find(Map<String, String> lookup) {
        return ofPagerDutyService(lookup.getOrDefault("pagerdutyservice", ""));
    }

    private static Map<String, CatalogueRow> index(Collection<CatalogueRow> rows, Function<CatalogueRow, String> key) {
        return rows.stream()
                .filter(row -> !key.apply(row).isEmpty())
                .collect(Collectors.toUnmodifiableMap(key, row -> row));
    }
}
