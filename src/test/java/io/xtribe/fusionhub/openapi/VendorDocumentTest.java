package io.xtribe.fusionhub.openapi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That the check of the vendors' schemas can fail; needs no vendor's document. */
class VendorDocumentTest {

    private static VendorDocument document;

    @BeforeAll
    static void read() {
        document = new VendorDocument(Path.of("src/test/resources/openapi/small.yaml"));
    }

    private static Spoken said(String method, String target, String body, int status, String answer) {
        var json = Map.of("content-type", List.of("application/json"));
        return new Spoken(method, target, body.isEmpty() ? Map.of() : json, body, status, json, answer);
    }

    private static Spoken created(String body) {
        return said("POST", "/records", body, 201, "{\"id\":\"1\",\"title\":\"a\"}");
    }

    private static Spoken read(String answer) {
        return said("GET", "/records/1", "", 200, answer);
    }

    private static List<Finding> of(List<Finding> findings, boolean isAnswer) {
        assertThat(findings).isNotEmpty().allMatch(finding -> finding.isAnswer() == isAnswer);
        return findings;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"a\"}",
                "{\"title\":\"a\",\"priority\":\"P1\"}",
                "{\"title\":\"a\",\"owner\":{\"name\":\"b\",\"team\":\"c\"}}"
            })
    void findsNothingInARightCall(String body) {
        assertThat(document.check(created(body))).isEmpty();
        assertThat(document.operation(created(body))).isEqualTo("createRecord");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"priority\":\"P1\"}",
                "{\"title\":7}",
                "{\"title\":\"far too long for it\"}",
                "{\"title\":\"a\",\"priority\":\"P9\"}",
                "{\"title\":\"a\",\"priorty\":\"P1\"}",
                "{\"title\":\"a\",\"owner\":{\"team\":\"c\"}}",
                "{\"title\":\"a\",\"owner\":{\"name\":\"b\",\"teem\":\"c\"}}"
            })
    void findsWhatIsWrongWithARequest(String body) {
        of(document.check(created(body)), false);
    }

    @Test
    void findsARequestWithoutTheBodyItNeeds() {
        of(document.check(created("")), false);
    }

    @ParameterizedTest
    @CsvSource({"GET, /records?page[size]=101", "GET, /records?page[siez]=10", "GET, /recrods", "PUT, /records"})
    void findsWhatIsWrongWithAnAddress(String method, String target) {
        of(document.check(said(method, target, "", 200, "[]")), false);
    }

    @Test
    void takesQueryParametersInBrackets() {
        assertThat(document.check(said("GET", "/records?page%5Bsize%5D=10", "", 200, "[]")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"1\",\"title\":\"a\",\"closed\":null}",
                "{\"id\":\"1\",\"title\":\"a\",\"closed\":\"2026-01-31T12:00:00Z\",\"value\":[\"b\"]}",
                "{\"id\":\"1\",\"title\":\"a\",\"added_by_the_vendor_last_week\":true}"
            })
    void findsNothingInARightAnswer(String answer) {
        assertThat(document.check(read(answer))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not JSON",
                "{\"id\":\"1\"}",
                "{\"id\":1,\"title\":\"a\"}",
                "{\"id\":\"1\",\"title\":null}",
                "{\"id\":\"1\",\"title\":\"a\",\"closed\":\"yesterday\"}",
                "{\"id\":\"1\",\"title\":\"a\",\"value\":7}"
            })
    void findsWhatIsWrongWithAnAnswer(String answer) {
        of(document.check(read(answer)), true);
    }

    @Test
    void findsAStatusThatTheDocumentDoesNotHave() {
        of(document.check(said("GET", "/records/1", "", 404, "{\"errors\":[\"not found\"]}")), true);
    }

    @Test
    void findsWhatIsWrongWithARefusal() {
        var refused =
                created("{\"title\":\"a\"}").withAnswer(429, Map.of("Content-Type", List.of("application/json")), "");

        assertThat(document.check(refused.withAnswerBody("{\"errors\":[\"too many\"]}")))
                .isEmpty();
        of(document.check(refused.withAnswerBody("{\"errors\":[{\"title\":\"too many\"}]}")), true);
        assertThat(document.refusals(refused)).containsExactly(429);
    }

    @Test
    void holdsABodyOfAnotherTypeToTheSchemaToo() {
        var other = read("{\"id\":1}").withAnswerType("application/vnd.api+json");

        assertThat(of(document.check(other), true)).hasSizeGreaterThan(1);
    }

    @Test
    void judgesNoAnswerWhereThereWasNone() {
        assertThat(document.check(said("GET", "/records/1", "", 0, ""))).isEmpty();
    }

    @Test
    void saysThatADocumentIsMissing() {
        assertThatThrownBy(() -> new VendorDocument(Path.of("nowhere.yaml"))).hasMessageContaining("nowhere.yaml");
    }
}
