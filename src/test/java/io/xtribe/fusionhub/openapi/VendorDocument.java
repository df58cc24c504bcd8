package io.xtribe.fusionhub.openapi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.interaction.ApiOperationResolver;
import com.atlassian.oai.validator.model.ApiOperation;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;

/**
 * A vendor's OpenAPI document, held against what was said. A request may hold nothing that the document does not name,
 * since vendors pass over unknown members in silence; an answer may, since vendors add members at any time.
 */
final class VendorDocument {

    private static final String UNEXPECTED_TYPE = "validation.response.contentType.notAllowed";

    private final JsonNode document;
    private final UnknownMembers unknownMembers;
    private final ApiOperationResolver operations;
    private final OpenApiInteractionValidator validator;

    VendorDocument(Path file) {
        document = DocumentText.of(file);
        unknownMembers = new UnknownMembers(document);
        var text = document.toString();
        var options = new ParseOptions();
        options.setResolve(true);
        operations = new ApiOperationResolver(
                new OpenAPIV3Parser().readContents(text, null, options).getOpenAPI(), "", true);
        validator = OpenApiInteractionValidator.createForInlineApiSpecification(text)
                .withBasePathOverride("")
                .withStrictOperationPathMatching()
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                        .withLevel("validation.schema.additionalProperties", Level.IGNORE)
                        .build())
                .build();
    }

    /** The operation that was called, by the document's own name; its method and path where the document has none. */
    String operation(Spoken said) {
        return find(said).map(found -> found.getOperation().getOperationId()).orElse(said.method() + " " + said.path());
    }

    private Optional<ApiOperation> find(Spoken said) {
        var match = operations.findApiOperation(said.path(), Method.valueOf(said.method()));
        return match.isPathFound() && match.isOperationAllowed()
                ? Optional.of(match.getApiOperation())
                : Optional.empty();
    }

    /** The statuses with which the document lets the operation refuse. */
    List<Integer> refusals(Spoken said) {
        return find(said).stream()
                .flatMap(found -> found.getOperation().getResponses().keySet().stream())
                .filter(status -> status.matches("4\\d\\d"))
                .map(Integer::valueOf)
                .toList();
    }

    /** The places of the path's parameters, counted from zero. */
    List<Integer> parametersOfPath(Spoken said) {
        var parts = find(said).orElseThrow().getApiPath().normalised().split("/");
        return Stream.iterate(0, at -> at < parts.length, at -> at + 1)
                .filter(at -> parts[at].startsWith("{"))
                .toList();
    }

    List<Finding> check(Spoken said) {
        var findings = new ArrayList<>(checkRequest(said));
        if (said.isAnswered()) {
            findings.addAll(checkAnswer(said));
        }
        return findings;
    }

    List<Finding> checkRequest(Spoken said) {
        var request = new SimpleRequest.Builder(Method.valueOf(said.method()), said.path());
        said.headers().forEach(request::withHeader);
        said.query().forEach(request::withQueryParam);
        if (!said.body().isEmpty()) {
            request.withBody(said.body());
        }
        var findings = new ArrayList<>(findings(said, false, validator.validateRequest(request.build())));
        unknownMembers(said)
                .forEach(member -> findings.add(new Finding(
                        operation(said),
                        false,
                        "unknown " + member,
                        "The document has no such member, so it has no effect",
                        said)));
        return findings;
    }

    private List<String> unknownMembers(Spoken said) {
        var operation = find(said);
        if (operation.isEmpty() || said.body().isEmpty()) {
            return List.of();
        }
        var schema = document.path("paths")
                .path(operation.get().getApiPath().original())
                .path(said.method().toLowerCase(Locale.ROOT))
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        try {
            return unknownMembers.find(schema, new ObjectMapper().readTree(said.body()));
        } catch (JsonProcessingException e) {
            // The validator says so itself.
            return List.of();
        }
    }

    /** A body of a type that the document does not name is held to the schema all the same. */
    List<Finding> checkAnswer(Spoken said) {
        if (find(said).isEmpty()) {
            return List.of();
        }
        var findings = new ArrayList<>(answerFindings(said));
        if (findings.stream().anyMatch(finding -> finding.what().startsWith(UNEXPECTED_TYPE))) {
            findings.addAll(answerFindings(said.withAnswerType("application/json")));
        }
        return findings;
    }

    private List<Finding> answerFindings(Spoken said) {
        var response = SimpleResponse.Builder.status(said.status());
        said.answerHeaders().forEach(response::withHeader);
        if (!said.answerBody().isEmpty()) {
            response.withBody(said.answerBody());
        }
        return findings(
                said, true, validator.validateResponse(said.path(), Method.valueOf(said.method()), response.build()));
    }

    private List<Finding> findings(Spoken said, boolean isAnswer, ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .flatMap(VendorDocument::causes)
                .map(message -> new Finding(
                        operation(said), isAnswer, message.getKey() + where(message), detail(message), said))
                .toList();
    }

    /** What is wrong below an {@code allOf}, where all holds and each fault counts. */
    private static Stream<ValidationReport.Message> causes(ValidationReport.Message message) {
        return message.getKey().endsWith(".allOf")
                        && !message.getNestedMessages().isEmpty()
                ? message.getNestedMessages().stream().flatMap(VendorDocument::causes)
                : Stream.of(message);
    }

    private static String detail(ValidationReport.Message message) {
        return Stream.concat(Stream.of(message.getMessage()), message.getAdditionalInfo().stream())
                .collect(Collectors.joining("; "));
    }

    private static String where(ValidationReport.Message message) {
        return message.getContext()
                .flatMap(context -> context.getPointers())
                .map(pointers -> " " + pointers.getInstance())
                .orElse("");
    }
}
