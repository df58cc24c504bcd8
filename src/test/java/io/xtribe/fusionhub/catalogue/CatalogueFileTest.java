package io.xtribe.fusionhub.catalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.testing.Hints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CatalogueFileTest {

    private static final String HEADER =
            "service,team,tier,assignment_group,pagerduty_service,escalation_policy,runbook";

    @TempDir
    Path folder;

    private Catalogue read(String... lines) throws Exception {
        return CatalogueFile.read(write(String.join("\n", lines) + "\n"), Hints.COLUMNS);
    }

    private List<String> problems(String... lines) throws IOException {
        return problems(write(String.join("\n", lines) + "\n"));
    }

    private static List<String> problems(Path file) {
        return catchThrowableOfType(InvalidCatalogueException.class, () -> CatalogueFile.read(file, Hints.COLUMNS))
                .problems();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("services.csv"), text);
    }

    @Test
    void findsAServiceByItsNameAndByItsPagerDutyId() throws Exception {
        var catalogue = read(
                HEADER,
                "checkout,payments,1,387ebd7da9fe198100f92cc8d1d2154e,PCHECKOUT,PPOLICYCK,https://wiki/c",
                "search,,,,,,");

        var checkout = Hints.of(
                "checkout", "payments", "https://wiki/c", "PCHECKOUT", "PPOLICYCK", "387ebd7da9fe198100f92cc8d1d2154e");
        assertThat(catalogue.size()).isEqualTo(2);
        assertThat(catalogue.ofService("checkout")).isEqualTo(checkout);
        assertThat(catalogue.find(Map.of("pagerdutyservice", "PCHECKOUT"))).isEqualTo(checkout);
        assertThat(catalogue.ofService("search")).isEqualTo(named("search"));
    }

    @Test
    void knowsOfAServiceWithoutARowNothingButItsName() throws Exception {
        var catalogue = read(HEADER, "checkout,payments,1,,PCHECKOUT,,");

        assertThat(catalogue.ofService("Checkout")).as("case counts").isEqualTo(named("Checkout"));
        assertThat(catalogue.ofService("")).isEqualTo(RoutingHints.NONE);
        assertThat(catalogue.find(Map.of("pagerdutyservice", "PELSE"))).isEqualTo(RoutingHints.NONE);
        assertThat(catalogue.find(Map.of("pagerdutyservice", ""))).isEqualTo(RoutingHints.NONE);
    }

    private static RoutingHints named(String service) {
        return Hints.of(service, "", "", "", "", "");
    }

    @Test
    void readsColumnsInWhateverOrderQuotedCellsAndWindowsLineEnds() throws Exception {
        var catalogue = CatalogueFile.read(
                write("team,service,tier,assignment_group,pagerduty_service,escalation_policy,runbook\r\n"
                        + "\"a \"\"b\"\", c\",checkout,,,,,\r\n\r\n,search,,,,,"),
                Hints.COLUMNS);

        assertThat(catalogue.ofService("checkout").team()).isEqualTo("a \"b\", c");
        assertThat(catalogue.size()).isEqualTo(2);
    }

    @Test
    void passesOverAColumnThatIsNotUsedAnyMore() throws Exception {
        var catalogue =
                read(HEADER.replace(",runbook", ",datadog_team,runbook"), "checkout,payments,,,,,shop,https://wiki/c");

        assertThat(catalogue.ofService("checkout").runbook()).isEqualTo("https://wiki/c");
        assertThat(catalogue.notes())
                .containsExactly("line 1: column 'datadog_team' is not used any more and ignored: remove it, with"
                        + " its cells");
        assertThat(read(HEADER).notes()).isEmpty();
    }

    /** Of the platforms that have no folder in the product. */
    @Test
    void readsTheColumnOfAFurtherPlatformWhereItIsThere() throws Exception {
        var hints = new ArrayList<>(Hints.COLUMNS.hints());
        hints.add(new CatalogueColumns.Hint("acmeboard", "acme_board", false, true));
        var columns = new CatalogueColumns(hints, Set.of(), true);
        var with = write(HEADER + ",acme_board\ncheckout,,,,PCHECKOUT,,,B1\nsearch,,,,,,,\n");

        var catalogue = CatalogueFile.read(with, columns);

        assertThat(catalogue.ofService("checkout").ids())
                .isEqualTo(Map.of("pagerdutyservice", "PCHECKOUT", "acmeboard", "B1"));
        assertThat(catalogue.find(Map.of("acmeboard", "B1")).service()).isEqualTo("checkout");
        assertThat(catalogue
                        .find(Map.of("acmeboard", "B2", "pagerdutyservice", "PCHECKOUT"))
                        .service())
                .isEqualTo("checkout");
        assertThat(catalogue.find(Map.of("escalationpolicy", ""))).isEqualTo(RoutingHints.NONE);

        var without = CatalogueFile.read(write(HEADER + "\ncheckout,,,,,,\n"), columns);

        assertThat(without.ofService("checkout").ids()).isEmpty();
        assertThat(without.find(Map.of("acmeboard", ""))).isEqualTo(RoutingHints.NONE);
    }

    /** A hub must page without a platform whose folder is broken. */
    @Test
    void passesOverAColumnThatOnlyABrokenFolderMayKnow() throws Exception {
        var columns = new CatalogueColumns(Hints.COLUMNS.hints(), Set.of(), false);

        var catalogue = CatalogueFile.read(write(HEADER + ",acme_board\ncheckout,payments,,,,,,B1\n"), columns);

        assertThat(catalogue.ofService("checkout").team()).isEqualTo("payments");
        assertThat(catalogue.notes())
                .containsExactly(
                        "line 1: column 'acme_board' is unknown and ignored, as the folder of a platform cannot"
                                + " be read: correct that folder, or remove the column");
    }

    @Test
    void isEmptyWithoutRows() throws Exception {
        assertThat(read(HEADER).size()).isZero();
    }

    @Test
    void namesEachWrongLineAndTheRemedy() throws Exception {
        assertThat(problems(
                        HEADER,
                        "checkout,payments,1,,PCHECKOUT,,",
                        "search,find",
                        ",payments,,,,,",
                        "\"long",
                        "name\",,,,,,",
                        "checkout,other,2,,PCHECKOUT,,",
                        "basket, payments,,,,,"))
                .containsExactly(
                        "line 3: 2 cells where the header has 7: leave a cell empty, but not out, and put one that"
                                + " holds a comma in quotes",
                        "line 4: the service has no name: give it the one that webhooks send",
                        "line 7: service 'checkout' is in line 2 already: a signal finds its row by it, keep it in"
                                + " one of them",
                        "line 7: pagerduty_service 'PCHECKOUT' is in line 2 already: a signal finds its row by it,"
                                + " keep it in one of them",
                        "line 8: team ' payments' begins or ends with a blank: remove it, texts are compared as they"
                                + " stand");
    }

    @Test
    void namesColumnsThatAreMissingTwofoldOrUnknown() throws Exception {
        assertThat(problems("service,team,team,tier,assignment_group,pagerduty_service,policy,runbook", "checkout"))
                .containsExactly(
                        "line 1: column 'team' is there twice: keep one of them",
                        "line 1: column 'escalation_policy' is missing: add it, its cells may be empty",
                        "line 1: column 'policy' is unknown: use service, team, tier, assignment_group,"
                                + " pagerduty_service, escalation_policy, runbook");
    }

    @Test
    void namesTheLineThatIsNoCsv() throws Exception {
        assertThat(problems(HEADER, "search,,,,,,", "checkout,\"pay\"ments,,,,,"))
                .singleElement()
                .asString()
                .startsWith("line 3: malformed (")
                .endsWith("and double a quote in it");
        assertThat(problems(HEADER, "checkout,\"payments,,,,,"))
                .singleElement()
                .asString()
                .contains("Missing closing quote");
    }

    @Test
    void saysWhatIsWrongWithTheFileItself() throws Exception {
        assertThat(problems(folder.resolve("none.csv"))).containsExactly("there is no such file");
        assertThat(problems(folder)).singleElement().asString().startsWith("it cannot be read: ");
        assertThat(problems(write(""))).containsExactly("it is empty: begin with the line " + HEADER);
        assertThat(problems(write("\uFEFF" + HEADER)))
                .containsExactly("it begins with a byte order mark: save it as UTF-8 without one");
        assertThat(problems(Files.write(
                        folder.resolve("latin.csv"),
                        (HEADER + "\ncaf\u00e9,,,,,,").getBytes(StandardCharsets.ISO_8859_1))))
                .containsExactly("it is not UTF-8: save it as UTF-8");
    }

    /** Whatever texts stand in the cells: each service is found, with its own row. */
    @Property(tries = 200)
    void findsEveryRowThatAnyCsvWriterWrites(@ForAll("rows") Set<List<String>> rows) throws Exception {
        var text = new StringBuilder(HEADER).append('\n');
        for (var row : rows) {
            text.append(new CsvMapper().writeValueAsString(row));
        }
        var file = Files.createTempFile("services", ".csv");
        try {
            var catalogue = CatalogueFile.read(Files.writeString(file, text), Hints.COLUMNS);

            assertThat(catalogue.size()).isEqualTo(rows.size());
            for (var row : rows) {
                var hints = Hints.of(row.get(0), row.get(1), row.get(6), row.get(4), row.get(5), row.get(3));
                assertThat(catalogue.ofService(row.get(0))).isEqualTo(hints);
                if (!row.get(4).isEmpty()) {
                    assertThat(catalogue.find(Map.of("pagerdutyservice", row.get(4))))
                            .isEqualTo(hints);
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<Set<List<String>>> rows() {
        var cell = Arbitraries.strings()
                .withChars("ab,\"\u00e9\u20ac;'#")
                .ofMaxLength(6)
                .map(String::strip);
        var key = Arbitraries.strings().withChars("ab,\"\u00e9").ofMinLength(1).ofMaxLength(6);
        return Combinators.combine(key, cell, cell, cell, cell, cell)
                .as((service, team, group, pagerDuty, policy, runbook) ->
                        List.of(service, team, "", group, pagerDuty, policy, runbook))
                .set()
                .uniqueElements(row -> row.get(0))
                .ofMaxSize(20)
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(
                                row -> row.get(4).isEmpty() ? row.get(0) + "\u0000" : row.get(4),
                                row -> row,
                                (a, b) -> a))
                        .values()
                        .stream()
                        .collect(Collectors.toSet()));
    }
}
