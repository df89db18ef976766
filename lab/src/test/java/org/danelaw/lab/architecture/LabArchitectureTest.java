package org.danelaw.lab.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the lab may use: nothing of the library that it is there to test.
class LabArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void aFaultOfTheLibraryCannotHideInTheLabToo() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.danelaw.dns..",
                        "org.danelaw.dnssec..",
                        "org.danelaw.tlsa..",
                        "org.danelaw.policy..",
                        "org.danelaw.resolver..",
                        "org.danelaw.tls..")
                .check(CLASSES);
    }

    @Test
    void theWorldKnowsNothingOfTheServersThatShowIt() {
        noClasses()
                .that()
                .resideInAPackage("org.danelaw.lab.world")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.danelaw.lab.nameserver", "org.danelaw.lab.mailhost")
                .allowEmptyShould(true)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.danelaw.lab.nameserver")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.danelaw.lab.mailhost")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void noPackageIsACycleOrARubbishHeap() {
        slices().matching("org.danelaw.lab.(*)..").should().beFreeOfCycles().check(CLASSES);
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..core..", "..impl..")
                .check(CLASSES);
    }
}
