package io.xtribe.fusionhub.incident;

import java.time.Instant;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands before a title, and how records show one. */
class TitleTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            Database is down;Database is down
            [P1] Database is down;Database is down
            [P1]Database is down;Database is down
              [ p1 ] Database is down;Database is down
            [P2] Database is down;Database is down
            (P1) Database is down;Database is down
            P1: Database is down;Database is down
            p1 : Database is down;Database is down
            P3: Database is down;Database is down
            P1 - Database is down;Database is down
            P1 – Database is down;Database is down
            P1 | Database is down;Database is down
            [P1]: Database is down;Database is down
            [P1] - Database is down;Database is down
            [P1] [P1] P1: Database is down;Database is down
            P1 Database is down;Database is down
            P2 Database is down;P2 Database is down
            p1-db01 is down;p1-db01 is down
            P1-db01 is down;P1-db01 is down
            P10: ten;P10: ten
            [P6] six;[P6] six
            [checkout] P1: is not at the beginning;[checkout] P1: is not at the beginning
            [SEV-1] Database is down;Database is down
            [SEV1]: Database is down;Database is down
            (Sev 2) Database is down;Database is down
            SEV-1: Database is down;Database is down
            Severity 1 - Database is down;Database is down
            [P0] [SEV_0] Database is down;Database is down
            [SEV-10] ten;[SEV-10] ten
            SEV-1 desk is down;SEV-1 desk is down
            Several: are down;Several: are down
            [P1];[P1]
            P1:;P1:
            """)
    void takesThePriorityFromTheBeginning(String title, String bare) {
        assertThat(Title.bare(title, Priority.P1)).isEqualTo(bare);
    }

    @Property
    void takesAsManyPrioritiesAsStandThere(@ForAll("marked") String title, @ForAll Priority priority) {
        assertThat(Title.bare(title, priority)).isEqualTo("Database is down");
        assertThat(Title.shows(title, "Database is down")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            [P1];true
            [P1] ;true
            P1;true
            [P2] sev-1;true
            '';true
             ;true
            [P1] x;false
            P10;false
            """)
    void aPriorityAloneIsNoTitle(String title, boolean nothing) {
        assertThat(Title.saysNothing(title == null ? "" : title, Priority.P1)).isEqualTo(nothing);
    }

    @Provide
    Arbitrary<String> marked() {
        var mark =
                Arbitraries.of("[P1] ", "[SEV-1] ", "Sev2: ", "[P2]", "P1: ", "p4: ", "(P5) ", "P3 - ", "[p1] | ", " ");
        return mark.list().ofMaxSize(4).map(marks -> String.join("", marks) + "Database is down");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            Database is down;Database is down;true
            [P1] Database is down;Database is down;true
            [P4] Database is down;Database is down;true
            P4 Database is down;Database is down;true
            Database is down ;Database is down;true
            [P1] Database is up;Database is down;false
            [P1] Database;Database is down;false
            [P1] P2 link is down;P2 link is down;true
            """)
    void knowsATitleWhateverPriorityStandsBeforeIt(String shown, String title, boolean same) {
        assertThat(Title.shows(shown, title)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"160, true", "255, true", "1024, true", "40, false"})
    void knowsATitleThatWasCutToWhatAPlatformTakes(int length, boolean same) {
        // Given
        var title = "Checkout ".repeat(150);

        // Then
        assertThat(Title.mayShow(("[P1] " + title).substring(0, length), title)).isEqualTo(same);
        assertThat(Title.shows(("[P1] " + title).substring(0, length), title)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Old title, true", "[P2] New title, false", ", false"})
    void isDueWhereARecordShowsAnother(String shown, boolean due) {
        assertThat(Title.isDue(new Shown<>(shown, Instant.EPOCH, -1, null), "New title"))
                .isEqualTo(due);
    }
}
