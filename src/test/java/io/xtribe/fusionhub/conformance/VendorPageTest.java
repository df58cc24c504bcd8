package io.xtribe.fusionhub.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.platform.Platform;

import static org.assertj.core.api.Assertions.assertThat;

class VendorPageTest {

    private static final Path PAGE = Path.of("docs", "vendors.md");

    private static String page(Path folder) {
        return VendorPage.of(List.of(Platform.find(
                        folder.getFileName().toString(),
                        Optional.of(folder.getParent()),
                        PlatformCheck.placeholders(Map.of()))
                .orElseThrow()));
    }

    @Test
    void thePageIsWhatTheDescriptorsSay() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("docs/vendors.md is stale: write it anew with bin/fusion platform page > docs/vendors.md")
                .isEqualTo(VendorPage.of(PlatformCommand.Page.builtIn()));
    }

    @Test
    void aMountedVendorHasOneToo(@TempDir Path folders) throws IOException {
        var folder = Files.createDirectory(folders.resolve("desk"));
        Files.writeString(folder.resolve("platform.yaml"), """
                name: desk
                title: The Desk
                description: Tickets
                settings: {team: {description: Who may speak.}}
                records: {parts: [ticket]}
                status:
                  ticket:
                    means: {new: open, fresh: open, gone: ""}
                    sent: {open: {state: new}}
                    list: states
                errorCode: /code
                refusals:
                  - {description: It is closed., status: 409, words: closed|gone, operations: [update], means: already}
                speaker: {what: team, setting: team, asks: true}
                assumes:
                  - {text: Tickets have numbers., source: "https://desk.example/docs"}
                """);

        assertThat(page(folder))
                .contains(
                        "## The Desk",
                        "| Tickets have numbers. | https://desk.example/docs |",
                        "The team that `fusion.desk.team` names, else the one that the API tells.",
                        "| ticket | `new`, `fresh` | open |",
                        "| ticket | `gone` | says nothing |",
                        "| ticket | open | `{\"state\":\"new\"}` |",
                        "Of ticket, `list`: `states`.",
                        "| It is closed. | status `409`, words `closed\\|gone`, operations `[\"update\"]` | takes it for done;");
    }
}
