package io.xtribe.fusionhub;

import java.util.List;
import java.util.concurrent.Callable;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.apache.camel.quarkus.main.CamelMainApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import io.xtribe.fusionhub.access.UserCommand;
import io.xtribe.fusionhub.conformance.CatalogueCommand;
import io.xtribe.fusionhub.conformance.PlatformCommand;
import io.xtribe.fusionhub.explain.ExplainCommand;
import io.xtribe.fusionhub.http.ConnectionGuards;
import io.xtribe.fusionhub.job.JobCommand;
import io.xtribe.fusionhub.job.JobFailedCommand;
import io.xtribe.fusionhub.lab.bench.AotCommand;
import io.xtribe.fusionhub.lab.bench.BenchCommand;
import io.xtribe.fusionhub.lab.bench.FloorCommand;
import io.xtribe.fusionhub.lab.demo.DemoCommand;
import io.xtribe.fusionhub.lab.sandbox.SandboxCommand;
import io.xtribe.fusionhub.setup.SetupWebhooksCommand;
import io.xtribe.fusionhub.startup.StartProblem;

/** The command line. Only {@code serve} starts Quarkus; the sandbox and the demo are plain Java and start at once. */
@QuarkusMain
@Command(
        name = "fusion",
        description = "Keeps one incident in step on Datadog, ServiceNow and PagerDuty.",
        mixinStandardHelpOptions = true,
        subcommands = {
            Main.Serve.class,
            SandboxCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            FloorCommand.class,
            AotCommand.class,
            SetupWebhooksCommand.class,
            CatalogueCommand.class,
            PlatformCommand.class,
            JobCommand.class,
            JobFailedCommand.class,
            ExplainCommand.class,
            UserCommand.class
        })
public final class Main implements Callable<Integer> {

    /** Runs the program and ends the process with its exit code. */
    public static void main(String... args) {
        var code = asksForTheHub(args) ? new Serve().call() : commandLine().execute(args);
        // The hub has been told to stop by then; a zero lets the process end by itself.
        if (code != 0) {
            System.exit(code);
        }
    }

    /** A command that fails says why in one line; only what nobody foresaw comes with a stack trace. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr()
                    .println("fusion " + command.getCommandName() + ": "
                            + (failure.getMessage() == null ? failure : failure.getMessage()));
            if (!(failure instanceof IllegalStateException || failure instanceof IllegalArgumentException)) {
                failure.printStackTrace(command.getErr());
            }
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
    }

    /** To read the options of every other command first takes some hundred milliseconds of the hub's start. */
    private static boolean asksForTheHub(String... args) {
        return args.length == 0 || args.length == 1 && args[0].equals("serve");
    }

    @Override
    public Integer call() {
        return new Serve().call();
    }

    /** Runs the hub until it is told to stop. */
    @Command(
            name = "serve",
            mixinStandardHelpOptions = true,
            description = "Run the hub until it is told to stop (the default).")
    static final class Serve implements Callable<Integer> {
        /** Virtual threads where the JDK has them (21 and later). */
        private static final String VIRTUAL_THREADS = "camel.threads.virtual.enabled";
        /** The 180 steps that only set a header or a body have no id: their MBeans would take some 10 MB. */
        private static final String NAMED_STEPS_ONLY = "org.apache.camel.jmx.onlyRegisterProcessorWithCustomId";

        @Override
        public Integer call() {
            // Camel asks for them before it reads any of our settings.
            for (var wanted : List.of(VIRTUAL_THREADS, NAMED_STEPS_ONLY)) {
                System.setProperty(wanted, System.getProperty(wanted, "true"));
            }
            ConnectionGuards.enable();
            var problem = new StartProblem();
            Quarkus.run(CamelMainApplication.class, problem::report);
            return problem.exitCode();
        }
    }
}
