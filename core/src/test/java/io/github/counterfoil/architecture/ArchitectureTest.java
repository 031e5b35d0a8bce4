package io.github.counterfoil.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.counterfoil.architecture.Rules.noMoreExportedTypesThan;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.counterfoil.leaks.LeakKit;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testkit.TestDesk;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The house keeps its rules, and each rule is broken by code that was written to break it. */
class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.counterfoil");
    private static final JavaClasses KITS =
            new ClassFileImporter().importPaths("target/leak-kit-classes", "target/test-kit-classes");
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/architecture/broken/"))
            .importPackages("io.github.counterfoil");
    private static final JavaClasses BROKEN =
            new ClassFileImporter().importPackages("io.github.counterfoil.architecture.broken");

    private static final int EXPORTED_OF_BROKEN = 6;

    static Stream<ArchRule> rules() {
        return Rules.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_house_keeps(ArchRule rule) {
        rule.check(HOUSE);
    }

    /** They stand where a host stands: before the door. */
    static Stream<ArchRule> rulesOfTheKits() {
        return Rules.all().filter(rule -> rule != Rules.NOTHING_DEPENDS_ON_THE_ROOT);
    }

    @ParameterizedTest
    @MethodSource("rulesOfTheKits")
    void the_kits_keep(ArchRule rule) {
        rule.allowEmptyShould(true).check(KITS);
    }

    @Test
    void the_kits_are_there() {
        assertThat(KITS.contain(LeakKit.class)).isTrue();
        assertThat(KITS.contain(TestDesk.class)).isTrue();
    }

    @Test
    void the_kits_need_nothing_but_what_every_host_has() {
        noClasses()
                .that()
                .doNotHaveSimpleName("EmbeddedServer")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(
                                "java..", "javax.sql..", "org.jspecify..", "io.github.counterfoil..")
                        .or(resideInAnyPackage("io.github.counterfoil.internal..", "io.github.counterfoil.testing..")))
                .check(KITS);
    }

    @Test
    void tests_take_their_chances_from_one_seed() {
        assertThat(TESTS.contain(Chance.class)).isTrue();
        Rules.NO_CHANCE_WITHOUT_A_SEED.check(TESTS.that(not(equivalentTo(Chance.class))));
    }

    @Test
    void tests_do_nothing_in_the_jdks_common_pool() {
        Rules.NOTHING_IN_THE_COMMON_POOL.check(TESTS);
    }

    @Test
    void the_house_exports_no_more_types_than_were_decided() {
        noMoreExportedTypesThan(Rules.MOST_EXPORTED_TYPES).check(HOUSE);
    }

    @Test
    void each_exported_type_counts_and_nothing_else_does() {
        assertThat(noMoreExportedTypesThan(EXPORTED_OF_BROKEN).evaluate(BROKEN).hasViolation())
                .isFalse();
        assertThat(noMoreExportedTypesThan(EXPORTED_OF_BROKEN - 1)
                        .evaluate(BROKEN)
                        .hasViolation())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_can_fail(ArchRule rule) {
        assertThat(rule.evaluate(BROKEN).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }

    static Stream<Arguments> waysToBreakARule() {
        Map<ArchRule, List<String>> ways = Map.of(
                Rules.LIBRARIES_ONLY_INSIDE,
                List.of(
                        "org.jooq.",
                        "org.postgresql.",
                        "com.fasterxml.",
                        "tools.jackson.",
                        "jakarta.",
                        "org.hibernate.",
                        "org.slf4j."),
                Rules.DATABIND_ONLY_IN_ITS_ROOM,
                List.of("com.fasterxml.jackson.databind.", "tools.jackson.databind."),
                Rules.ONE_WAY_TO_EVENTS,
                List.of("RuleBreaker names it", "EveryWay names it"),
                Rules.CUSTOMERS_DESKS_TOUCH_NOTHING_OF_THE_STAFFS,
                List.of(
                        "type <io.github.counterfoil.ticket.Ticket>",
                        "ticket.TicketSnapshot>",
                        "event.TicketEvent>",
                        "event.TicketEvent$Header>",
                        "internal.verification.",
                        "internal.document."),
                Rules.NOTHING_THAT_JOOQ_LOGS,
                List.of("DSL.multiset(", "DSL.multisetAgg("),
                Rules.NOTHING_THAT_NEWER_JOOQ_LACKS,
                List.of("DSL.exists(", "DSL.notExists(", ".whereExists(", ".andExists(", ".orNotExists("),
                Rules.SQL_TEXT_ONLY_IN_THE_SCHEMA_PACKAGE,
                List.of(
                        "DSL.field(",
                        "DSL.condition(",
                        "DSL.table(",
                        "DSL.sql(",
                        "DSL.query(",
                        "DSL.resultQuery(",
                        "DSLContext.fetch(",
                        "DSLContext.execute("),
                Rules.NO_TRANSACTIONS,
                List.of("DSLContext.transaction(", "DSLContext.transactionResult(", "DSLContext.startTransaction("),
                Rules.NO_CHANCE_WITHOUT_A_SEED,
                List.of(
                        "java.util.Random.",
                        "java.util.SplittableRandom.",
                        "ThreadLocalRandom.current(",
                        "SecureRandom.",
                        "Math.random("),
                Rules.NO_KOTLIN_KEYWORDS,
                List.of("RuleBreaker.when", "EveryWay.object", "EveryWay.val"));
        return ways.entrySet().stream()
                .flatMap(rule -> rule.getValue().stream().map(way -> Arguments.of(rule.getKey(), way)));
    }

    @ParameterizedTest
    @MethodSource("waysToBreakARule")
    void a_rule_can_fail_in_each_way(ArchRule rule, String way) {
        assertThat(rule.evaluate(BROKEN).getFailureReport().getDetails())
                .anySatisfy(detail -> assertThat(detail).contains(way));
    }
}
