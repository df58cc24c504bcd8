package io.xtribe.fusionhub.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Argo's part beyond what its schemas say: {@link WorkflowRules}, {@link SensorRules}, and that templates of jobs are alike. */
class ArgoTest {

    private static final List<Manifest> ALL = Manifest.below("argo");

    static Stream<Manifest> jobs() {
        return ALL.stream()
                .filter(manifest -> manifest.kind().equals("WorkflowTemplate"))
                .filter(manifest -> manifest.spec().has("entrypoint"))
                .filter(manifest -> !manifest.name().equals("fusion-incident"));
    }

    @Test
    void leadsNowhereWrong() {
        assertThat(new SensorRules(ALL).problems()).isEmpty();
    }

    /** Each is accepted by argo lint and by an API server, or would be by one of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "workflow-templates/fusion-report.yaml ~ in [69, 75] ~ in [69, 75 ~ not the form of a retry's expression",
                "workflow-templates/fusion-report.yaml ~ lastRetry.exitCode ~ lastRetry.exitcode ~ not the form of a retry's expression",
                "workflow-templates/fusion-report.yaml ~ duration: 30s ~ duration: 30sec ~ no duration",
                "workflow-templates/fusion-report.yaml ~ maxDuration: 90m ~ maxDuration: 90 min ~ no duration",
                "workflow-templates/fusion-report.yaml ~ deleteDelayDuration: 60s ~ deleteDelayDuration: 60 ~ no duration",
                "workflow-templates/fusion-report.yaml ~ - {name: tmp, emptyDir ~ - {name: temp, emptyDir ~ volumeMount without a volume: tmp",
                "workflow-templates/fusion-report.yaml ~ command: [/opt/fusion/container-entrypoint] ~ workingDir: /work ~ has no command",
                "workflow-templates/fusion-report.yaml ~ parameters.since}} ~ parameters.sinc}} ~ declared nowhere: workflow.parameters.sinc",
                "workflow-templates/fusion-report.yaml ~ template: announce ~ template: anounce ~ there is no template anounce",
                "workflow-templates/fusion-report.yaml ~ {name: job, value: report} ~ {name: jobs, value: report} ~ no such parameter: jobs",
                "workflow-templates/fusion-report.yaml ~ onExit: exit ~ onExit: end ~ onExit names no template",
                "workflow-templates/fusion-report.yaml ~ readOnlyRootFilesystem: true ~ readOnlyRootFilesystem: false ~ not confined",
                "workflow-templates/fusion-incident.yaml ~ depends: datadog ~ depends: datadogs ~ depends on no task: datadogs",
                "workflow-templates/fusion-incident.yaml ~ {name: platform, value: datadog} ~ {name: platfrom, value: datadog} ~ no such parameter: platfrom",
                "cron-workflows/fusion-report-weekly.yaml ~ 0 6 * * 1 ~ 0 6 * * 8 ~ no schedule",
                "cron-workflows/fusion-report-weekly.yaml ~ Etc/UTC ~ Etc/UTX ~ no time zone",
                "cron-workflows/fusion-report-weekly.yaml ~ {name: format, value: html} ~ {name: format, value: pdf} ~ format may not be pdf",
                "cron-workflows/fusion-report-weekly.yaml ~ {name: since, value: 7d} ~ {name: from, value: 7d} ~ no such parameter: from",
                "cron-workflows/fusion-report-weekly.yaml ~ {name: fusion-report} ~ {name: fusion-raport} ~ there is no WorkflowTemplate fusion-raport",
                "sensors/fusion-jobs.yaml ~ parameters.1.value ~ parameters.2.value ~ body.data.since goes into the argument",
                "sensors/fusion-jobs.yaml ~ relink|replay ~ relink|reply ~ there is no WorkflowTemplate fusion-reply",
                "sensors/fusion-jobs.yaml ~ eventName: job-requested ~ eventName: jobs-requested ~ no event source has the event",
                "sensors/fusion-jobs.yaml ~ {path: body.data.limit ~ {path: body.data.limits ~ nobody has looked at body.data.limit",
                "sensors/fusion-jobs.yaml ~ ^[0-9]{0,9}$ ~ [0-9]{0,9} ~ a pattern that is found anywhere",
                "sensors/fusion-jobs.yaml ~ generateName ~ generatedName ~ generatedName",
                "sensors/fusion-incidents.yaml ~ {name: incident, value ~ {name: incidents, value ~ without the parameter incident",
                "sensors/fusion-incidents.yaml ~ conditions: opened ~ conditions: open ~ no dependency is called open",
                "event-sources/fusion-nats.yaml ~ duration: 5s ~ duration: 5sec ~ no duration"
            })
    void findsAMistake(String file, String right, String wrong, String said) {
        var path = Path.of("argo").resolve(file);
        var text = Manifest.text(path);
        assertThat(text).contains(right);
        var at = text.indexOf(right);
        var edited = text.substring(0, at) + wrong + text.substring(at + right.length());

        var changed = Stream.concat(
                        ALL.stream().filter(manifest -> !manifest.file().equals(path)),
                        Manifest.read(path, edited).stream())
                .toList();

        assertThat(new SensorRules(changed).problems())
                .anySatisfy(problem -> assertThat(problem).contains(said));
    }

    @Test
    void hasATemplateForEveryJob() {
        assertThat(jobs().map(Manifest::name))
                .containsExactlyInAnyOrder(
                        "fusion-backfill",
                        "fusion-converge",
                        "fusion-doctor",
                        "fusion-rebuild",
                        "fusion-reconcile",
                        "fusion-relink",
                        "fusion-replay",
                        "fusion-report");
    }

    /** What is the same in all of them is changed in all of them. */
    @ParameterizedTest
    @MethodSource("jobs")
    void runsAsTheOthersDo(Manifest job) {
        var name = job.name().replace("fusion-", "");
        var like = jobs().findFirst().orElseThrow();
        for (var pointer : List.of(
                "/entrypoint", "/onExit", "/serviceAccountName", "/podGC", "/ttlStrategy", "/securityContext")) {
            assertThat(job.spec().at(pointer)).as(pointer).isEqualTo(like.spec().at(pointer));
        }
        var container = run(job).path("container");
        for (var member : List.of(
                "image", "command", "envFrom", "resources", "securityContext", "volumeMounts", "imagePullPolicy")) {
            assertThat(container.path(member)).as(member).isEqualTo(run(like).at("/container/" + member));
        }
        assertThat(run(job).at("/retryStrategy/expression").asText())
                .isEqualTo("asInt(lastRetry.exitCode) in [69, 75]");
        assertThat(container.at("/args/0").asText()).isEqualTo("job");
        assertThat(container.at("/args/1").asText()).isEqualTo(name);
        assertThat(job.spec().at("/synchronization/mutexes/0/name").asText()).startsWith(job.name());
        assertThat(job.spec()
                        .at("/workflowMetadata/labels/fusion.xtribe.io~1job")
                        .asText())
                .isEqualTo(name);
        assertThat(job.json().at("/metadata/annotations").findValuesAsText("workflows.argoproj.io/description"))
                .isNotEmpty();
        assertThat(job.spec().at("/arguments/parameters"))
                .allSatisfy(parameter ->
                        assertThat(parameter.path("description").asText()).isNotEmpty());
        assertThat(job.spec().path("activeDeadlineSeconds").asInt())
                .isGreaterThan(run(job).path("activeDeadlineSeconds").asInt());
    }

    private static JsonNode run(Manifest job) {
        return WorkflowRules.named(job.spec().path("templates")).get("run");
    }
}
