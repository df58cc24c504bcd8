package io.xtribe.fusionhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** What may depend on what: read from the compiled classes, so that it also holds for what an IDE imports unasked. */
class HouseTest {

    private static final String ROOT = "io.xtribe.fusionhub";
    private static final Path SOURCES = Path.of("src/main/java/io/xtribe/fusionhub");
    private static final JavaClasses HUB = new ClassFileImporter().importPath(Path.of("target/classes"));

    @Test
    void packagesDependOnEachOtherInOneDirectionOnly() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(HUB);
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAPackage(ROOT)
                .because("the root package only starts the others")
                .check(HUB);
    }

    @Test
    void theDomainKnowsNothingOfCamelNatsAndHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".incident", ROOT + ".signal", ROOT + ".catalogue")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.camel..", "io.nats..", "io.vertx..", "java.net.http..", "jakarta.ws..")
                .check(HUB);
    }

    @Test
    void onlyThePackageForNatsUsesItsClient() {
        noClasses()
                .that()
                // The laboratory is a client of its own: it fires events and reads what the hub has stored.
                .resideOutsideOfPackages(ROOT + ".nats", ROOT + ".lab..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.nats..")
                .check(HUB);
    }

    @Test
    void theHubDoesWithoutItsLaboratory() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".lab..", ROOT + ".setup")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".lab..")
                .check(HUB);
    }

    /** What is known of a vendor stands in its folder, so that a mounted folder can bring it. */
    @Test
    void noClassOfTheCoreNamesAVendor() {
        var vendor = Pattern.compile("datadog|servicenow|pagerduty", Pattern.CASE_INSENSITIVE);
        var naming = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> vendor.matcher(code(file)).find())
                    .map(file -> SOURCES.relativize(file).toString())
                    .filter(name -> !name.matches("Main.java|(lab|setup|platform/(datadog|servicenow|pagerduty))/.*"))
                    .forEach(naming::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(naming).isEmpty();
    }

    /** Without comments, in which a vendor may stand as an example. */
    private static String code(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//.*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
