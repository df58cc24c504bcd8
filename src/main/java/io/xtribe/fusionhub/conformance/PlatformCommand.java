package io.xtribe.fusionhub.conformance;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What can be done with the folder of a vendor without a hub. */
@Command(
        name = "platform",
        mixinStandardHelpOptions = true,
        description = "Checks the folder of a vendor.",
        synopsisSubcommandLabel = "check",
        subcommands = PlatformCommand.Check.class)
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
}
