package io.xtribe.fusionhub.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.catalogue.CatalogueColumns;
import io.xtribe.fusionhub.catalogue.CatalogueColumns.Hint;
import io.xtribe.fusionhub.testing.Hints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Which columns of the service catalogue the platforms' folders declare. */
class HintColumnsTest {

    private static final Hint GROUP = new Hint("assignmentgroup", "assignment_group", true, false);
    private static final Hint SERVICE = new Hint("pagerdutyservice", "pagerduty_service", true, true);
    private static final Hint POLICY = new Hint("escalationpolicy", "escalation_policy", true, false);

    @TempDir
    Path folder;

    private void mount(String name, String members) throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve(name)).resolve("platform.yaml"),
                "name: " + name + "\nrecords: {parts: [ticket]}\n" + members);
    }

    private CatalogueColumns columns(String platforms) {
        return PlatformCatalogue.columns(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("fusion.platforms", platforms, "fusion.platforms-path", folder.toString()), "test", 500))
                .build());
    }

    @Test
    void areThoseOfTheBuiltInPlatformsWhoeverTakesPart() {
        assertThat(Hints.COLUMNS.hints()).containsExactly(GROUP, SERVICE, POLICY);
        assertThat(Hints.COLUMNS.retired()).containsExactly("datadog_team");
        assertThat(columns("datadog")).isEqualTo(Hints.COLUMNS);
    }

    @Test
    void thoseOfAMountedPlatformNeedNotBeInTheFile() throws Exception {
        mount("acme", "hints: {acmeboard: {column: acme_board, unique: true}}\nretiredColumns: [acme_team]\n");

        assertThat(columns("datadog,acme").hints())
                .containsExactly(GROUP, SERVICE, POLICY, new Hint("acmeboard", "acme_board", false, true));
        assertThat(columns("datadog,acme").retired()).containsExactlyInAnyOrder("acme_team", "datadog_team");
        assertThat(columns("datadog").hints()).as("acme takes no part").containsExactly(GROUP, SERVICE, POLICY);
    }

    @Test
    void aMountedFolderChangesTheHintsOfItsOwnPlatformOnly() throws Exception {
        mount("pagerduty", "hints: {escalationpolicy: {column: policy}}\n");
        mount("acme", "hints: {assignmentgroup: {column: acme_group}}\n");

        assertThat(columns("acme,pagerduty").hints())
                .containsExactly(GROUP, SERVICE, new Hint("escalationpolicy", "policy", false, false));
    }

    @Test
    void mayBeMoreWhereAFolderCannotBeRead() throws Exception {
        mount("acme", "hints: {acmeboard: {colum: acme_board}}\n");

        assertThat(columns("acme").complete()).isFalse();
        assertThat(columns("acme").hints()).containsExactly(GROUP, SERVICE, POLICY);
        assertThat(columns("datadog").complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hints: {acmeboard: {description: x}} | the column of a hint is 'null'",
                "hints: {acmeboard: {column: Board}} | the column of a hint is 'Board'",
                "hints: {acmeboard: {column: team}} | the column of a hint is 'team'",
                "hints: {acme_board: {column: acme_board}} | the hint 'acme_board' needs",
                "hints: {priority: {column: acme_board}} | the hint 'priority' needs",
                "hints: {acmeboard: } | the hint 'acmeboard' needs a column"
            })
    void sayWhyOneCannotBeUsed(String members, String why) throws Exception {
        mount("acme", members + "\n");
        var problem = catchThrowable(() ->
                VendorFolder.find("acme", Optional.of(folder)).orElseThrow().descriptor());

        assertThat(problem)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acme/platform.yaml, line ")
                .hasMessageContaining(why);
    }
}
