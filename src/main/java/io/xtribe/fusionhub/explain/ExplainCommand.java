package io.xtribe.fusionhub.explain;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.core.JsonProcessingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.xtribe.fusionhub.incident.IncidentJson;

/** What a hub would do about a signal, or what two versions of routes and mappings do otherwise: docs/explain.md. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Says what the hub would do about a webhook or a CloudEvent, and why, without doing it; or which"
                + " recorded signals another version of routes and mappings would treat otherwise.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:explained; with --against: nothing differs",
            "1:with --against: something differs",
            "2:nothing could be explained"
        },
        exitCodeOnInvalidInput = ExplainRequest.NOT_EXPLAINED,
        exitCodeOnExecutionException = ExplainRequest.NOT_EXPLAINED)
public final class ExplainCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "<file>",
            arity = "0..1",
            description = "A webhook's body or a CloudEvent; - for standard input")
    String file = "";

    @Option(
            names = "--source",
            paramLabel = "<platform>",
            description = "The platform whose webhook it is; not for a CloudEvent, which says it")
    String source = "";

    @Option(names = "--json", description = "Write JSON: docs/explain.md")
    boolean json;

    @Option(
            names = "--hub",
            paramLabel = "<url>",
            defaultValue = "${env:HUB_URL:-http://localhost:8080}",
            description = "The hub that is asked. Default: HUB_URL of the environment, or http://localhost:8080")
    String hub;

    @Option(
            names = "--token-file",
            paramLabel = "<file>",
            description =
                    "A file with the token of a viewer, where the hub wants one. Default: HUB_TOKEN of the environment")
    Path tokenFile;

    @Option(
            names = "--offline",
            description = "Ask no hub: explain by the settings of this process, with no incident known")
    boolean offline;

    @Option(
            names = "--against",
            paramLabel = "<folder>",
            description = "Compare with the platforms' folders and route files in this one, as fusion.platforms-path"
                    + " would take them: without <file> on the signals that NATS has recorded")
    Path against;

    @Option(
            names = "--from",
            paramLabel = "<time>",
            converter = MomentConverter.class,
            defaultValue = "24h",
            description = "Recorded signals from then on: 2026-11-29T00:00:00Z, or a time back from now such as 24h or"
                    + " 7d. Default: 24h")
    Instant from;

    @Option(
            names = "--to",
            paramLabel = "<time>",
            converter = MomentConverter.class,
            description = "And before that: the same forms. Default: now")
    Instant to;

    @Option(names = "--limit", paramLabel = "<n>", defaultValue = "0", description = "So many signals at most")
    int limit;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (file.isEmpty() && against == null) {
            throw new ParameterException(spec.commandLine(), "name a file, or --against a folder");
        }
        if (against != null && !Files.isDirectory(against)) {
            throw new ParameterException(spec.commandLine(), "--against is '" + against + "', which is no folder");
        }
        var body = file.isEmpty() ? null : read();
        if (offline || against != null) {
            return ExplainProcess.run(new ExplainRequest(
                    body,
                    source,
                    against == null
                            ? null
                            : against.toAbsolutePath().normalize().toString(),
                    from,
                    to == null ? Instant.now() : to,
                    limit,
                    json));
        }
        return ask(body);
    }

    private byte[] read() throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return System.in.readAllBytes();
        }
        var path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new ParameterException(spec.commandLine(), "there is no file " + file);
        }
        return Files.readAllBytes(path);
    }

    private int ask(byte[] body) throws IOException, InterruptedException {
        var query = source.isEmpty() ? "" : "?source=" + URLEncoder.encode(source, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(hub.replaceFirst("/+$", "") + "/api/explain" + query))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        var token = token();
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer;
        try {
            answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no hub answers at " + hub + ": start one, name another with --hub, or explain with --offline", e);
        }
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("the hub refuses it, " + answer.statusCode() + ": "
                    + (answer.statusCode() == 401 || answer.statusCode() == 403
                            ? "give the token of a viewer by --token-file or HUB_TOKEN"
                            : answer.body()));
        }
        System.out.println(said(answer.body()));
        return 0;
    }

    private String token() throws IOException {
        if (tokenFile != null) {
            return Files.readString(tokenFile).strip();
        }
        var token = System.getenv("HUB_TOKEN");
        return token == null ? "" : token.strip();
    }

    private String said(String answer) throws JsonProcessingException {
        var explanation = IncidentJson.mapper().readTree(answer);
        return json
                ? IncidentJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(explanation)
                : ExplanationText.of(explanation).stripTrailing();
    }
}
