package io.xtribe.fusionhub.openapi;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where hub or sandbox leave a vendor's OpenAPI document on purpose, because the vendor does so itself. This is the only
 * place for it: what is not listed here is a defect of the hub, or of the sandbox.
 */
final class KnownDeviations {

    /**
     * @param operation pattern of the operations
     * @param what pattern of the finding's kind and detail
     * @param why how the vendor really behaves, and where that was seen
     */
    record Deviation(String platform, Pattern operation, Pattern what, String why) {

        boolean concerns(String operationId) {
            return operation.matcher(operationId).matches();
        }

        boolean explains(Finding finding) {
            return concerns(finding.operation())
                    && what.matcher(finding.what() + ": " + finding.detail()).find();
        }
    }

    private static final List<Deviation> ALL = List.of(
            deviation(
                    "datadog",
                    "(Search|Create|Get|Comment)Cases?|Update(Status|Priority)|LinkIncident|ListCaseTimeline|.*Attachments?",
                    "validation.response.contentType.notAllowed.*'application/vnd.api\\+json'",
                    "Cases and attachments answer application/vnd.api+json: every recording of datadog-api-client-java,"
                            + " src/test/resources/cassettes/features/v2"),
            deviation(
                    "datadog",
                    "(Search|Create|Get|Comment)Cases?|Update(Status|Priority)|CreateIncidentAttachment",
                    "validation.response.body.schema.type /errors/0: .*\\(object\\).*\\[\"string\"\\]",
                    "Specified as texts, answered as objects with title and detail: recordings"
                            + " Get_the_details_of_a_case_returns_Not_Found_response,"
                            + " Update_case_status_returns_Bad_Request_response,"
                            + " Create_incident_attachment_returns_Bad_Request_response of datadog-api-client-java"),
            deviation(
                    "datadog",
                    "(List|Create)IncidentAttachments?",
                    "validation.response.status.unknown: Response status 404 ",
                    "An unknown incident is 404 here too: recording"
                            + " Create_incident_attachment_returns_Bad_Request_response of datadog-api-client-java"),
            deviation(
                    "datadog",
                    "(List|Create)IncidentAttachments?",
                    "validation.response.status.unknown: Response status 40[13] ",
                    "Forgotten in the document: keys are asked for here as by every other operation of incidents,"
                            + " docs.datadoghq.com/api/latest/authentication"),
            deviation(
                    "servicenow",
                    "listJournalEntries",
                    "query.unexpected: Query parameter 'sysparm_exclude_reference_link'",
                    "A parameter of the Table API for every table; camel-servicenow sends it with all calls or with none:"
                            + " ServiceNowDocs, api-reference/rest-apis/c_TableAPI.md"),
            deviation(
                    "servicenow",
                    "listJournalEntries",
                    "validation.response.status.unknown: Response status 404 ",
                    "An access rule hides a table like this too, as the refusal itself says: Record doesn't exist or ACL"
                            + " restricts the record retrieval"),
            deviation(
                    "servicenow",
                    "createOAuthToken",
                    "validation.response.status.unknown: Response status 503 ",
                    "What is transient stands in no document; a test asks for it: ServiceNowDocs,"
                            + " r_RESTAPIHTTPResponseCodes.md"),
            deviation(
                    "servicenow",
                    "createOAuthToken",
                    "validation.response.status.unknown: Response status 302 ",
                    "What lies before the instance, such as a page for logging in, redirects: no answer of the API"),
            deviation(
                    "pagerduty",
                    ".*",
                    "validation.request.accept.notAllowed: .*application/vnd.pagerduty\\+json;version=2",
                    "The type that asks for version 2; it is answered with application/json: developer-docs,"
                            + " docs/REST-API/03-Versioning.md"),
            deviation(
                    "pagerduty",
                    "(get|list)(Incident|Priorit|User).*",
                    "header.missing: Header parameter 'Content-Type'",
                    "A call without a body has no content type, and PagerDuty does not miss it: the Ruby example of"
                            + " developer-docs, docs/REST-API/02-Authentication.md"),
            deviation(
                    "pagerduty",
                    ".*WebhookSubscriptions?",
                    "validation.response.body.unexpected: No response body is expected",
                    "The document says nothing of the bodies of these refusals; every refusal holds PagerDuty's error"
                            + " object: developer-docs, docs/REST-API/14-Errors.md"),
            deviation(
                    "pagerduty",
                    "listIncidents",
                    "parameter.collection.invalid: Multiple values found for parameter 'statuses\\[\\]'",
                    "The parameter's own description: pass statuses[] more than once"),
            deviation(
                    "pagerduty",
                    "listIncidents",
                    "validation.response.body.schema.(oneOf /incidents/\\d+/first_trigger_log_entry"
                            + "|discriminator /incidents/\\d+/pending_actions/\\d+): ",
                    "The channel of a log entry is to be exactly one of several kinds, and a pending action one of some, which only"
                            + " their descriptions tell apart: by its members a channel fits most of them, and no action any"),
            deviation(
                    "pagerduty",
                    ".*Incidents?",
                    "validation.response.body.schema.type /incidents?(/\\d+)?/(priority|resolved_at|resolve_reason): .*\\(null\\)",
                    "Null while unset: resolved_at and resolve_reason in the document's own examples, priority in webhooks"
                            + " captured by Aldaviva/PagerDuty, WebhookResourceTests.cs"),
            deviation(
                    "pagerduty",
                    "updateIncident|setIncidentFieldValues",
                    "validation.response.status.unknown: Response status 400 ",
                    "Bad arguments and a bad From are 400 everywhere: developer-docs, docs/REST-API/14-Errors.md"),
            deviation(
                    "pagerduty",
                    "(get|set)IncidentFieldValues",
                    "validation.response.status.unknown: Response status 40[12] ",
                    "Wrong credentials are 401 everywhere, and a plan without custom fields is 402: developer-docs,"
                            + " docs/REST-API/14-Errors.md"));

    private KnownDeviations() {}

    static List<Deviation> of(String platform) {
        return ALL.stream()
                .filter(deviation -> deviation.platform().equals(platform))
                .toList();
    }

    private static Deviation deviation(String platform, String operation, String what, String why) {
        return new Deviation(platform, Pattern.compile(operation), Pattern.compile(what), why);
    }
}
