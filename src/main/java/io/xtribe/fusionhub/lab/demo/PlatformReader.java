package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.lab.local.SandboxAccess;
import io.xtribe.fusionhub.lab.local.Web;

/** Reads records back as any client of the platforms would: by their own API paths, with credentials. */
final class PlatformReader {
    private static final Pattern URL = Pattern.compile("https?://[^\\s<>\"'\\])]+");

    private final Web web;
    private final String url;

    PlatformReader(Web web, String sandboxUrl) {
        this.web = web;
        this.url = sandboxUrl;
    }

    /** The URLs that a record shows, and for a case also the ids of the incidents it is joined with. */
    Set<String> shown(Place place, String id) throws IOException, InterruptedException {
        return switch (place) {
            case DATADOG_INCIDENT -> attachments(id);
            case DATADOG_CASE -> caseLinks(id);
            case SERVICENOW -> columnsAndWorkNotes(id);
            case PAGERDUTY -> customFieldsAndNotes(id);
        };
    }

    /** Who was notified of a PagerDuty incident, by its log. */
    Set<String> paged(String id) throws IOException, InterruptedException {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode entry :
                pagerDuty("/incidents/" + id + "/log_entries?limit=100").path("log_entries")) {
            if (entry.path("type").asText().equals("notify_log_entry")) {
                names.add(entry.path("user").path("summary").asText());
            }
        }
        return names;
    }

    private Set<String> attachments(String id) throws IOException, InterruptedException {
        Set<String> shown = new TreeSet<>();
        datadog("/api/v2/incidents/" + id + "/attachments")
                .path("data")
                .forEach(attachment -> shown.add(
                        attachment.at("/attributes/attachment/documentUrl").asText()));
        return shown;
    }

    private Set<String> caseLinks(String id) throws IOException, InterruptedException {
        Set<String> shown = new TreeSet<>();
        datadog("/api/v2/cases/" + id)
                .at("/data/attributes/insights")
                .forEach(insight -> shown.add(insight.path("resource_id").asText()));
        datadog("/api/v2/cases/" + id + "/timelines?page%5Bsize%5D=100")
                .path("data")
                .forEach(cell -> addUrls(
                        shown, cell.at("/attributes/cell_content/message").asText()));
        return shown;
    }

    private Set<String> columnsAndWorkNotes(String id) throws IOException, InterruptedException {
        Set<String> shown = new TreeSet<>();
        serviceNow("/api/now/table/incident/" + id).path("result").properties().forEach(column -> {
            if (column.getKey().startsWith("u_") && column.getKey().endsWith("_url")) {
                shown.add(column.getValue().asText());
            }
        });
        serviceNow("/api/now/table/sys_journal_field?sysparm_query=element_id%3D" + id + "%5Eelement%3Dwork_notes")
                .path("result")
                .forEach(entry -> addUrls(shown, entry.path("value").asText()));
        return shown;
    }

    private Set<String> customFieldsAndNotes(String id) throws IOException, InterruptedException {
        Set<String> shown = new TreeSet<>();
        // An account may lack custom fields; then the notes show the links.
        Web.Reply fields =
                web.get(url + "/pagerduty/incidents/" + id + "/custom_fields/values", SandboxAccess.PAGERDUTY);
        if (fields.status() == 200) {
            fields.json()
                    .path("custom_fields")
                    .forEach(field -> shown.add(field.path("value").asText()));
        }
        pagerDuty("/incidents/" + id + "/notes")
                .path("notes")
                .forEach(note -> addUrls(shown, note.path("content").asText()));
        return shown;
    }

    private static void addUrls(Set<String> urls, String text) {
        URL.matcher(text).results().map(MatchResult::group).forEach(urls::add);
    }

    private JsonNode datadog(String path) throws IOException, InterruptedException {
        return read("/datadog" + path, SandboxAccess.DATADOG);
    }

    private JsonNode serviceNow(String path) throws IOException, InterruptedException {
        return read("/servicenow" + path, SandboxAccess.SERVICENOW);
    }

    private JsonNode pagerDuty(String path) throws IOException, InterruptedException {
        return read("/pagerduty" + path, SandboxAccess.PAGERDUTY);
    }

    private JsonNode read(String path, Map<String, String> credentials) throws IOException, InterruptedException {
        return web.json(url + path, credentials);
    }
}
