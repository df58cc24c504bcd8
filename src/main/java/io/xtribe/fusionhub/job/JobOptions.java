package io.xtribe.fusionhub.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What can be asked of every job. Argo passes each option also where it is empty, so that an empty value is none. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "3:done, and something is left that a person has to look at",
            "64:the command line makes no sense",
            "69:a platform or NATS cannot be reached",
            "75:not now: try again later"
        },
        exitCodeOnInvalidInput = 64)
abstract class JobOptions implements Callable<Integer> {

    private static final String UNTIL_NOW = "2026-11-29T00:00:00Z, or a time back from now such as 24h or 7d";

    @Option(names = "--dry-run", arity = "0..1", fallbackValue = "true", description = "Only say what would be done")
    boolean dryRun;

    @Option(
            names = "--since",
            paramLabel = "<time>",
            converter = Moment.class,
            description = "Nothing older: " + UNTIL_NOW)
    Instant since;

    @Option(
            names = "--until",
            paramLabel = "<time>",
            converter = Moment.class,
            description = "Nothing newer: the same forms")
    Instant until;

    @Option(names = "--platform", description = "Only this platform")
    String platform = "";

    @Option(names = "--limit", paramLabel = "<n>", converter = Count.class, description = "So many at most")
    int limit;

    @Option(names = "--summary", paramLabel = "<file>", description = "Write the summary into this file as well")
    String summary = "";

    @Option(names = "--by", paramLabel = "<who>", description = "Who asks. Default: the user of this process")
    String by = "";

    @Option(names = "--request", paramLabel = "<id>", description = "The request that this run answers: POST /api/jobs")
    String request = "";

    @Option(
            names = "--progress",
            paramLabel = "<style>",
            description = "bar, lines or none, on standard error. Default: a bar on a terminal, else lines")
    String progress = "";

    @Spec
    CommandSpec spec;

    /** What only this job knows, by option. */
    abstract Map<String, String> options();

    @Override
    public Integer call() {
        if (since != null && until != null && !since.isBefore(until)) {
            throw wrong("--since " + since + " is not before --until " + until);
        }
        return JobProcess.run(new JobRequest(
                spec.name(),
                dryRun,
                since,
                until,
                platform,
                limit,
                by.isEmpty() ? System.getProperty("user.name", "") : by,
                summary,
                request,
                style(),
                options()));
    }

    private String style() {
        if (progress.isEmpty()) {
            return System.console() == null ? "lines" : "bar";
        }
        if (!progress.matches("bar|lines|none")) {
            throw wrong("--progress is '" + progress + "': use bar, lines or none");
        }
        return progress;
    }

    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** An ISO instant, or a time back from now. */
    static final class Moment implements ITypeConverter<Instant> {
        private static final Pattern BACK = Pattern.compile("(\\d{1,6})([smhdw])");

        @Override
        public Instant convert(String text) {
            if (text.isEmpty()) {
                return null;
            }
            var back = BACK.matcher(text);
            try {
                return back.matches()
                        ? Instant.now().minus(length(Long.parseLong(back.group(1)), back.group(2)))
                        : Instant.parse(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is no time: use " + UNTIL_NOW);
            }
        }

        private static Duration length(long number, String unit) {
            return switch (unit) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofDays(number * 7);
            };
        }
    }

    /** A number of items; none where it is empty. */
    static final class Count implements ITypeConverter<Integer> {
        private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

        @Override
        public Integer convert(String text) {
            if (text.isEmpty()) {
                return 0;
            }
            if (!NUMBER.matcher(text).matches()) {
                throw new TypeConversionException("'" + text + "' is no whole number from 0 on");
            }
            return Integer.parseInt(text);
        }
    }
}
