package io.xtribe.fusionhub.openapi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds all that the tests of a class make the hub and one platform of the sandbox say against the vendor's own OpenAPI
 * document. The documents are the vendors' and are no part of this project: {@code -Dfusion.openapi=<folder>} says where
 * they are. Without it the tests run as they are, and a line says that nothing was held against the documents.
 *
 * <p>A deviation fails the test that showed it, unless {@link KnownDeviations} names it. At the end the operations that
 * were seen must be exactly those that the hub is known to use, and every known deviation must have been met.
 */
public final class VendorSchemas implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final String FOLDER = "fusion.openapi";

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private static Recorder recorder;

    private final Set<String> seen = new TreeSet<>();
    private final Map<String, Spoken> accepted = new LinkedHashMap<>();
    private final Set<String> refused = new TreeSet<>();
    private final Set<KnownDeviations.Deviation> met = new HashSet<>();
    private String platform;
    private Set<String> used;
    /** Null where it is not at hand. */
    private VendorDocument document;

    /** Between the hub and the sandbox while a class is held to a vendor's document; null at other times. */
    public static Recorder recorder() {
        return recorder;
    }

    private static String folder() {
        return System.getProperty(FOLDER, "");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        var operations = context.getRequiredTestClass().getDeclaredAnnotation(VendorOperations.class);
        if (operations == null) {
            throw new IllegalStateException(
                    context.getRequiredTestClass() + " names no operations of its own, as @VendorOperations");
        }
        if (folder().isBlank()) {
            tellOnce();
            return;
        }
        platform = operations.platform();
        used = Set.of(operations.value());
        document = new VendorDocument(Path.of(folder(), platform + ".yaml"));
        recorder = Recorder.start();
    }

    private static void tellOnce() {
        if (TOLD.compareAndSet(false, true)) {
            System.out.println(
                    "Requests and answers are not held against the vendors' schemas: give the folder of their OpenAPI"
                            + " documents as -D" + FOLDER + "=<folder>, see CONTRIBUTING.md");
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (document == null) {
            return;
        }
        var findings = new ArrayList<Finding>();
        for (var said : recorder.take(platform)) {
            var operation = document.operation(said);
            seen.add(operation);
            findings.addAll(unknown(document.check(said)));
            if (used.contains(operation) && said.isAccepted()) {
                accepted.putIfAbsent(operation, said);
                findings.addAll(unknownOfRefusals(operation, said));
            }
        }
        assertThat(findings)
                .as("deviations from %s's OpenAPI document", platform)
                .isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (document == null) {
            return;
        }
        recorder.close();
        recorder = null;
        findsOutWhatIsWrong();
        assertThat(seen).as("operations of %s that were seen", platform).isEqualTo(new TreeSet<>(used));
        assertThat(refused)
                .as("operations of %s that were seen to succeed, and then to refuse as documented", platform)
                .isEqualTo(new TreeSet<>(used));
        assertThat(KnownDeviations.of(platform))
                .as("known deviations of %s, each of them met", platform)
                .filteredOn(deviation -> used.stream().anyMatch(deviation::concerns))
                .allMatch(met::contains);
    }

    /** Once for each operation, or until all is well, while the records of the test still stand in the sandbox. */
    private List<Finding> unknownOfRefusals(String operation, Spoken accepted) {
        if (refused.contains(operation)) {
            return List.of();
        }
        var findings = unknown(new Refusals(platform, document, recorder.target())
                .of(accepted).stream()
                        .flatMap(said -> document.checkAnswer(said).stream())
                        .toList());
        if (findings.isEmpty()) {
            refused.add(operation);
        }
        return findings;
    }

    /** A check that cannot fail is none: a body that is none of the document's must be found out everywhere. */
    private void findsOutWhatIsWrong() {
        accepted.forEach((operation, said) -> {
            assertThat(unknown(document.checkAnswer(said.withAnswerBody("[7]"))))
                    .as("what is wrong with the answer [7] to %s", operation)
                    .isNotEmpty();
            if (!said.body().isEmpty()) {
                assertThat(unknown(document.checkRequest(said.withBody("[7]"))))
                        .as("what is wrong with the request [7] to %s", operation)
                        .isNotEmpty();
            }
        });
    }

    /** What the list of known deviations does not explain. */
    private List<Finding> unknown(List<Finding> findings) {
        return findings.stream().filter(finding -> !isKnown(finding)).toList();
    }

    private boolean isKnown(Finding finding) {
        var known = KnownDeviations.of(platform).stream()
                .filter(deviation -> deviation.explains(finding))
                .toList();
        met.addAll(known);
        return !known.isEmpty();
    }
}
