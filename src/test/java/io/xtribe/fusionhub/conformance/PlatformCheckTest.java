package io.xtribe.fusionhub.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code bin/fusion platform check} says of the folders of vendors. */
class PlatformCheckTest {

    private static final Path FURTHER = Path.of("src/test/resources/platforms/opsdesk");

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/resources/routes/platforms/datadog",
                "src/main/resources/routes/platforms/servicenow",
                "src/main/resources/routes/platforms/pagerduty",
                "src/test/resources/platforms/opsdesk"
            })
    void findsNothingWrongInAFolderAsItIs(Path folder) {
        var check = new PlatformCheck(folder);

        assertThat(check.run()).isEmpty();
        assertThat(check.cases()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "platform.yaml | uniqueKey: false | uniqeKey: false | platform.yaml, line 16",
                "platform.yaml | uniqueKey: false | uniqeKey: false | at records.uniqeKey: there is no member 'uniqeKey'; use one of: ",
                "platform.yaml | uniqueKey: false | uniqueKey: perhaps | at records.uniqueKey: here stands true or false",
                "platform.yaml | target: target.jq | 'refusals: [{status: 400, means: maybe}]' | at refusals[0].means: 'maybe' is none of: ",
                "platform.yaml | target: target.jq | 'refusals: none' | at refusals: here stands a list",
                "platform.yaml | name: opsdesk | name: opsdek | it needs 'name: opsdesk'",
                "opsdesk.camel.yaml | body: open.jq | body: opn.jq | there is no opn.jq",
                "opsdesk.camel.yaml | name: opsdesk-close | name: opsdesk-clos | opsdesk-close",
                "opsdesk.camel.yaml | method: PATCH | method: PACTH | opsdesk/opsdesk.camel.yaml, line ",
                "opsdesk.camel.yaml | uri: platform:opsdesk | uri: platform:opsdsk | no platform 'opsdsk' takes part",
                "opsdesk.camel.yaml | description: Opens | descripton: Opens | opsdesk/opsdesk.camel.yaml, line ",
                "platform.yaml | header: X-OpsDesk-Signature, | '' | a signature needs 'header'",
                "platform.yaml | [/delivery] | [delivery] | 'deliveryId' is 'delivery': a JSON pointer begins with /",
                "platform.yaml | column: opsdesk_board | column: team | the column of a hint is 'team'",
                "platform.yaml | target: target.jq | target: taget.jq | there is no taget.jq",
                "peek.json | /ticket/level | ticket/level | opsdesk/peek.json, line ",
                "peek.json | { | {{ | opsdesk/peek.json, line 1: Unexpected character",
                "platform.yaml | target: target.jq | lacks: [open] | holds open, without which an incident cannot be kept in step",
                "platform.yaml | '  opsdesk:\n    description: A person' | '  desk:\n    description: A person' | firstSigns holds 'desk': call it opsdesk, or opsdesk.<kind>",
                "platform.yaml | target: target.jq | 'refusals: [{means: later, operations: [resolve]}]' | operations of a refusal holds [resolve]: use read, open",
                "platform.yaml | Bearer {token} | '{token}' | put one that begins with a brace in quotes",
                "platform.yaml | Bearer {token} | Bearer {tokn} | names the setting 'tokn', which is not among settings; the nearest is 'token'",
                "platform.yaml | A person opens a ticket. | 'A person.\n    opensOn: words' | opensOn of opsdesk names the setting 'words'",
                "opsdesk.camel.yaml | method: PATCH | metod: PATCH | no parameter 'metod'",
                "platform.yaml | 'probe: {path: /api/tickets, query: limit=1}' | '' | no route begins with direct:opsdesk-probe: add probe to its platform.yaml, or the route",
                "platform.yaml | 'path: /api/tickets, query' | 'query' | at probe: a request needs its 'path'",
                "platform.yaml | 'path: /api/tickets, query' | 'path: /api/tickets, qury' | at probe.qury: there is no member 'qury'; use one of: ",
                "platform.yaml | 'path: /api/tickets, query' | 'path: api/tickets, query' | opsdesk/platform.yaml, line 16: the path 'api/tickets' does not begin with /",
                "platform.yaml | limit=1 | 'limit=1&sort=id' | at probe: 'query' of a request holds one of & + %: put the program into a file, and semicolons",
                "platform.yaml | limit=1 | 'limit=1, answer: prob.jq' | there is no prob.jq in the folder of opsdesk",
                "platform.yaml | limit=1 | 'limit=1, answer: \".tickets[\"' | opsdesk/platform.yaml, line 16: this jq does not compile",
                "platform.yaml | target: target.jq | 'checks: {board: {description: The board., get: {path: /api/boards, otherwise: .}}}' | add when, or leave otherwise out",
                "platform.yaml | target: target.jq | 'speaker: {what: tenant, setting: board, get: {path: /api/me}}' | has 'get', but not 'asks: true'",
                "signal.jq | part: \"ticket\" | part: \"tickt\" | the hub cannot read the signal: record.part 'tickt' is none of the parts",
                "signal.jq | source: \"opsdesk\" | source: \"opsdesk.x\" | firstSign.source 'opsdesk.x' is none of firstSigns",
                "signal.jq | scope: | scop: | the member 'scop', which a signal does not have",
                "ticket.jq | number: | nummer: | a reference needs 'number', and this has none",
                "peek.json | ourKey | ourKeys | ourKeys",
                "platform.yaml | working: acknowledged | working: acknowleged | status of ticket has 'acknowleged', which is none of",
                "platform.yaml | \"2\": P2 | \"2\": 2 | priority of ticket has '2', which is none of P1, P2",
                "platform.yaml | target: target.jq | 'speaker: {what: tenant, setting: tenant}' | speaker names the setting 'tenant', which is not among settings",
                "platform.yaml | target: target.jq | 'speaker: {what: tenant, setting: board, asks: true}' | no route begins with direct:opsdesk-speaker",
                "platform.yaml | target: target.jq | 'speaker: {setting: board}' | 'speaker' needs 'what' and 'setting'",
                "platform.yaml | target: target.jq | 'assumes: [{text: Tickets have numbers.}]' | each of 'assumes' needs a 'text' and its 'source'",
                "enrichment.jq | {lookup | {{lookup | opsdesk/enrichment.jq, line 3: this jq does not compile",
                "enrichment.jq | tostring | to_string | opsdesk/enrichment.jq, line 3: jq knows no 'to_string'",
                "target.jq | then | than | opsdesk/target.jq, line 3: this jq does not compile",
                "open.jq | state: | state | open.jq",
                "ticket.jq | then [.tickets[] | then [.tickets[ | opsdesk/ticket.jq, line ",
                "cases/open.json | checkout is down | checkout is up | cases/open.json: this request was not expected",
                "cases/find.json | OD-7 | OD-8 | cases/find.json: it yields",
                "cases/find.json | exchanges | exchange | cases/find.json, line"
            })
    void saysWhereAndWhatIsWrong(String file, String right, String wrong, String problem) throws IOException {
        var folder = copy();
        var text = Files.readString(folder.resolve(file));
        assertThat(text).contains(right);
        Files.writeString(
                folder.resolve(file), text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));

        assertThat(new PlatformCheck(folder).run())
                .anySatisfy(line -> assertThat(line).contains(problem));
    }

    /** Kaoto leaves no more of the URI of a step that was edited in its form. */
    @Test
    void takesAStepThatNamesNoPlatformForOneOfItsOwn() throws IOException {
        var folder = copy();
        var routes = folder.resolve("opsdesk.camel.yaml");
        Files.writeString(routes, Files.readString(routes).replace("uri: platform:opsdesk", "uri: platform"));

        assertThat(Files.readString(routes)).contains("uri: platform\n").doesNotContain("uri: platform:");
        assertThat(new PlatformCheck(folder).run()).isEmpty();
    }

    @Test
    void asksForNoRouteThatThePlatformLacks() throws IOException {
        var folder = copy();
        var routes = Files.readString(folder.resolve("opsdesk.camel.yaml"));
        var close = routes.indexOf("- route:\n    id: opsdesk-close");
        var end = routes.indexOf("- route:", close + 1);
        Files.writeString(
                folder.resolve("opsdesk.camel.yaml"),
                routes.substring(0, close) + (end < 0 ? "" : routes.substring(end)));
        assertThat(new PlatformCheck(folder).run())
                .anySatisfy(line -> assertThat(line).contains("no route begins with direct:opsdesk-close"));

        var descriptor = folder.resolve("platform.yaml");
        Files.writeString(descriptor, Files.readString(descriptor) + "lacks: [close]\n");

        assertThat(new PlatformCheck(folder).run()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signal | group: any | opsdesk.camel.yaml, line 101: opsdesk-signal needs routeConfigurationId: mapping",
                "probe | group: any | platform.yaml, line 16: opsdesk-probe is a request here, and a route in the route file",
                "signal | routeConfigurationId: mapping | ''"
            })
    void takesAWrittenRouteInThePlaceOfOneThatItWouldMake(String route, String member, String problem)
            throws IOException {
        var folder = copy();
        var routes = folder.resolve("opsdesk.camel.yaml");
        Files.writeString(routes, Files.readString(routes) + """
                - route:
                    id: opsdesk-%1$s
                    %2$s
                    from:
                      uri: direct
                      parameters:
                        name: opsdesk-%1$s
                      steps:
                        - to:
                            id: opsdesk-%1$s-map
                            uri: platform:opsdesk
                            parameters:
                              answer: signal.jq
                """.formatted(route, member));

        var problems = new PlatformCheck(folder).run();

        if (problem.isEmpty()) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).anySatisfy(line -> assertThat(line).contains(problem));
        }
    }

    @Test
    void missesTheMappingOfWebhooksWhereThereIsNone() throws IOException {
        var folder = copy();
        Files.delete(folder.resolve("signal.jq"));

        assertThat(new PlatformCheck(folder).run()).anySatisfy(line -> assertThat(line)
                .contains("no route begins with direct:opsdesk-signal: add signal.jq"));
    }

    @Test
    void saysThatAFolderHoldsNoPlatform() {
        assertThat(new PlatformCheck(temporary).run())
                .singleElement()
                .asString()
                .contains("holds no platform.yaml");
    }

    private Path copy() throws IOException {
        var target = temporary.resolve("opsdesk");
        try (Stream<Path> files = Files.walk(FURTHER)) {
            for (var file : files.toList()) {
                Files.copy(file, target.resolve(FURTHER.relativize(file).toString()));
            }
        }
        return target;
    }
}
