package io.xtribe.fusionhub.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformCatalogue;

/** What can be done with the folder of a vendor without a hub. */
@Command(
        name = "platform",
        mixinStandardHelpOptions = true,
        description = "Checks the folder of a vendor, or tells what is in it.",
        synopsisSubcommandLabel = "check|page",
        subcommands = {PlatformCommand.Check.class, PlatformCommand.Page.class, PlatformCommand.Lifecycle.class})
public final class PlatformCommand {

    /** Checks a folder as the hub does at its start, and runs its cases. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description =
                    "Says what is wrong with a vendor's descriptor, routes and mappings, and runs the cases of its"
                            + " folder, without a network. Exit code 0 when nothing is wrong, else 1.")
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "<folder>", description = "For example /etc/fusion/platforms/acme")
        Path folder;

        @Override
        public Integer call() {
            var check = new PlatformCheck(folder);
            var problems = check.run();
            if (problems.isEmpty()) {
                System.out.println(folder + " is in order: " + check.cases() + " cases");
                return 0;
            }
            System.err.println(folder + " cannot be used:");
            problems.forEach(problem -> System.err.println(problem.startsWith("- ") ? problem : "- " + problem));
            return 1;
        }
    }

    /** Writes what a change of status or priority makes of an incident. */
    @Command(
            name = "lifecycle",
            mixinStandardHelpOptions = true,
            description =
                    "Writes what each status that a built-in platform shows makes of an incident, and what the others are"
                            + " sent for it.")
    static final class Lifecycle implements Callable<Integer> {
        @Override
        public Integer call() {
            System.out.print(LifecyclePage.of(Page.builtIn()));
            return 0;
        }
    }

    /** Writes what descriptors say of their vendors. */
    @Command(
            name = "page",
            mixinStandardHelpOptions = true,
            description =
                    "Writes what is assumed of vendors, with the sources, and what the hub does with their words and"
                            + " refusals: of the built-in ones, or of those whose folders are named.")
    static final class Page implements Callable<Integer> {
        @Parameters(paramLabel = "<folder>", arity = "0..*", description = "For example /etc/fusion/platforms/acme")
        List<Path> folders = List.of();

        @Override
        public Integer call() {
            try {
                System.out.print(VendorPage.of(folders.isEmpty() ? builtIn() : mounted()));
                return 0;
            } catch (IllegalArgumentException e) {
                System.err.println(e.getMessage());
                return 1;
            }
        }

        static List<Platform> builtIn() {
            return PlatformCatalogue.builtIn().stream()
                    .flatMap(name ->
                            Platform.find(name, Optional.empty(), PlatformCheck.placeholders(Map.of())).stream())
                    .toList();
        }

        private List<Platform> mounted() {
            return folders.stream()
                    .map(Path::toAbsolutePath)
                    .map(folder -> Platform.find(
                                    folder.getFileName().toString(),
                                    Optional.of(folder.getParent()),
                                    PlatformCheck.placeholders(Map.of()))
                            .orElseThrow(() -> new IllegalArgumentException(folder + " holds no platform.yaml")))
                    .toList();
        }
    }
}
