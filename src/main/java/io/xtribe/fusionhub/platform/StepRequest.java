package io.xtribe.fusionhub.platform;

import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/** The request of a {@code platform:} step with its mappings compiled: what is sent, and what is made of how it ended. */
final class StepRequest {

    private final RequestSpec spec;
    private final Template path;
    private final Template query;
    private final Mapping body;
    private final Mapping answer;
    private final Mapping refused;
    private final Mapping collect;
    private final JsonPointer expected;

    /**
     * Compiles it.
     *
     * @param compile makes a mapping of a program or of a file's name
     * @throws org.apache.camel.ExpressionIllegalSyntaxException when a mapping is no jq
     */
    StepRequest(RequestSpec spec, Function<String, Mapping> compile) {
        this.spec = spec;
        path = new Template(spec.path(), compile);
        query = new Template(spec.query(), compile);
        body = spec.body().isEmpty() ? null : compile.apply(spec.body());
        answer = keepsBody() || spec.answer().equals(RequestSpec.RAW) ? null : compile.apply(spec.answer());
        refused = spec.refused().isEmpty() ? null : compile.apply(spec.refused());
        collect = spec.collect().isEmpty() ? null : compile.apply(spec.collect());
        expected = spec.expects().isEmpty() ? null : JsonPointer.compile(spec.expects());
    }

    /** What the timeline should know of the request being made at all, behind what it is made after; empty: nothing. */
    String remarkOfTrying(Throwable after) {
        if (refused != null || spec.remark().isEmpty()) {
            return "";
        }
        return after == null ? spec.remark() : spec.remark() + ": " + after.getMessage();
    }

    /** Whether the body of the message is to stay, whatever the platform answers. */
    boolean keepsBody() {
        return spec.answer().isEmpty();
    }

    /** What is made of what all requests of a list have yielded. */
    JsonNode collected(JsonNode answers, Mapping.Context context) {
        return collect == null ? answers : collect.apply(answers, context);
    }

    PlatformRequest of(JsonNode input, Mapping.Context context) {
        return new PlatformRequest(
                spec.method(),
                path.fill(input, context),
                query.fill(input, context),
                body == null ? null : body.apply(input, context));
    }

    /**
     * What is made of how a request ended.
     *
     * @param input what the request was made of
     * @param said takes what the timeline should know, where the platform refused it and the step goes on
     * @throws PlatformException when it failed, and no other answer is taken
     */
    JsonNode outcome(PlatformClient.Answered call, JsonNode input, Mapping.Context context, Consumer<String> said) {
        JsonNode answered;
        try {
            answered = call.get();
        } catch (PlatformException e) {
            if (refused == null || !e.isRefusal()) {
                throw e;
            }
            if (!spec.remark().isEmpty()) {
                said.accept(spec.remark() + ": " + e.getMessage());
            }
            return refused.apply(input, context);
        }
        try {
            requireExpected(answered);
            return answer == null ? answered : answer.apply(answered, context);
        } catch (IllegalArgumentException e) {
            throw FailureClassifier.unexpected(answered, e);
        }
    }

    /** Whatever stands in front of a platform may have answered in its stead: then nobody knows what was done. */
    private void requireExpected(JsonNode answered) {
        if (expected != null) {
            var place = answered.at(expected);
            if (place.isMissingNode() || place.isNull()) {
                throw new IllegalArgumentException(spec.method() + " was answered without " + spec.expects());
            }
        }
    }
}
