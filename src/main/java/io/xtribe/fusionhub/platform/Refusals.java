package io.xtribe.fusionhub.platform;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A vendor's table of refusals. The first row that fits counts; where none does, the status alone says what is meant. */
public final class Refusals {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String platform;
    private final JsonPointer code;
    private final List<Refusal> rows;
    private final boolean judgesSuccess;

    /** The table of a descriptor. */
    Refusals(Descriptor descriptor) {
        platform = descriptor.name();
        code = descriptor.errorCode();
        rows = descriptor.refusals();
        judgesSuccess = rows.stream().anyMatch(row -> Refusal.isSuccess(row.status()));
    }

    /** The same failure, as what the table takes it for. */
    PlatformException judged(PlatformException failure, String operation) {
        if (rows.isEmpty() || failure.status() == 0) {
            return failure;
        }
        var text = failure.answer();
        return row(operation, failure.status(), () -> text, parsed(text))
                .map(row -> failure.as(row.means().kind()))
                .orElse(failure);
    }

    /** A failure, where an answer with a status of success is none: for example when an error stands beside a result. */
    public Optional<PlatformException> inSuccess(int status, JsonNode answer, String operation) {
        if (!judgesSuccess) {
            return Optional.empty();
        }
        return row(operation, status, answer::toString, answer)
                .map(row -> FailureClassifier.ofAnswer(platform, status, answer.toString(), null)
                        .as(row.means().kind()));
    }

    private Optional<Refusal> row(String operation, int status, Supplier<String> text, JsonNode answer) {
        var answeredCode = code == null ? "" : answer.at(code).asText();
        return rows.stream()
                .filter(row -> row.fits(operation, status, answeredCode, text, answer))
                .findFirst();
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // The page of a proxy, for example: only its words can be judged.
            return MissingNode.getInstance();
        }
    }
}
