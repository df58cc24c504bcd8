package io.xtribe.fusionhub.openapi;

/**
 * One thing that the vendor's document does not allow.
 *
 * @param operation the document's {@code operationId}, or method and path where it has none
 * @param isAnswer whether the answer is at fault, and not the request
 * @param what the kind of fault and where, for example {@code validation.response.body.schema.required /data/id}
 * @param detail the validator's sentence
 * @param said the call, for whoever has to find the cause
 */
public record Finding(String operation, boolean isAnswer, String what, String detail, Spoken said) {

    @Override
    public String toString() {
        return operation + (isAnswer ? " answer " + said.status() : " request") + ": " + what + ": " + detail
                + "\n    in " + said;
    }
}
