package io.xtribe.fusionhub.platform;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.platform.PlatformException.Kind;

/**
 * A row of a vendor's table of refusals: an answer to which all that it names applies means this, whatever its status means
 * otherwise.
 *
 * @param description what the vendor says by it, one line for people, with its source
 * @param status the HTTP status; 0 for any outside 2xx
 * @param code the vendor's error code, read where {@code errorCode} of the descriptor says; null for any
 * @param words a regular expression that is found in the answer, whatever the case; null for any
 * @param at a place in the answer where something stands, such as {@code /error}; null where that does not matter
 * @param operations of steps, such as {@code update}; empty for any
 * @param means what follows
 */
public record Refusal(
        String description,
        int status,
        String code,
        Pattern words,
        JsonPointer at,
        List<String> operations,
        Meaning means) {

    private static final List<String> OPERATIONS =
            Arrays.stream(Operation.values()).map(Operation::verb).toList();

    /** What an answer means. */
    public enum Meaning {
        /** There were too many calls: it is made again later. */
        THROTTLED(Kind.THROTTLED),
        /** It had no effect, and is made again later. */
        LATER(Kind.WILL_HEAL),
        /** Nothing had to be done, the record is as it was to be. */
        ALREADY(Kind.ALREADY),
        /** Only this record is refused, whatever its status says. */
        RECORD(Kind.REJECTED),
        /** The account does not have the feature: the hub does without. */
        FEATURE(Kind.FEATURE_OFF),
        /** Everything is refused until somebody corrects the account or our settings: the platform is paused. */
        ACCOUNT(Kind.ACCOUNT),
        /** It may have had its effect, or not: what stands is read. */
        UNKNOWN(Kind.UNKNOWN_OUTCOME);

        private final Kind kind;

        Meaning(Kind kind) {
            this.kind = kind;
        }

        Kind kind() {
            return kind;
        }
    }

    /** Words are found whatever their case. */
    public Refusal {
        if (means == null) {
            throw new IllegalArgumentException("a row of refusals needs the member 'means'");
        }
        if (operations != null && !OPERATIONS.containsAll(operations)) {
            throw new IllegalArgumentException(
                    "operations of a refusal holds " + operations + ": use " + String.join(", ", OPERATIONS));
        }
        words = words == null ? null : Pattern.compile(words.pattern(), Pattern.CASE_INSENSITIVE);
        operations = operations == null ? List.of() : List.copyOf(operations);
    }

    /** {@code text} is asked for last: of most answers it has to be written first, and nothing else fits. */
    boolean fits(String operation, int answered, String answeredCode, Supplier<String> text, JsonNode answer) {
        return (status == 0 ? !isSuccess(answered) : status == answered)
                && (code == null || code.equals(answeredCode))
                && (at == null || stands(answer.at(at)))
                && (operations.isEmpty() || operations.contains(operation))
                && (words == null || words.matcher(text.get()).find());
    }

    /** An empty list of errors is none. */
    private static boolean stands(JsonNode node) {
        return !node.isMissingNode() && !node.isNull() && !(node.isContainerNode() && node.isEmpty());
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status <= 299;
    }
}
