package io.xtribe.fusionhub.job;

import java.util.Map;
import java.util.Set;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.xtribe.fusionhub.incident.CorrelationId;

/** Batch jobs: each is a route in {@code routes/jobs.camel.yaml}, which this runs once. docs/jobs.md describes them. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "<name>",
        description = "Runs a batch job to its end, beside the hubs that are at work.",
        subcommands = {
            JobCommand.Backfill.class,
            JobCommand.Converge.class,
            JobCommand.Doctor.class,
            JobCommand.Rebuild.class,
            JobCommand.Reconcile.class,
            JobCommand.Relink.class,
            JobCommand.Replay.class,
            JobCommand.Report.class
        })
public final class JobCommand {

    /** The names of all jobs. */
    public static final Set<String> NAMES =
            Set.of("backfill", "converge", "doctor", "rebuild", "reconcile", "relink", "replay", "report");

    /** Opens elsewhere what platforms have and no incident knows. */
    @Command(
            name = "backfill",
            description = "Opens incidents for records of an opened priority that stand on a platform and that no"
                    + " incident knows; records that point at each other become one.")
    static final class Backfill extends JobOptions {
        @Option(
                names = "--page",
                arity = "0..1",
                fallbackValue = "true",
                description = "Page people for what is opened")
        boolean page;

        @Option(names = "--yes", arity = "0..1", fallbackValue = "true", description = "Do not ask")
        boolean yes;

        @Option(
                names = "--pattern",
                paramLabel = "<regex>",
                description =
                        "Takes out of a record's texts what it points at: its first group is the number, the id or the"
                                + " URL of a record on another platform. URLs are found without it")
        String pattern = "";

        @Override
        Map<String, String> options() {
            return Map.of("page", String.valueOf(page), "yes", String.valueOf(yes), "pattern", pattern);
        }
    }

    /** Brings one incident to its desired state now. */
    @Command(name = "converge", description = "Has one incident brought up to date now, and waits for that.")
    static final class Converge extends JobOptions {
        @Option(names = "--incident", paramLabel = "<id>", required = true, description = "fx- and 32 digits")
        String incident;

        @Option(
                names = "--wait",
                paramLabel = "<seconds>",
                converter = Count.class,
                defaultValue = "120",
                description = "For so long at most. Default: ${DEFAULT-VALUE}")
        int wait;

        @Override
        Map<String, String> options() {
            if (!CorrelationId.matches(incident)) {
                throw wrong("--incident is '" + incident + "': use the correlation id, fx- and 32 hexadecimal digits");
            }
            return Map.of("incident", incident, "wait", String.valueOf(wait));
        }
    }

    /** Looks whether everything that incidents need is there. */
    @Command(
            name = "doctor",
            description =
                    "Asks platforms and NATS whether credentials, roles, fields, lists, webhooks and the people on"
                            + " call are as incidents need them; each finding has its remedy.")
    static final class Doctor extends JobOptions {
        @Override
        Map<String, String> options() {
            return Map.of();
        }
    }

    /** Makes the records of incidents again from the platforms. */
    @Command(
            name = "rebuild",
            description = "Makes the records of open incidents again from what the platforms hold, for a store that was"
                    + " lost.")
    static final class Rebuild extends JobOptions {
        @Override
        Map<String, String> options() {
            return Map.of();
        }
    }

    /** Compares every open incident with what platforms show. */
    @Command(
            name = "reconcile",
            description =
                    "Reads the records of all open incidents on their platforms and compares them with what is known;"
                            + " what people have changed is taken in, what is missing is written again.")
    static final class Reconcile extends JobOptions {
        /** PagerDuty lets a job make 480 calls a minute, and two are made for each. */
        private static final String SINGLY = "500";

        @Option(
                names = "--singly",
                paramLabel = "<n>",
                description =
                        "Of so many records on each platform at most what no list shows is read, one by one: those that"
                                + " have changed first, then others by turns. 'all' is allowed. Default: 500")
        String singly = "";

        @Option(
                names = "--recreate",
                arity = "0..1",
                fallbackValue = "true",
                description =
                        "Open another record for each that is not there. One that is only hidden from the hub's user"
                                + " would then be there twice")
        boolean recreate;

        @Override
        Map<String, String> options() {
            if (!singly.matches("|all|\\d{1,9}")) {
                throw wrong("--singly is '" + singly + "': use a whole number, or all");
            }
            return Map.of("singly", singly.isEmpty() ? SINGLY : singly, "recreate", String.valueOf(recreate));
        }
    }

    /** Looks for links that are missing, and nothing else. */
    @Command(
            name = "relink",
            description = "Looks for links that records of open incidents have lost, and writes them again.")
    static final class Relink extends JobOptions {
        @Override
        Map<String, String> options() {
            return Map.of();
        }
    }

    /** Gives dead letters to the hub once more. */
    @Command(
            name = "replay",
            description = "Gives dead letters to the hub again, oldest first; what was given leaves the dead letters.")
    static final class Replay extends JobOptions {
        @Option(names = "--class", paramLabel = "<class>", description = "Only letters of this class, such as invalid")
        String letterClass = "";

        @Option(names = "--id", paramLabel = "<id>", description = "Only this letter")
        String id = "";

        @Option(
                names = "--rate",
                paramLabel = "<n>",
                converter = Count.class,
                defaultValue = "20",
                description = "So many a second at most. Default: ${DEFAULT-VALUE}")
        int rate;

        @Override
        Map<String, String> options() {
            if (rate == 0) {
                throw wrong("--rate is 0: use at least 1");
            }
            return Map.of("class", letterClass, "id", id, "rate", String.valueOf(rate));
        }
    }

    /** Tells how incidents went. */
    @Command(
            name = "report",
            description = "Lists incidents by priority and origin, with the times to page, links and end.")
    static final class Report extends JobOptions {
        @Option(names = "--format", paramLabel = "<format>", description = "table, json, csv or html. Default: table")
        String format = "";

        @Option(
                names = "--output",
                paramLabel = "<file>",
                description = "Write the report there. Default: standard output")
        String output = "";

        @Override
        Map<String, String> options() {
            if (!format.matches("|table|json|csv|html")) {
                throw wrong("--format is '" + format + "': use table, json, csv or html");
            }
            return Map.of("format", format.isEmpty() ? "table" : format, "output", output);
        }
    }
}
