package io.xtribe.fusionhub.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.xtribe.fusionhub.catalogue.CatalogueColumns;
import io.xtribe.fusionhub.catalogue.CatalogueColumns.Hint;

/** Collects the columns of the service catalogue from the folders of the platforms. */
final class HintColumns {

    private record Owned(String owner, Hint hint) {}

    private final Map<String, Owned> hints = new LinkedHashMap<>();
    private final TreeSet<String> retired = new TreeSet<>();
    private boolean complete = true;

    /** Adds those of a folder, if there is one. A mounted folder may change the hints of the built-in one, nobody else's. */
    void add(Optional<VendorFolder> folder) {
        try {
            folder.map(VendorFolder::descriptor).ifPresent(this::add);
        } catch (IllegalArgumentException e) {
            // Others say what is wrong with it.
            complete = false;
        }
    }

    private void add(Descriptor descriptor) {
        retired.addAll(descriptor.retiredColumns());
        descriptor.hints().forEach((name, hint) -> {
            var known = hints.get(name);
            if (known == null || known.owner().equals(descriptor.name())) {
                hints.put(
                        name,
                        new Owned(descriptor.name(), new Hint(name, hint.column(), hint.required(), hint.unique())));
            }
        });
    }

    CatalogueColumns all() {
        return new CatalogueColumns(hints.values().stream().map(Owned::hint).toList(), retired, complete);
    }
}
