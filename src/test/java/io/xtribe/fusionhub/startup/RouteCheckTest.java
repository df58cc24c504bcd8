package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.routes.RouteFiles;
import io.xtribe.fusionhub.testing.TestConfig;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each mistake is made in a real route file; Camel itself would start with all of them. */
class RouteCheckTest {

    private static void check(String file, String right, String wrong) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().setOverrideProperties(properties());
            var loader = PluginHelper.getRoutesLoader(camel);
            for (var name : RouteFiles.all().keySet()) {
                var text = Files.readString(RouteFiles.FOLDER.resolve(name));
                if (name.equals(file)) {
                    if (!text.contains(right)) {
                        throw new IllegalArgumentException(file + " holds no " + right);
                    }
                    text = text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
                }
                loader.loadRoutes(ResourceHelper.fromString("classpath:routes/" + name, text));
            }
            var values = TestConfig.values(properties());
            var platforms = Stream.of("datadog", "servicenow", "pagerduty")
                    .map(platform ->
                            Platform.find(platform, Optional.empty(), values).orElseThrow())
                    .toList();
            for (var platform : platforms) {
                VendorRoutes.make(camel, platform);
            }
            new RouteCheck(camel, platforms).check();
        }
    }

    private static Properties properties() throws IOException {
        var properties = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        return properties;
    }

    @Test
    void findsNothingInTheRoutesAsTheyAre() {
        assertThatCode(() -> check("", "", "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "converge.camel.yaml | name: converge-call | name: converge-cal | direct:converge-cal; the nearest is"
                        + " direct:converge-call (routes/converge.camel.yaml, line ",
                "platforms/pagerduty/pagerduty.camel.yaml | name: pagerduty-open | name: pagerduty-opn | routes/converge.camel.yaml,"
                        + " line 93: no route begins with direct:pagerduty-open, which",
                "platforms/servicenow/servicenow.camel.yaml | name: servicenow-close | name: servicenow-clos | the nearest is"
                        + " direct:servicenow-clos (",
                "converge.camel.yaml | ${exchangeProperty.route} | ${exchangeProperty.rout} | leads cannot be determined:"
                        + " use in it only the exchange properties check, list, poll, probed, route, source, speaker",
                "platforms.camel.yaml | ${exchangeProperty.probed}-probe | ${exchangeProperty.probed}_probe | no route begins"
                        + " with direct:datadog_probe,",
                "converge.camel.yaml | routeConfigurationId: rounds | routeConfigurationId: round | there is no"
                        + " routeConfiguration 'round'; the nearest is 'rounds'",
                "links.camel.yaml | ~{shown: (.links @ keys)}~ | ~{shown: (.links @ keyz)}~ | jq knows no 'keyz'",
                "links.camel.yaml | ~{shown: (.links @ keys)}~ | ~{shown: (.links @ sub(1))}~ | jq knows no 'sub' with 1"
                        + " argument: correct",
                "platforms/pagerduty/pagerduty.camel.yaml | body: open.jq | body: opn.jq | there is no opn.jq in"
                        + " the folder of pagerduty; the nearest is open.jq",
                "platforms/pagerduty/pagerduty.camel.yaml | platform:pagerduty | platform:pagerdut | no platform 'pagerdut' takes"
                        + " part: use one of datadog, pagerduty, servicenow",
                "platforms/pagerduty/pagerduty.camel.yaml | platform:pagerduty | platform | no platform '' takes part",
                "platforms/pagerduty/pagerduty.camel.yaml | {.key} | {.key @ keyz} | jq knows no 'keyz'",
                "platforms/pagerduty/pagerduty.camel.yaml | {.key} | {.key @} | routes/platforms/pagerduty/pagerduty.camel.yaml,"
                        + " line 11: this jq does not compile: Encountered",
                "platforms/pagerduty/pagerduty.camel.yaml | /incidents/{.duplicate} | /incidents/{.duplicate | , line"
                        + " LINE: '/incidents/{.duplicate' holds a brace by itself: close it",
                "platforms/pagerduty/pagerduty.camel.yaml | each: .next.read | eech: .next.read | a"
                        + " platform step has no parameter 'eech': use method, path, query, body, answer, expects, when, otherwise, each, collect, refused, remark",
                "platforms/pagerduty/pagerduty.camel.yaml | each: .next.read | each: keyz | jq knows no 'keyz'",
                "platforms/pagerduty/pagerduty.camel.yaml | when: .afterUnknown | when: .afterUnknown @ keyz | jq knows no 'keyz'",
                "platforms/pagerduty/pagerduty.camel.yaml | refused: . | refused: gone.jq | there is no gone.jq in the folder of"
                        + " pagerduty",
                "platforms/pagerduty/pagerduty.camel.yaml | when: .next.read != null | expects: /notes | takes otherwise where its"
                        + " when is not so: add when, or leave otherwise out",
                "platforms/pagerduty/pagerduty.camel.yaml | each: \".next.read[0:20]\" | expects: /notes | collects the answers of each: add"
                        + " each and answer, or leave collect out",
                "platforms/pagerduty/pagerduty.camel.yaml | ~${jq(.known.priority~ | ~${jq(keyz~ | jq knows no 'keyz'"
            })
    void saysWhereAndWhatToDo(String file, String right, String wrong, String problem) throws IOException {
        var text = Files.readString(RouteFiles.FOLDER.resolve(file));
        var before = text.substring(0, Math.max(0, text.indexOf(right.replace('@', '|'))));
        // The last line of it is the one that holds what is changed.
        var line = before.lines().count();
        // A pipe separates the columns, so @ stands for one.
        assertThatThrownBy(() -> check(file, right.replace('@', '|'), wrong.replace('@', '|')))
                .isInstanceOf(InvalidRoutesException.class)
                .hasMessageContaining(problem.replace("LINE", Long.toString(line)));
    }
}
