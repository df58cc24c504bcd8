package io.xtribe.fusionhub.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.ExpressionIllegalSyntaxException;

/**
 * A jq program that says where things stand in what a platform sends or takes. Beside its input it sees {@code $step}, the
 * step under way, {@code $settings}, the platform's settings without the secret ones, {@code $lists}, what was read of
 * the platform's account, and {@code $each}, what a request of several was made for. It may call {@link Missing}.
 */
public final class Mapping {

    /** What a program may read beside its input, without the dollar. */
    public static final Set<String> VARIABLES = Set.of("step", "settings", "lists", "each");

    /**
     * What a program sees beside its input.
     *
     * @param step the step under way, or null
     * @param settings the platform's settings without the secret ones
     * @param lists what was read of the platform's account
     * @param each the element of a list that the request is made for, or null
     */
    public record Context(JsonNode step, JsonNode settings, JsonNode lists, JsonNode each) {

        /** The same for one element of a list. */
        Context of(JsonNode element) {
            return new Context(step, settings, lists, element);
        }
    }

    private static final Scope ROOT = root();

    private final String name;
    private final JsonQuery query;

    private Mapping(String name, JsonQuery query) {
        this.name = name;
        this.query = query;
    }

    /**
     * Compiles a program.
     *
     * @param name what messages call it: its file, or the program itself
     * @throws ExpressionIllegalSyntaxException when it is no jq
     */
    public static Mapping compile(String name, String program) {
        try {
            return new Mapping(name, JsonQuery.compile(program, Versions.JQ_1_6));
        } catch (JsonQueryException e) {
            throw new ExpressionIllegalSyntaxException(program, e);
        }
    }

    /** The functions that every program may call, as {@code name/arguments} or, with any number of arguments, the name. */
    public static Set<String> functions() {
        return Stream.iterate(ROOT, scope -> scope != null, Scope::getParentScope)
                .flatMap(scope -> scope.getLocalFunctions().keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Runs the program.
     *
     * @return its one result, or null when it yields none
     * @throws IllegalArgumentException when it fails on this input, or yields several results
     */
    public JsonNode apply(JsonNode input, Context context) {
        var scope = Scope.newChildScope(ROOT);
        scope.setValue("step", orNull(context.step()));
        scope.setValue("settings", context.settings());
        scope.setValue("lists", context.lists());
        scope.setValue("each", orNull(context.each()));
        List<JsonNode> results = new ArrayList<>(1);
        try {
            query.apply(scope, input, results::add);
        } catch (JsonQueryException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        if (results.size() > 1) {
            throw new IllegalArgumentException(name + " yields " + results.size() + " results instead of one");
        }
        return results.isEmpty() ? null : results.get(0);
    }

    private static JsonNode orNull(JsonNode node) {
        return node == null ? NullNode.getInstance() : node;
    }

    private static Scope root() {
        var scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
        scope.addFunction(Missing.NAME, 0, new Missing());
        return scope;
    }
}
