package io.xtribe.fusionhub.startup;

import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said of a failed start, on the application's own route files. */
class RouteProblemsTest {

    private static String said(String routeId, Throwable cause) {
        return RouteProblems.explain(new FailedToCreateRouteException(routeId, "a file", "the route", cause))
                .orElseThrow();
    }

    @Test
    void namesAClassThatIsNotThere() {
        assertThat(said("converge-call", new RuntimeCamelException(new ClassNotFoundException("io.x.Foo"))))
                .contains("routes/converge.camel.yaml, line ", "there is no class 'io.x.Foo': correct its name");
    }

    @Test
    void namesTheRoutesOwnBeginningWhereNothingInItIsSpokenOf() {
        var text = said("converge-call", new IllegalArgumentException("queueName and pagerduty-open are wrong"));

        assertThat(text).startsWith("- routes/converge.camel.yaml, line ").doesNotContain("signals.camel.yaml,");
        assertThat(RouteSource.spokenOf("queueName", "converge-call"))
                .isEqualTo(RouteSource.spokenOf("zzzz", "converge-call"))
                .isPresent();
        assertThat(RouteSource.spokenOf("queueName", "no-such-route")).isEmpty();
    }

    /** Words of a sentence stand in route files, too: they say nothing about the place. */
    @Test
    void namesAPlaceOnlyForANameThatStandsInOneLine() {
        assertThat(RouteSource.onlyPlaceOf("the body of this route is not there"))
                .isEmpty();
        assertThat(RouteSource.onlyPlaceOf("'incident-converge-settle' cannot be read"))
                .hasValueSatisfying(place -> assertThat(place.file()).isEqualTo("routes/converge.camel.yaml"));
        assertThat(RouteSource.onlyPlaceOf("converge-call is used in many")).isEmpty();
    }

    /** Then the whole trace is printed. */
    @Test
    void explainsNothingWhereNoPlaceCanBeTold() {
        assertThat(RouteProblems.explain(new RuntimeCamelException("the body of this route is not there")))
                .isEmpty();
    }

    @Test
    void survivesCausesThatLeadBackIntoThemselves() {
        var outer = new RuntimeException("outer");
        var inner = new RuntimeException("inner", outer);
        outer.initCause(inner);

        assertThat(RouteProblems.explain(outer)).isEmpty();
    }
}
