package io.xtribe.fusionhub.intake;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.intake.BodyBudget.Lease;

import static org.assertj.core.api.Assertions.assertThat;

class BodyBudgetTest {

    private static final int SHARE = 40;
    private static final int TOTAL = 100;

    private final BodyBudget budget = new BodyBudget(TOTAL, SHARE);
    private final List<String> stopped = new ArrayList<>();

    private Lease stranger(String name, String address) {
        return budget.open(address, false, () -> stopped.add(name));
    }

    private Lease proven() {
        return budget.open("p", true, () -> stopped.add("proven"));
    }

    @Test
    void givesBackWhatABodyHeld() {
        var body = proven();
        assertThat(body.take(30)).isTrue();
        assertThat(body.take(30)).isTrue();
        assertThat(budget.held()).isEqualTo(60);

        body.close();
        body.close();

        assertThat(budget.held()).isZero();
    }

    @Test
    void refusesWhoHasProvenASecretOnlyWhenAllIsProven() {
        assertThat(proven().take(60)).isTrue();
        assertThat(proven().take(60)).isFalse();
        assertThat(budget.held()).isEqualTo(60);
        assertThat(proven().take(40)).isTrue();
    }

    @Test
    void stopsTheOldestStrangerForTheNext() {
        var first = stranger("first", "a");
        var second = stranger("second", "b");
        var third = stranger("third", "c");
        assertThat(first.take(40)).isTrue();
        assertThat(second.take(40)).isTrue();
        assertThat(third.take(20)).isTrue();

        assertThat(proven().take(50)).isTrue();

        assertThat(stopped).containsExactly("first", "second");
        assertThat(first.take(1)).as("it may not go on").isFalse();
        assertThat(third.take(1)).isTrue();
        assertThat(budget.held()).isEqualTo(71);
    }

    @Test
    void givesNoAddressMoreThanItsShare() {
        var first = stranger("first", "a");
        var second = stranger("second", "a");
        var other = stranger("other", "b");
        assertThat(other.take(30)).isTrue();
        assertThat(first.take(30)).isTrue();

        assertThat(second.take(30)).isTrue();

        assertThat(stopped).containsExactly("first");
        assertThat(second.take(30))
                .as("nobody else of its address is left to stop")
                .isFalse();
        assertThat(budget.held()).isEqualTo(60);
    }

    @Test
    void stopsNoneThatIsBeingChecked() {
        var complete = stranger("complete", "a");
        assertThat(complete.take(40)).isTrue();
        assertThat(complete.keep()).isTrue();

        assertThat(stranger("next", "a").take(10)).isFalse();
        assertThat(proven().take(70)).isFalse();

        assertThat(stopped).isEmpty();
        complete.close();
        var next = stranger("next", "a");
        assertThat(next.take(40)).isTrue();
        assertThat(proven().take(TOTAL)).isTrue();
        assertThat(next.keep()).as("it had to give way already").isFalse();
    }

    @Test
    void keepsNoAddressThatHoldsNothing() {
        stranger("empty", "a").close();
        var body = stranger("body", "b");
        assertThat(body.take(10)).isTrue();
        assertThat(budget.addresses()).isEqualTo(1);

        body.close();

        assertThat(budget.addresses()).isZero();
    }
}
