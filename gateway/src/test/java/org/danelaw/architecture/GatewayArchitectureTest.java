package org.danelaw.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.danelaw.dns.FailureText;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Which package of the gateway may use which, and that the DNS is asked through the library alone.
class GatewayArchitectureTest {
    /// Lowest first: each may use only those before it, and the library.
    private static final List<String> LAYERS = List.of(
            "json",
            "disk",
            "smtp",
            "events",
            "queue",
            "delivery",
            "intake",
            "alerts",
            "verify",
            "config",
            "metrics",
            "admin",
            "web",
            "app");

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @TestFactory
    Stream<DynamicTest> aPackageUsesOnlyThoseBelowIt() {
        return IntStream.range(0, LAYERS.size())
                .mapToObj(layer -> DynamicTest.dynamicTest(
                        LAYERS.get(layer),
                        () -> noClasses()
                                .that()
                                .resideInAPackage("org.danelaw." + LAYERS.get(layer))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(packages(LAYERS.subList(layer + 1, LAYERS.size())))
                                .allowEmptyShould(true)
                                .check(CLASSES)));
    }

    @Test
    void everyPackageHasItsPlace() {
        noClasses().should().resideOutsideOfPackages(packages(LAYERS)).check(CLASSES);
    }

    @Test
    void noPackageIsACycleOrARubbishHeap() {
        slices().matching("org.danelaw.(*)..").should().beFreeOfCycles().check(CLASSES);
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..core..", "..impl..")
                .check(CLASSES);
    }

    @Test
    void theDnsIsAskedThroughTheLibraryAlone() {
        noClasses()
                .should()
                .dependOnClassesThat(assignableTo(DatagramSocket.class)
                        .or(nameMatching("java\\.nio\\.channels\\.Datagram.*"))
                        .or(nameMatching("org\\.xbill\\.DNS\\.(Lookup|.*Resolver|ResolverConfig|Address|lookup\\..*)")))
                .check(CLASSES);
    }

    @Test
    void whatAFailureSaysIsReadInOnePlaceThatKnowsThoseThatSayNothing() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(FailureText.class.getName())
                .should()
                .callMethodWhere(target(name("getMessage")).and(target(owner(assignableTo(IOException.class)))))
                .check(CLASSES);
    }

    @Test
    void onlyTheDemoKnowsTheLab() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.danelaw.app")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.danelaw.lab..")
                .check(CLASSES);
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> "org.danelaw." + name).toArray(String[]::new);
    }
}
