package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;

import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.Screen;
import io.xtribe.fusionhub.nats.Names;

/** Fills the record store with incidents that are opened, linked and settled, as copies of one that really is. */
final class Known {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNANSWERED = 500;
    private static final int ID_BYTES = 16;

    private final Bench bench;
    private final ArrayList<CompletableFuture<PublishAck>> answers = new ArrayList<>();

    Known(Bench bench) {
        this.bench = bench;
    }

    /** Afterwards so many are known, or more. */
    void fillUp(int wanted) throws IOException, InterruptedException, LocalFailure {
        var model = model();
        var missing = wanted - count();
        Screen.Step step = bench.screen().step("Tracking " + wanted + " incidents");
        var stream = bench.nats().jetStream();
        for (int made = 0; made < missing; made++) {
            copy(stream, model.deepCopy());
        }
        settle();
        step.done("stored", "");
    }

    private long count() throws IOException {
        try {
            return bench.nats()
                    .keyValueManagement()
                    .getStatus(Names.INCIDENTS_BUCKET)
                    .getEntryCount();
        } catch (JetStreamApiException e) {
            throw new IOException("No count of incidents", e);
        }
    }

    private ObjectNode model() throws IOException, InterruptedException, LocalFailure {
        var bucket = bench.nats().keyValue(Names.INCIDENTS_BUCKET);
        try {
            for (var key : bucket.keys()) {
                var entry = bucket.get(key);
                if (entry != null
                        && JSON.readTree(entry.getValue()) instanceof ObjectNode incident
                        && isDone(incident)) {
                    return incident;
                }
            }
        } catch (JetStreamApiException e) {
            throw new IOException("The incidents cannot be read", e);
        }
        throw new LocalFailure("There is no linked incident to copy: run the part 'triggers' first");
    }

    private static boolean isDone(JsonNode incident) {
        return incident.hasNonNull("linkedAt")
                && incident.path("generation").equals(incident.path("settledGeneration"));
    }

    private void copy(JetStream stream, ObjectNode incident) {
        var id = new byte[ID_BYTES];
        ThreadLocalRandom.current().nextBytes(id);
        var name = "fx-" + HexFormat.of().formatHex(id);
        incident.put("id", name);
        try {
            answers.add(stream.publishAsync(
                    "$KV." + Names.INCIDENTS_BUCKET + "." + name, JSON.writeValueAsBytes(incident)));
            for (var part :
                    new String[] {"datadog.case", "datadog.incident", "servicenow.incident", "pagerduty.incident"}) {
                answers.add(stream.publishAsync("$KV." + Names.REFS_BUCKET + "." + part + "." + name, name.getBytes()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
        if (answers.size() >= UNANSWERED) {
            settle();
        }
    }

    private void settle() {
        answers.forEach(CompletableFuture::join);
        answers.clear();
    }
}
