package io.xtribe.fusionhub.platform;

import java.util.Map;

import io.xtribe.fusionhub.catalogue.CatalogueColumns;
import io.xtribe.fusionhub.signal.CloudEvent;

/**
 * A routing hint that a platform understands: {@code hints} in {@code platform.yaml}.
 *
 * @param column the column of the service catalogue that holds it
 * @param description one line for people
 * @param unique whether it is in one row of the catalogue only, so that a webhook may find its row by it
 * @param required whether a catalogue must have the column
 */
public record RoutingHint(String column, String description, boolean unique, boolean required) {

    /**
     * A hint.
     *
     * @throws IllegalArgumentException when it has no column, or one of the hub's own
     */
    public RoutingHint {
        if (column == null || !column.matches("[a-z][a-z0-9_]*") || CatalogueColumns.isOwn(column)) {
            throw new IllegalArgumentException("the column of a hint is '" + column
                    + "': name one of the service catalogue, of the form a-z, 0-9 and _, that is not the hub's own");
        }
    }

    /** The same hints, whose names can stand in the envelope. */
    static Map<String, RoutingHint> checked(Map<String, RoutingHint> hints) {
        hints.forEach((name, hint) -> {
            if (hint == null || !CloudEvent.isFree(name)) {
                throw new IllegalArgumentException(
                        "the hint '" + name + "' needs a column, and a name of up to 20 small"
                                + " letters and digits that means nothing else in the envelope");
            }
        });
        return hints;
    }
}
