package io.xtribe.fusionhub.platform;

import java.nio.file.Path;
import java.util.List;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.catalogue.CatalogueColumns;
import io.xtribe.fusionhub.catalogue.CatalogueFile;
import io.xtribe.fusionhub.catalogue.InvalidCatalogueException;
import io.xtribe.fusionhub.config.ConfigurationCheck;
import io.xtribe.fusionhub.config.FusionConfig;

/** Checks the service catalogue, whose columns the platforms' folders declare. */
@Singleton
public class CatalogueCheck implements ConfigurationCheck {

    private final CatalogueColumns columns;

    public CatalogueCheck(CatalogueColumns columns) {
        this.columns = columns;
    }

    @Override
    public List<String> problems(FusionConfig config) {
        if (config.catalogue().isEmpty()) {
            return List.of();
        }
        var path = config.catalogue().get();
        try {
            CatalogueFile.read(Path.of(path), columns);
            return List.of();
        } catch (InvalidCatalogueException e) {
            return e.problems().stream()
                    .map(problem -> "fusion.catalogue is '" + path + "': " + problem)
                    .toList();
        }
    }
}
