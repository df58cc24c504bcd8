package io.xtribe.fusionhub.platform;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.util.URISupport;

/**
 * The parameters of a {@code platform:} step as they are written in a route.
 *
 * @param method the HTTP method; empty for a step that only maps
 * @param path a {@link Template}
 * @param query a {@link Template} of parameters with semicolons between them, since an ampersand would end it; or empty
 * @param body the mapping that makes the request's body, or empty
 * @param answer the mapping that makes the new body of the message out of the platform's answer, or for a step without a
 *     method out of the body; {@code raw}: the answer as it is; empty: the answer is dropped and the body stays
 * @param expects a JSON pointer to something that every right answer holds; empty where that does not matter
 * @param when the program that tells whether the request is made at all; empty: it always is
 * @param otherwise the mapping that makes the new body where the request is not made; empty: the body stays
 * @param each the program that yields a list: the request is made for each of its elements; empty: it is made once
 * @param collect the mapping that makes the new body out of the list of what {@code answer} yields for each element; empty:
 *     the list is the body
 * @param refused the mapping that makes what is taken in place of {@code answer} where the platform refuses the request, out
 *     of what the request was made of; empty: then the step fails
 * @param remark what the timeline is told: with {@code refused} that it was taken, else that the request is made; or empty
 */
public record RequestSpec(
        String method,
        String path,
        String query,
        String body,
        String answer,
        String expects,
        String when,
        String otherwise,
        String each,
        String collect,
        String refused,
        String remark) {

    /** The scheme of the component. */
    public static final String SCHEME = "platform";
    /** The answer as it is. */
    static final String RAW = "raw";

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final String FILE = ".jq";

    /** A step has a parameter that there is not. */
    public static final class UnknownParameterException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String name;

        UnknownParameterException(String name) {
            super(
                    "a platform step has no parameter '" + name
                            + "': use method, path, query, body, answer, expects, when, otherwise, each, collect, refused, remark");
            this.name = name;
        }

        public String name() {
            return name;
        }
    }

    /**
     * Takes them out of an endpoint's parameters.
     *
     * @throws IllegalArgumentException when they make no request and no mapping
     */
    static RequestSpec of(Map<String, Object> parameters) {
        var spec = new RequestSpec(
                text(parameters, "method"),
                text(parameters, "path"),
                text(parameters, "query").replaceAll("\\s*;\\s*", "&"),
                text(parameters, "body"),
                text(parameters, "answer"),
                text(parameters, "expects"),
                text(parameters, "when"),
                text(parameters, "otherwise"),
                text(parameters, "each"),
                text(parameters, "collect"),
                text(parameters, "refused"),
                text(parameters, "remark"));
        if (!parameters.isEmpty()) {
            throw new UnknownParameterException(parameters.keySet().iterator().next());
        }
        if (spec.isMapping()) {
            if (spec.answer.isEmpty() || !spec.ofRequest().isEmpty()) {
                throw new IllegalArgumentException(
                        "a platform step needs a method and a path, or else only an answer, the mapping to apply");
            }
        } else if (!METHODS.contains(spec.method)) {
            throw new IllegalArgumentException("the method '" + spec.method + "' is none of " + METHODS);
        } else if (!spec.path.startsWith("/")) {
            throw new IllegalArgumentException("the path '" + spec.path + "' does not begin with /");
        } else if (!spec.expects.isEmpty() && !spec.expects.startsWith("/")) {
            throw new IllegalArgumentException("expects is '" + spec.expects + "': a JSON pointer begins with /");
        } else if (spec.when.isEmpty() && !spec.otherwise.isEmpty()) {
            throw new IllegalArgumentException(
                    "a platform step takes otherwise where its when is not so: add when, or leave otherwise out");
        } else if (!spec.collect.isEmpty() && (spec.each.isEmpty() || spec.answer.isEmpty())) {
            throw new IllegalArgumentException(
                    "a platform step collects the answers of each: add each and answer, or leave collect out");
        }
        return spec;
    }

    /** What is written in the URI of a step: to check it before there is an endpoint. */
    public static RequestSpec parse(String uri) throws URISyntaxException {
        var query = uri.indexOf('?');
        return of(query < 0 ? Map.of() : new HashMap<>(URISupport.parseQuery(uri.substring(query + 1))));
    }

    /** Whether it makes no request, and only maps the body. */
    boolean isMapping() {
        return method.isEmpty();
    }

    /** What has a meaning for a request only. */
    private String ofRequest() {
        return path + query + body + expects + when + otherwise + each + collect + refused + remark;
    }

    /** The mapping files that it names, without their folder. */
    public List<String> files() {
        return programs().stream().filter(RequestSpec::isFile).toList();
    }

    /** The jq programs that stand in it. */
    public List<String> inline() {
        return programs().stream().filter(program -> !isFile(program)).toList();
    }

    static boolean isFile(String program) {
        return program.endsWith(FILE);
    }

    private List<String> programs() {
        var programs = new ArrayList<>(Template.programs(path));
        programs.addAll(Template.programs(query));
        Stream.of(when, otherwise, each, collect, body, refused, answer.equals(RAW) ? "" : answer)
                .filter(program -> !program.isEmpty())
                .forEach(programs::add);
        return programs;
    }

    private static String text(Map<String, Object> parameters, String name) {
        var value = parameters.remove(name);
        return value == null ? "" : value.toString();
    }
}
