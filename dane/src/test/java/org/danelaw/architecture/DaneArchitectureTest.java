package org.danelaw.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.danelaw.dns.FailureText;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Which package of this module may use which, and what some may never do.
class DaneArchitectureTest {
    /// Lowest first: each may use only those before it.
    private static final List<String> LAYERS =
            List.of("dns", "dnssec", "tlsa", "policy", "resolver", "discovery", "tls", "dane");

    private static final String[] PURE = packages("dnssec", "tlsa", "policy");

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @TestFactory
    Stream<DynamicTest> aPackageUsesOnlyThoseBelowIt() {
        return IntStream.range(0, LAYERS.size())
                .mapToObj(layer -> DynamicTest.dynamicTest(
                        LAYERS.get(layer),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(packages(LAYERS.get(layer))[0])
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(packages(
                                        LAYERS.subList(layer + 1, LAYERS.size()).toArray(String[]::new)))
                                .allowEmptyShould(true)
                                .check(CLASSES)));
    }

    @Test
    void everyPackageHasItsPlace() {
        noClasses()
                .should()
                .resideOutsideOfPackages(packages(LAYERS.toArray(String[]::new)))
                .check(CLASSES);
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
    void thePurePackagesDoNoInputOrOutputAndStartNothing() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.util.concurrent..",
                                "java.util.logging..",
                                "java.util.random..",
                                "java.net.http..",
                                "java.sql..",
                                "javax.net..",
                                "org.slf4j..")
                        .or(JavaClass.Predicates.assignableTo(Socket.class))
                        .or(JavaClass.Predicates.assignableTo(ServerSocket.class))
                        .or(JavaClass.Predicates.assignableTo(DatagramSocket.class))
                        .or(JavaClass.Predicates.assignableTo(Thread.class))
                        .or(JavaClass.Predicates.assignableTo(Clock.class))
                        .or(JavaClass.Predicates.type(InstantSource.class))
                        .or(nameMatching("java\\.io\\.(File|Random|Print|Console|Reader).*")))
                .check(CLASSES);
    }

    @Test
    void thePurePackagesNeverLookAtAClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethodWhere(
                        target(owner(JavaClass.Predicates.type(Instant.class))).and(target(nameMatching("now"))))
                .orShould()
                .callMethodWhere(target(owner(JavaClass.Predicates.type(System.class)))
                        .and(target(nameMatching("currentTimeMillis|nanoTime"))))
                .check(CLASSES);
    }

    @Test
    void onlyTheResolverAsksTheDns() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.danelaw.resolver")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.assignableTo(DatagramSocket.class)
                        .or(nameMatching("java\\.nio\\.channels\\..*"))
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
    void nobodyAsksTheSystemForAnAddress() {
        noClasses()
                .should()
                .callMethodWhere(target(nameMatching("getAllByName|getByName|getHostName|getCanonicalHostName"))
                        .and(target(owner(nameMatching("java\\.net\\.Inet.*")))))
                .check(CLASSES);
    }

    @Test
    void thisModuleKnowsNeitherLabNorGateway() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.danelaw.lab..", "org.danelaw.smtp..", "org.danelaw.queue..", "org.danelaw.delivery..")
                .check(CLASSES);
    }

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> "org.danelaw." + name).toArray(String[]::new);
    }
}
