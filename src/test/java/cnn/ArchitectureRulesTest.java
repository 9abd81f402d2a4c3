package cnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walls of the house: who may use whom, and which library lives in which room. */
class ArchitectureRulesTest {
    /** Top first: a package may use those behind it, never one before it. */
    private static final List<String> PACKAGES = List.of(
            "cli",
            "shard",
            "report",
            "selftest",
            "advise",
            "train",
            "evaluate",
            "parquet",
            "features",
            "classify",
            "model",
            "onednn",
            "dl4j",
            "program",
            "data",
            "cache",
            "linear",
            "confidence",
            "metrics",
            "zoo",
            "keras",
            "weights",
            "json",
            "network",
            "image",
            "files");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("cnn");

    @Test
    void seesTheClassesOfEveryPackage() {
        var seen = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(seen)
                .contains("cnn")
                .containsAll(PACKAGES.stream().map(name -> "cnn." + name).toList());
        assertThat(seen).allMatch(name -> name.equals("cnn") || PACKAGES.contains(name.substring("cnn.".length())));
        assertThat(CLASSES.size()).isGreaterThan(100);
    }

    @Test
    void usesOnlyPackagesBelow() {
        LayeredArchitecture house = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : PACKAGES) {
            house = house.optionalLayer(name).definedBy("cnn." + name);
        }
        for (int i = 0; i < PACKAGES.size(); i++) {
            String[] above = PACKAGES.subList(0, i).toArray(String[]::new);
            house = above.length == 0
                    ? house.whereLayer(PACKAGES.get(i)).mayNotBeAccessedByAnyLayer()
                    : house.whereLayer(PACKAGES.get(i)).mayOnlyBeAccessedByLayers(above);
        }
        house.check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "picocli..,cnn.cli",
        "javax.imageio..,cnn.image",
        "com.twelvemonkeys..,cnn.image",
        "io.jhdf..,cnn.keras",
        "org.apache.parquet..,cnn.parquet",
        "com.fasterxml..,cnn.json",
        "org.bytedeco..,cnn.onednn",
        "org.deeplearning4j..,cnn.dl4j",
        "org.nd4j..,cnn.dl4j",
        "org.jfree..,cnn.report",
        "org.apache.batik..,cnn.report",
        "com.samskivert..,cnn.report",
        "java.net.http..,cnn.weights"
    })
    void keepsEachLibraryInOneRoom(String library, String room) {
        noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
        assertThat(CLASSES.stream().filter(type -> type.getPackageName().equals(room)))
                .as("classes of %s that use %s", room, library)
                .anyMatch(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(
                                used -> used.getTargetClass().getPackageName().startsWith(library.replace("..", ""))));
    }

    @Test
    void needsNoHadoop() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop..")
                .check(CLASSES);
    }

    @Test
    void keepsTheRootPackageBelowAllOthers() {
        noClasses()
                .that()
                .resideInAPackage("cnn")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PACKAGES.stream().map(name -> "cnn." + name).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void programsKnowNoLibrary() {
        classes()
                .that()
                .resideInAPackage("cnn.program")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "cnn", "cnn.network", "cnn.program")
                .check(CLASSES);
    }

    @Test
    void endsTheProcessOnlyInMain() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("cnn.cli.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
