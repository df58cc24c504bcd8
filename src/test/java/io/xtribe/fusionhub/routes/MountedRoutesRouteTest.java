package io.xtribe.fusionhub.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.startup.RouteTrial;

import static org.assertj.core.api.Assertions.assertThat;

/** Route files that were edited, and are tried in the place of the built-in ones. */
class MountedRoutesRouteTest extends RouteTest {

    @TempDir
    Path folder;

    /** Jobs have these two; nothing is sent here. */
    @Override
    Beans beans() {
        var other = new DefaultCamelContext();
        return super.beans()
                .with(CamelContext.class, other)
                .with(ProducerTemplate.class, new DefaultProducerTemplate(other));
    }

    private List<String> problems(String name, String right, String wrong) throws IOException {
        var text = Files.readString(RouteFiles.FOLDER.resolve(name));
        assertThat(text).contains(right);
        var file = Files.writeString(
                folder.resolve(name), text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));
        return new RouteTrial(context, beans.get(Platforms.class).all()).problems(Map.of(name, file));
    }

    @ParameterizedTest
    @CsvSource({
        "converge.camel.yaml, Calls the platform, Asks the platform",
        "error-handling.camel.yaml, expression: \"2\", expression: \"3\"",
        "webhooks.camel.yaml, description:, description: Edited."
    })
    void findsNothingInAFileThatIsRight(String name, String right, String other) throws IOException {
        assertThat(problems(name, right, other)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signals.camel.yaml | queueName | queueNam | 'queueNam' is no option",
                "signals.camel.yaml | method: receive | method: recieve | the nearest is 'receive'",
                "converge.camel.yaml | ref: stepRunner | ref: stepRuner | there is no bean 'stepRuner'",
                "converge.camel.yaml | name: converge-call | name: converge-cal | converge-cal",
                "webhooks.camel.yaml | uri: platform-http | uri: platform-htp | platform-htp",
                "error-handling.camel.yaml | id: rounds | id: circles | there is no routeConfiguration 'rounds'"
            })
    void saysWhatIsWrongWithOne(String name, String right, String wrong, String said) throws IOException {
        assertThat(String.join("\n", problems(name, right, wrong))).contains(said);
    }

    /** The trial is over before the hub's own routes are made. */
    @Test
    void leavesTheHubAsItIs() throws IOException {
        var before =
                context.getRoutes().stream().map(route -> route.getRouteId()).toList();

        problems("converge.camel.yaml", "ref: stepRunner", "ref: stepRuner");

        assertThat(context.getRoutes().stream().map(route -> route.getRouteId()))
                .isEqualTo(before);
        assertThat(context.isStarted()).isTrue();
        assertThat(writes()).isZero();
    }
}
