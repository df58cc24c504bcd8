package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.util.Map;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Refusal;

/** ServiceNow's error envelope with the texts that instances really send (platforms/servicenow.md, 2). */
final class ServiceNowErrors {
    private ServiceNowErrors() {}

    static Answer answer(int status, String message, String detail) {
        var body = Json.object();
        body.putObject("error").put("message", message).put("detail", detail);
        return Answer.of(status, body.put("status", "failure"));
    }

    static Refusal notFound() {
        return new Refusal(of(404, null));
    }

    static Refusal dataPolicy(String labels) {
        return new Refusal(answer(
                403, "Operation Failed", "Data Policy Exception: \n\tThe following fields are mandatory: " + labels));
    }

    static Refusal acl() {
        return new Refusal(answer(403, "Operation Failed", "ACL Exception Update Failed due to security constraints"));
    }

    static Answer of(int status, String detail) {
        return switch (status) {
            case 400 -> answer(400, "Exception while reading request", detail);
            case 401 ->
                answer(401, "User Not Authenticated", "Required to provide Auth information")
                        .with(Map.of("WWW-Authenticate", "BASIC realm=\"Service-now\""));
            case 403 -> answer(403, "Operation Failed", "ACL Exception Update Failed due to security constraints");
            case 404 -> answer(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
            case 429 ->
                answer(429, "Rate limit exceeded", "Rate limit of 100 requests per hour for Table API exceeded");
            case 503 -> answer(503, "Service Unavailable", detail);
            default -> answer(status, "Transaction cancelled", detail);
        };
    }
}
