package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Refusal;

/** PagerDuty's error envelope and the codes worth naming (developer-docs, REST-API/14-Errors). */
final class PagerDutyErrors {
    private PagerDutyErrors() {}

    static Answer answer(int status, int code, String message, String... errors) {
        var body = Json.object();
        var error = body.putObject("error").put("message", message).put("code", code);
        if (errors.length > 0) {
            var list = error.putArray("errors");
            for (String text : errors) {
                list.add(text);
            }
        }
        return Answer.of(status, body);
    }

    static Refusal refusal(int status, int code, String message, String... errors) {
        return new Refusal(answer(status, code, message, errors));
    }

    static Refusal notFound() {
        return new Refusal(of(404, null));
    }

    static Refusal invalid(String error) {
        return refusal(400, 2001, "Invalid Input Provided", error);
    }

    static Refusal arguments(String error) {
        return refusal(400, 2002, "Arguments Caused Error", error);
    }

    /** What an account without a feature answers; 402 carries the code of a missing ability. */
    static Refusal missingAbility(int status) {
        return switch (status) {
            case 403 -> refusal(403, 2010, "Access Denied");
            case 404 -> notFound();
            default -> refusal(402, 2014, "Account does not have the required ability");
        };
    }

    static Answer of(int status, String detail) {
        return switch (status) {
            case 400 -> answer(400, 2001, "Invalid Input Provided", detail == null ? "Bad Request" : detail);
            case 401 -> answer(401, 2006, "Authentication failed");
            case 402 -> answer(402, 2014, "Account does not have the required ability");
            case 403 -> answer(403, 2010, "Access Denied");
            case 404 -> answer(404, 2100, "Not Found");
            case 408 -> answer(408, 2000, "Request Timed Out");
            case 429 -> answer(429, 2020, "Rate Limit Exceeded");
            default -> answer(status, 2000, "Internal Error");
        };
    }
}
