package io.xtribe.fusionhub.setup;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.xtribe.fusionhub.config.HubConfiguration;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformCatalogue;

/**
 * Points a platform's webhooks at the webhook endpoint: says what is missing there and, only with {@code --apply}, creates it. What is as it
 * should be is left alone, so that it can be run at any time. No secret is printed.
 */
@Command(
        name = "setup-webhooks",
        mixinStandardHelpOptions = true,
        description = {
            "Points a platform's webhooks at the hub, or at Vector in front of it.",
            "For datadog and pagerduty it says what it would create or update, and does so with --apply.",
            "For servicenow it prints the script to paste there."
        },
        footer = {
            "",
            "Keys and secrets come from the hub's own configuration: FUSION_DATADOG_API_KEY, FUSION_DATADOG_APP_KEY,",
            "FUSION_PAGERDUTY_TOKEN, FUSION_WEBHOOKS_<PLATFORM>_SECRET and so on."
        })
public final class SetupWebhooksCommand implements Callable<Integer> {
    private static final List<String> PLATFORMS = List.of("datadog", "pagerduty", "servicenow");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** Where the hub's configuration comes from. */
    @FunctionalInterface
    interface Configuration {
        HubConfiguration.Values read() throws HubConfiguration.Invalid;
    }

    @Option(names = "--platform", required = true, description = "datadog, pagerduty or servicenow")
    String platform;

    @Option(
            names = "--url",
            required = true,
            description = "Public base URL of the webhook endpoint, without /webhooks: https://hub.example.com")
    String url;

    @Option(names = "--apply", description = "Make the changes. Default: only say what they would be")
    boolean apply;

    @Option(
            names = "--name",
            defaultValue = "fusion",
            description = "Begins the names at Datadog: give each hub of one organisation its own. Default:"
                    + " ${DEFAULT-VALUE}")
    String name;

    @Option(
            names = "--renew-secret",
            description = "Write the secret at Datadog again, where it cannot be compared; of two the first")
    boolean renewSecret;

    @Option(
            names = "--secret-file",
            description = "Where to write the signing secret that PagerDuty shows once; must not be there yet")
    Path secretFile;

    @Option(names = "--sign", description = "ServiceNow signs with the secret. Default: it sends it in X-Fusion-Token")
    boolean sign;

    @Spec
    CommandSpec spec;

    private final Configuration configuration;

    /** With the configuration that a hub would have which is started here. */
    public SetupWebhooksCommand() {
        this(() -> HubConfiguration.read(PlatformCatalogue::keys));
    }

    SetupWebhooksCommand(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Integer call() throws InterruptedException {
        String endpoint = endpoint();
        try {
            HubConfiguration.Values config = configuration.read();
            HubConfiguration.refuse(Platform.find(platform, config.hub(), config.values())
                    .orElseThrow()
                    .settings()
                    .malformed());
            return switch (platform) {
                case "datadog" -> setUp(new DatadogSetup(config, endpoint, name(), renewSecret));
                case "pagerduty" -> setUp(new PagerDutySetup(config, endpoint, secretFile));
                default -> print(config, endpoint);
            };
        } catch (HubConfiguration.Invalid | SetupFailure e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(e.getMessage());
            err.flush();
            return 1;
        }
    }

    private int setUp(WebhookSetup setup) throws SetupFailure, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Change> missing = setup.missing();
        if (missing.isEmpty()) {
            out.println("Nothing to do at " + platform + ".");
        }
        for (Change change : missing) {
            if (apply) {
                String remark = change.work().make();
                out.println("Done: " + change.what() + (remark.isEmpty() ? "" : "\n" + remark));
            } else {
                out.println("Would " + change.what());
            }
            // What was done stays done when the next change fails.
            out.flush();
        }
        setup.hints().forEach(out::println);
        if (!missing.isEmpty() && !apply) {
            out.println("Nothing was changed: give --apply to do it.");
        }
        out.flush();
        return 0;
    }

    private int print(HubConfiguration.Values config, String endpoint) {
        if (apply) {
            throw wrong("--apply is not for servicenow: an administrator pastes the script that is printed");
        }
        Optional<String> user = Platform.find("servicenow", config.hub(), config.values())
                .orElseThrow()
                .settings()
                .text("username");
        if (user.isEmpty()) {
            note("fusion.servicenow.username is not set: the script takes " + ServiceNowScript.USER
                    + " for the hub's user, whose changes it does not send.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(ServiceNowScript.filledIn(user.orElse(ServiceNowScript.USER), endpoint, sign));
        out.flush();
        return 0;
    }

    private String name() {
        if (!NAME.matcher(name).matches()) {
            throw wrong("--name is '" + name + "': use lower-case letters and digits, in words joined by -");
        }
        return name;
    }

    private String endpoint() {
        if (!PLATFORMS.contains(platform)) {
            throw wrong("--platform is '" + platform + "': use " + String.join(", ", PLATFORMS));
        }
        URI base;
        try {
            base = new URI(url.replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw wrong("--url is no URL: use one such as https://hub.example.com");
        }
        if (base.getHost() == null || !List.of("http", "https").contains(String.valueOf(base.getScheme()))) {
            throw wrong("--url does not begin with https:// and a host: use one such as https://hub.example.com");
        }
        if (base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw wrong(
                    "--url holds more than scheme, host, port and path: webhooks are authenticated by a header, not by the URL");
        }
        if (base.getPath().matches(".*/webhooks(/\\w+)?")) {
            throw wrong("--url is '" + url + "': leave out /webhooks, which is added");
        }
        if (base.getScheme().equals("http")) {
            note("over http:// everyone on the way can read token and incidents; use https:// outside of a trial.");
        }
        return base + "/webhooks/" + platform;
    }

    /** Beside what a script or file may take from standard output. */
    private void note(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Note: " + text);
        err.flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
