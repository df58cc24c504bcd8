package io.xtribe.fusionhub.incident;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records as hubs have stored them, in {@code src/test/resources/records/<schema>}. A sample is never edited: when the
 * form changes, samples of the new one are added in a folder of their own.
 */
class StoredRecordsTest {

    private static final Path SAMPLES = Path.of("src/test/resources/records");
    private static final ObjectMapper JSON = IncidentJson.mapper();

    static List<Path> samples() throws IOException {
        try (var files = Files.walk(SAMPLES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadAndWrittenAgainWithoutLoss(Path sample) throws IOException {
        // Given
        var stored = (ObjectNode) JSON.readTree(sample.toFile());

        // When
        var written = JSON.readTree(IncidentJson.write(read(stored)));

        // Then
        assertThat(written).isEqualTo(stored.put("schema", Incident.SCHEMA));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void keepsWhatANewerHubAddedAtEachLevel(Path sample) throws IOException {
        // Given
        var stored = (ObjectNode) JSON.readTree(sample.toFile());
        recordsIn(stored).forEach(record -> record.putObject("addedLater").put("deep", 1));

        // When
        var changed = read(stored).announcing(Set.of("paged")).desiring(Status.RESOLVED, Priority.P3);
        var written = JSON.readTree(IncidentJson.write(changed));

        // Then
        assertThat(written.findParents("addedLater"))
                .hasSameSizeAs(recordsIn(stored))
                .allSatisfy(record ->
                        assertThat(record.at("/addedLater/deep").asInt()).isOne());
        assertThat(written.path("status").asText()).isEqualTo("RESOLVED");
    }

    /** The coalescing store writes nothing when the record equals the one before. */
    @Test
    void tellsRecordsApartByWhatOnlyANewerHubKnows() {
        // Given
        var one = read(((ObjectNode) JSON.valueToTree(Samples.opened())).put("addedLater", 1));
        var other = read(((ObjectNode) JSON.valueToTree(Samples.opened())).put("addedLater", 2));

        // Then
        assertThat(one).isNotEqualTo(other).isNotEqualTo(Samples.opened());
    }

    @Test
    void keepsTheSchemaOfANewerHub() {
        // Given
        var stored = ((ObjectNode) JSON.valueToTree(Samples.opened())).put("schema", 99);

        // Then
        assertThat(read(stored).desiring(Status.RESOLVED, Priority.P1).schema()).isEqualTo(99);
    }

    /** What a create left behind is gone with it, also what only a newer hub knew of it. */
    @Test
    void keepsNothingOfAnAttemptThatIsOver() {
        // Given
        var attempt = new Attempt("t1", null, 30_000, "hub", Samples.STARTED, false);
        var stored = (ObjectNode) JSON.valueToTree(
                Samples.newIncident().withPart("pagerduty", "incident", part -> part.attempting(attempt)));
        ((ObjectNode) stored.at("/platforms/pagerduty/incident/attempt")).put("addedLater", 1);

        // When
        var next = new Attempt("t2", null, 30_000, "hub", Samples.STARTED, false);
        var read = read(stored).withPart("pagerduty", "incident", part -> part.attempting(next));

        // Then
        assertThat(read.part("pagerduty", "incident").attempt()).isEqualTo(next);
    }

    private static Incident read(JsonNode stored) {
        return IncidentJson.read(IncidentJson.write(stored), Incident.class);
    }

    /** Every JSON object that stands for a Java record, not for a map or for what the catalogue told. */
    private static List<ObjectNode> recordsIn(ObjectNode incident) {
        var records = new ArrayList<ObjectNode>();
        records.add(incident);
        Stream.of("origin", "held", "secondWay")
                .filter(incident::has)
                .forEach(name -> records.add((ObjectNode) incident.path(name)));
        incident.path("members").forEach(member -> records.add((ObjectNode) member));
        incident.path("platforms")
                .forEach(parts -> parts.forEach(part -> {
                    records.add((ObjectNode) part);
                    Stream.of("reference", "known", "attempt", "recheck", "linking")
                            .filter(part::has)
                            .forEach(name -> records.add((ObjectNode) part.path(name)));
                    part.path("rejections").forEach(refusal -> records.add((ObjectNode) refusal));
                }));
        return records;
    }
}
