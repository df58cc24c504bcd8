package io.xtribe.fusionhub.openapi;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.xtribe.fusionhub.testing.SandboxClient;

/**
 * Sends once more what the sandbox has just accepted, so that it must refuse: with every status that the vendor's
 * document has for the operation, without or with wrong credentials, for a record that does not exist, and with a body
 * that makes no sense. What comes back is held against the document; these requests are wrong on purpose and are not.
 */
final class Refusals {

    private static final List<String> IDENTIFYING =
            List.of("authorization", "dd-api-key", "dd-application-key", "from");
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String platform;
    private final VendorDocument document;
    private final SandboxClient sandbox;

    Refusals(String platform, VendorDocument document, String sandboxUrl) {
        this.platform = platform;
        this.document = document;
        this.sandbox = new SandboxClient(sandboxUrl);
    }

    /** All refusals of the operation that this accepted call was an example of. */
    List<Spoken> of(Spoken accepted) {
        var refused = new ArrayList<Spoken>();
        for (var status : document.refusals(accepted)) {
            sandbox.fault(platform, "*").status(status).inject();
            refused.add(send(accepted));
        }
        wrong(accepted).forEach(call -> refused.add(send(call)));
        return refused;
    }

    private List<Spoken> wrong(Spoken accepted) {
        var wrong = new ArrayList<Spoken>();
        for (var name : IDENTIFYING) {
            if (accepted.headers().containsKey(name)) {
                wrong.add(accepted.withHeader(name, null));
                wrong.add(accepted.withHeader(name, "wrong"));
            }
        }
        for (var at : document.parametersOfPath(accepted)) {
            wrong.add(accepted.withTarget(otherId(accepted.target(), at)));
        }
        if (!accepted.body().isEmpty()) {
            wrong.add(accepted.withBody("{}"));
            wrong.add(accepted.withBody("{"));
        }
        return wrong;
    }

    /** An id of the same form that nothing has: each digit is one more. */
    private static String otherId(String target, int at) {
        var path = target.split("\\?", 2);
        var parts = path[0].split("/");
        var other = new StringBuilder();
        parts[at]
                .chars()
                .map(character -> Character.isDigit(character) ? '0' + (character - '0' + 1) % 10 : character)
                .forEach(character -> other.append((char) character));
        parts[at] = other.toString();
        return String.join("/", parts) + (path.length < 2 ? "" : "?" + path[1]);
    }

    private Spoken send(Spoken call) {
        var request = HttpRequest.newBuilder(URI.create(sandbox.url(platform) + call.target()))
                .timeout(Duration.ofSeconds(5))
                .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()));
        call.headers().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return call.withAnswer(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(call.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
