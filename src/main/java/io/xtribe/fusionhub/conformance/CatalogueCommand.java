package io.xtribe.fusionhub.conformance;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.xtribe.fusionhub.catalogue.CatalogueFile;
import io.xtribe.fusionhub.catalogue.InvalidCatalogueException;
import io.xtribe.fusionhub.config.HubConfiguration;
import io.xtribe.fusionhub.platform.PlatformCatalogue;

/** What can be done with a service catalogue without a hub. */
@Command(
        name = "catalogue",
        mixinStandardHelpOptions = true,
        description = "Checks a service catalogue.",
        synopsisSubcommandLabel = "check",
        subcommands = CatalogueCommand.Check.class)
public final class CatalogueCommand {

    /** Reads a catalogue as the hub does at its start. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Says what is wrong with a catalogue, line by line. Exit code 0 when nothing is, else 1.")
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "<file>", description = "A CSV file such as vector/enrichment/services.csv")
        Path file;

        @Override
        public Integer call() {
            try {
                var catalogue = CatalogueFile.read(file, PlatformCatalogue.columns(HubConfiguration.sources()));
                System.out.println(file + " is in order: " + catalogue.size() + " services");
                catalogue.notes().forEach(note -> System.out.println("- " + note));
                return 0;
            } catch (InvalidCatalogueException e) {
                System.err.println(file + " cannot be used:");
                e.problems().forEach(problem -> System.err.println("- " + problem));
                return 1;
            }
        }
    }
}
