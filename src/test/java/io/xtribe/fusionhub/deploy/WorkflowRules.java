package io.xtribe.fusionhub.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What neither {@code argo lint} nor the API server finds in workflows: expressions of retries, durations, mounts without a volume,
 * containers without a command, arguments that are not declared, or not among their allowed values, and names that lead nowhere.
 */
final class WorkflowRules {

    static final Pattern DURATION = Pattern.compile("([0-9]+(ms|s|m|h))+");
    /** One form is enough for all of them, so that nothing has to be evaluated here. */
    private static final Pattern RETRY = Pattern.compile("asInt\\(lastRetry\\.exitCode\\) in \\[\\d+(, \\d+)*]");

    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*([^}]*?)\\s*}}");
    private static final Set<String> GLOBALS = Set.of("workflow.name", "workflow.status", "workflow.failures");

    private final Map<String, Manifest> templates = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Rules for these manifests, which may refer to each other. */
    WorkflowRules(List<Manifest> manifests) {
        manifests.stream()
                .filter(manifest -> manifest.kind().equals("WorkflowTemplate"))
                .forEach(manifest -> templates.put(manifest.name(), manifest));
        for (var manifest : manifests) {
            switch (manifest.kind()) {
                case "WorkflowTemplate" -> check(manifest.title(), manifest.spec());
                case "CronWorkflow" -> {
                    new CronRules(problem -> problems.add(manifest.title() + ": " + problem)).check(manifest.spec());
                    submitted(manifest.title(), manifest.spec().path("workflowSpec"));
                }
                default -> {}
            }
        }
    }

    /** A line each. */
    List<String> problems() {
        return problems;
    }

    /** The arguments with which a workflow of a template is made. */
    void submitted(String where, JsonNode spec) {
        var name = spec.at("/workflowTemplateRef/name").asText();
        var template = templates.get(name);
        if (template == null) {
            problems.add(where + ": there is no WorkflowTemplate " + name);
            return;
        }
        arguments(where, spec.at("/arguments/parameters"), template.spec().at("/arguments/parameters"));
    }

    private void check(String where, JsonNode spec) {
        var own = named(spec.path("templates"));
        for (var member : List.of("entrypoint", "onExit")) {
            if (spec.has(member) && !own.containsKey(spec.path(member).asText())) {
                problems.add(where + ": " + member + " names no template: " + spec.path(member));
            }
        }
        var parameters = named(spec.at("/arguments/parameters")).keySet();
        own.forEach((name, template) -> {
            var place = where + ", template " + name;
            references(place, template, parameters);
            container(place, spec, template);
            retry(place, template.path("retryStrategy"));
            calls(template).forEach(call -> call(place, own, call));
            order(place, template);
        });
        duration(where, spec.at("/podGC/deleteDelayDuration"));
    }

    private void container(String where, JsonNode spec, JsonNode template) {
        if (!template.has("container")) {
            return;
        }
        var container = template.path("container");
        if (container.path("command").isEmpty()) {
            problems.add(where + ": the container has no command: Argo would have to ask the registry");
        }
        if (!template.has("retryStrategy")) {
            problems.add(where + ": a container without retryStrategy");
        }
        var volumes = new HashSet<>(named(spec.path("volumes")).keySet());
        volumes.addAll(named(template.path("volumes")).keySet());
        entries(container.path("volumeMounts"))
                .map(mount -> mount.path("name").asText())
                .filter(name -> !volumes.contains(name))
                .forEach(name -> problems.add(where + ": volumeMount without a volume: " + name));
        var security = container.path("securityContext");
        if (security.path("allowPrivilegeEscalation").asBoolean(true)
                || !security.path("readOnlyRootFilesystem").asBoolean()
                || !security.at("/capabilities/drop/0").asText().equals("ALL")) {
            problems.add(where + ": the container is not confined");
        }
        if (!container.at("/resources/requests").has("memory")
                || !container.at("/resources/limits").has("memory")) {
            problems.add(where + ": the container has no resources");
        }
        entries(template.at("/outputs/parameters"))
                .filter(output -> !output.path("valueFrom").has("default"))
                .forEach(output -> problems.add(where + ": output without default: " + output.path("name")));
    }

    private void retry(String where, JsonNode retry) {
        if (retry.isMissingNode()) {
            return;
        }
        if (!RETRY.matcher(retry.path("expression").asText()).matches()) {
            problems.add(where + ": not the form of a retry's expression: " + retry.path("expression"));
        }
        duration(where, retry.at("/backoff/duration"));
        duration(where, retry.at("/backoff/maxDuration"));
    }

    private void duration(String where, JsonNode value) {
        if (!value.isMissingNode() && !DURATION.matcher(value.asText()).matches()) {
            problems.add(where + ": no duration: " + value);
        }
    }

    private void call(String where, Map<String, JsonNode> own, JsonNode call) {
        var place = where + ", " + call.path("name").asText();
        var name = call.path("template").asText();
        var called = own.get(name);
        if (call.has("templateRef")) {
            var holder = templates.get(call.at("/templateRef/name").asText());
            name = call.at("/templateRef/template").asText();
            called = holder == null
                    ? null
                    : named(holder.spec().path("templates")).get(name);
        }
        if (called == null) {
            problems.add(place + ": there is no template " + name);
            return;
        }
        arguments(place, call.at("/arguments/parameters"), called.at("/inputs/parameters"));
    }

    private void arguments(String where, JsonNode given, JsonNode declared) {
        var known = named(declared);
        var arguments = named(given);
        arguments.forEach((name, argument) -> {
            if (!known.containsKey(name)) {
                problems.add(where + ": no such parameter: " + name);
                return;
            }
            var allowed = known.get(name).path("enum");
            var value = argument.path("value").asText();
            if (!allowed.isMissingNode()
                    && !value.contains("{{")
                    && entries(allowed).noneMatch(one -> one.asText().equals(value))) {
                problems.add(where + ": " + name + " may not be " + value);
            }
        });
        known.forEach((name, parameter) -> {
            if (!parameter.has("value") && !arguments.containsKey(name)) {
                problems.add(where + ": without the parameter " + name);
            }
        });
    }

    private void references(String where, JsonNode template, Set<String> parameters) {
        var inputs = named(template.at("/inputs/parameters")).keySet();
        var steps = new TreeSet<String>();
        calls(template).forEach(call -> steps.add(call.path("name").asText()));
        REFERENCE
                .matcher(template.toString())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .forEach(name -> {
                    var isKnown = GLOBALS.contains(name)
                            || name.startsWith("workflow.parameters.")
                                    && parameters.contains(name.substring("workflow.parameters.".length()))
                            || name.startsWith("inputs.parameters.")
                                    && inputs.contains(name.substring("inputs.parameters.".length()))
                            || name.startsWith("steps.") && steps.contains(name.split("\\.")[1]);
                    if (!isKnown) {
                        problems.add(where + ": declared nowhere: " + name);
                    }
                });
    }

    /** What a task waits for are tasks beside it. */
    private void order(String where, JsonNode template) {
        var tasks = named(template.at("/dag/tasks"));
        tasks.values().forEach(task -> Stream.of(task.path("depends").asText().split("[^A-Za-z0-9_-]+"))
                .filter(name -> !name.isEmpty() && !tasks.containsKey(name))
                .forEach(name -> problems.add(where + ": depends on no task: " + name)));
    }

    private static Stream<JsonNode> calls(JsonNode template) {
        return Stream.concat(
                entries(template.path("steps")).flatMap(WorkflowRules::entries), entries(template.at("/dag/tasks")));
    }

    static Stream<JsonNode> entries(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    static Map<String, JsonNode> named(JsonNode list) {
        var named = new HashMap<String, JsonNode>();
        list.forEach(entry -> named.put(entry.path("name").asText(), entry));
        return named;
    }
}
