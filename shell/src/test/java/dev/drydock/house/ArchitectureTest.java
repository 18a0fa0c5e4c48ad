package dev.drydock.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The boundaries of docs/DESIGN.md as rules; each is also shown a class that breaks it, so that none can pass on nothing. */
class ArchitectureTest {
    private static final String VERIFY = "dev.drydock.verify..";
    private static final String ENGINE = "dev.drydock.engine..";
    private static final String SHELL = "dev.drydock.shell..";

    private static final ArchRule VERIFY_KNOWS_ONLY_FACTS = noClasses()
            .that()
            .resideInAPackage(VERIFY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ENGINE,
                    SHELL,
                    "org.yaml..",
                    "org.jline..",
                    "picocli..",
                    "org.apache.commons.exec..",
                    "org.commonmark..");

    private static final ArchRule ENGINE_KNOWS_NO_TERMINAL = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SHELL, "org.jline..", "picocli..", "org.commonmark..");

    private static final ArchRule YAML_STAYS_IN_THE_READER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.drydock.engine.lab..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml..");

    private static final ArchRule LABS_KNOW_NO_WORLD = noClasses()
            .that()
            .resideInAPackage("dev.drydock.engine.lab..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.drydock.engine.host..", "dev.drydock.engine.session..", "dev.drydock.engine.proof..");

    private static final ArchRule HOSTS_KNOW_NO_CONTENT = noClasses()
            .that()
            .resideInAPackage("dev.drydock.engine.host..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.drydock.engine.lab..", "dev.drydock.engine.session..", "dev.drydock.engine.proof..");

    private static final ArchRule PROCESSES_START_IN_HOST_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.drydock.engine.host..")
            .should()
            .dependOnClassesThat(DescribedPredicate.<JavaClass>describe(
                    "start processes",
                    type -> type.isEquivalentTo(ProcessBuilder.class)
                            || type.getPackageName().startsWith("org.apache.commons.exec")))
            .orShould()
            .callMethodWhere(DescribedPredicate.describe(
                    "Runtime.exec",
                    call -> call.getTargetOwner().isEquivalentTo(Runtime.class)
                            && call.getName().equals("exec")));

    private static final ArchRule STANDARD_STREAMS_IN_MAIN_ONLY = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.drydock.shell.Main")
            .should()
            .accessFieldWhere(onSystem(Set.of("out", "err")))
            .orShould()
            .callMethodWhere(onSystem(Set.of("exit")));

    private static final ArchRule FACTS_KNOW_NO_EXPECTATION = noClasses()
            .that()
            .resideInAnyPackage("dev.drydock.verify.facts..", "dev.drydock.verify.probe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.drydock.verify.expect..");

    private static final ArchRule JUDGING_IS_PURE = noClasses()
            .that()
            .resideInAPackage("dev.drydock.verify.expect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(?!URI).*")
            .orShould()
            .callMethodWhere(
                    DescribedPredicate.describe("a clock", call -> Set.of("now", "currentTimeMillis", "nanoTime")
                            .contains(call.getName())));

    private static final ArchRule NAMES_SAY_WHAT_IT_IS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    private static final Map<String, ArchRule> RULES = Map.ofEntries(
            Map.entry("verify knows only facts", VERIFY_KNOWS_ONLY_FACTS),
            Map.entry("engine knows no terminal", ENGINE_KNOWS_NO_TERMINAL),
            Map.entry("yaml stays in the reader", YAML_STAYS_IN_THE_READER),
            Map.entry("labs know no world", LABS_KNOW_NO_WORLD),
            Map.entry("hosts know no content", HOSTS_KNOW_NO_CONTENT),
            Map.entry("processes start in engine.host only", PROCESSES_START_IN_HOST_ONLY),
            Map.entry("standard streams in Main only", STANDARD_STREAMS_IN_MAIN_ONLY),
            Map.entry("facts know no expectation", FACTS_KNOW_NO_EXPECTATION),
            Map.entry("judging is pure", JUDGING_IS_PURE),
            Map.entry("names say what it is", NAMES_SAY_WHAT_IT_IS));

    private static JavaClasses production;
    private static JavaClasses fixtures;

    @BeforeAll
    static void read_the_classes() {
        production = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.drydock");
        fixtures = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages(
                        "dev.drydock.verify.expect.fixture",
                        "dev.drydock.verify.facts.fixture",
                        "dev.drydock.engine.lab.fixture",
                        "dev.drydock.engine.host.fixture",
                        "dev.drydock.shell.fixture");
    }

    @Test
    void looks_at_every_module_and_not_at_an_empty_class_path() {
        for (Map.Entry<String, Integer> least : Map.of(
                        "dev.drydock.verify", 50, "dev.drydock.engine", 40, "dev.drydock.shell", 20)
                .entrySet()) {
            long seen = production.stream()
                    .filter(type -> type.getPackageName().startsWith(least.getKey()))
                    .count();
            assertThat(seen).as("classes under " + least.getKey()).isGreaterThan(least.getValue());
        }
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_boundary() {
        return RULES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(production)));
    }

    @TestFactory
    Stream<DynamicTest> would_notice_a_class_that_breaks_it() {
        return RULES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
                    List<String> reported = rule.getValue()
                            .allowEmptyShould(true)
                            .evaluate(fixtures)
                            .getFailureReport()
                            .getDetails();
                    assertThat(reported)
                            .as("what the rule says of a class that breaks it")
                            .isNotEmpty();
                }));
    }

    private static <T extends JavaAccess<?>> DescribedPredicate<T> onSystem(Set<String> names) {
        return DescribedPredicate.describe(
                "System." + names,
                access -> access.getTargetOwner().isEquivalentTo(System.class) && names.contains(access.getName()));
    }
}
