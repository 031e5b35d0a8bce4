package io.github.counterfoil.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callCodeUnitWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.counterfoil.desk.CustomerCommands;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketSnapshot;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.NullMarked;

/** The rules of the house, each a value, so that a test can also show that it can be broken. */
final class Rules {
    private static final String ROOT = "io.github.counterfoil";
    private static final String GENERATED = ROOT + ".internal.jooq..";
    private static final Set<String> KOTLIN_KEYWORDS =
            Set.of("as", "fun", "in", "is", "object", "typealias", "typeof", "val", "var", "when");

    static final ArchRule NO_PACKAGE_CYCLES =
            slices().assignedFrom(onePerPackage()).should().beFreeOfCycles();

    static final ArchRule NOTHING_DEPENDS_ON_THE_ROOT =
            noClasses().that().resideOutsideOfPackage(ROOT).should().dependOnClassesThat(resideInAPackage(ROOT));

    static final ArchRule LIBRARIES_ONLY_INSIDE = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".internal..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.jooq..",
                    "org.postgresql..",
                    "com.fasterxml..",
                    "tools.jackson..",
                    "jakarta..",
                    "org.hibernate..",
                    "org.jboss..",
                    "org.slf4j.."));

    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
            classes().that().resideOutsideOfPackage(GENERATED).should(liveInANullMarkedPackage());

    static final ArchRule EXPORTED_SIGNATURES_MENTION_EXPORTED_TYPES = classes()
            .that(DescribedPredicate.describe("are exported", Rules::exported))
            .should(mentionOnlyExportedTypes());

    static final ArchRule ONE_WAY_TO_EVENTS = noClasses()
            .that()
            .resideOutsideOfPackage(GENERATED)
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.event.EventRepository")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.event.ChangeRepository")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.event.DueEvents")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.event.LatestEvents")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.event.AttachmentRepository")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.event.ReferenceRepository")
            .and()
            .haveNameNotMatching(Pattern.quote(ROOT + ".internal.event.HistoryRepository") + "(\\$.*)?")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.access.Access")
            .should(nameTableWithPrivateEvents());

    static final ArchRule CUSTOMERS_DESKS_TOUCH_NOTHING_OF_THE_STAFFS = noClasses()
            .that()
            .areAssignableTo(CustomerDesk.class)
            .or()
            .areAssignableTo(CustomerCommands.class)
            .should()
            .dependOnClassesThat(JavaClass.Predicates.assignableTo(TicketEvent.class)
                    .or(JavaClass.Predicates.belongToAnyOf(
                            Ticket.class, TicketSnapshot.class, TicketEvent.Header.class))
                    .or(resideInAnyPackage(ROOT + ".internal.verification", ROOT + ".internal.document")));

    static final ArchRule NOTHING_THAT_JOOQ_LOGS = noClasses()
            .should(callMethodWhere(call(
                    "multiset, whose reader logs what it reads",
                    call -> call.getTargetOwner().isEquivalentTo(DSL.class)
                            && call.getName().startsWith("multiset"))));

    static final ArchRule NOTHING_THAT_NEWER_JOOQ_LACKS = noClasses()
            .that()
            .resideOutsideOfPackage(GENERATED)
            .should(callMethodWhere(call(
                    "exists(Select) and its kin",
                    call -> call.getTargetOwner().getPackageName().startsWith("org.jooq")
                            && call.getName().toLowerCase(Locale.ROOT).endsWith("exists")
                            && !call.getName().equals("fetchExists"))));

    static final ArchRule SQL_TEXT_ONLY_IN_THE_SCHEMA_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".internal.schema", GENERATED)
            .should(callMethodWhere(call(
                    "SQL from a string",
                    call -> (call.getTargetOwner().isEquivalentTo(DSL.class)
                                    || call.getTargetOwner().isAssignableTo(DSLContext.class))
                            && Set.of("field", "condition", "table", "sql", "query", "resultQuery", "fetch", "execute")
                                    .contains(call.getName())
                            && call.getTarget().getRawParameterTypes().stream()
                                    .findFirst()
                                    .filter(first -> first.isEquivalentTo(String.class))
                                    .isPresent())));

    static final ArchRule NO_TRANSACTIONS = noClasses()
            .should(callMethodWhere(call(
                    "jOOQ's transactions",
                    call -> call.getTargetOwner().isAssignableTo(DSLContext.class)
                            && call.getName().toLowerCase(Locale.ROOT).contains("transaction"))));

    static final ArchRule NO_KOTLIN_KEYWORDS = classes()
            .that(DescribedPredicate.describe("are exported", Rules::exported))
            .should(nameNoMethodLikeAKeyword());

    static final ArchRule NO_CHANCE_WITHOUT_A_SEED = noClasses()
            // Callers that met each other must not pause for the same time.
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.database.Pauses")
            .should(callCodeUnitWhere(
                    DescribedPredicate.describe("it draws what no seed gives", Rules::drawsWithoutSeed)))
            .because("a build fails for a reason that can be met again");

    static final ArchRule NOTHING_IN_THE_COMMON_POOL = noClasses()
            .should(callMethodWhere(call(
                    "a CompletableFuture without a thread for it",
                    call -> call.getTargetOwner().isEquivalentTo(CompletableFuture.class)
                            && call.getName().endsWith("Async")
                            && call.getTarget().getRawParameterTypes().stream()
                                    .noneMatch(type -> type.isEquivalentTo(Executor.class)))))
            .because("it has one thread on a machine with two processors, and it is the host's");

    /** Raised only by a record in docs/decisions. */
    static final int MOST_EXPORTED_TYPES = 81;

    static final int MOST_METHODS_OF_A_DESK = 10;

    static final ArchRule DATABIND_ONLY_IN_ITS_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".internal.json..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.fasterxml.jackson.databind..", "tools.jackson.."));

    static final ArchRule DESKS_STAY_SMALL = classes()
            .that(DescribedPredicate.describe(
                    "are desks",
                    type -> exported(type)
                            && type.getPackageName().endsWith(".desk")
                            && type.getSimpleName().endsWith("Desk")))
            .should(haveNoMoreMethodsThan(MOST_METHODS_OF_A_DESK));

    private Rules() {}

    /** What whoever learns the library would have to look at; what belongs to a type is nested in it. */
    static ArchRule noMoreExportedTypesThan(int most) {
        return classes()
                .that(DescribedPredicate.describe("are exported", Rules::exported))
                .and()
                .areTopLevelClasses()
                .should(beNoMoreThan(most));
    }

    static Stream<ArchRule> all() {
        return Stream.of(
                NO_PACKAGE_CYCLES,
                NOTHING_DEPENDS_ON_THE_ROOT,
                LIBRARIES_ONLY_INSIDE,
                EVERY_PACKAGE_IS_NULL_MARKED,
                EXPORTED_SIGNATURES_MENTION_EXPORTED_TYPES,
                ONE_WAY_TO_EVENTS,
                CUSTOMERS_DESKS_TOUCH_NOTHING_OF_THE_STAFFS,
                NOTHING_THAT_JOOQ_LOGS,
                NOTHING_THAT_NEWER_JOOQ_LACKS,
                SQL_TEXT_ONLY_IN_THE_SCHEMA_PACKAGE,
                NO_TRANSACTIONS,
                NO_KOTLIN_KEYWORDS,
                NO_CHANCE_WITHOUT_A_SEED,
                NOTHING_IN_THE_COMMON_POOL,
                DATABIND_ONLY_IN_ITS_ROOM,
                DESKS_STAY_SMALL);
    }

    private static boolean exported(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.getPackageName().contains(".internal")
                && !type.getPackageName().equals(ROOT + ".embedded");
    }

    private static boolean drawsWithoutSeed(JavaCall<?> call) {
        Set<Class<?>> generators =
                Set.of(Random.class, SplittableRandom.class, ThreadLocalRandom.class, SecureRandom.class, Math.class);
        return generators.stream().anyMatch(call.getTargetOwner()::isEquivalentTo)
                && (Set.of("random", "current").contains(call.getName())
                        || (call.getTarget() instanceof AccessTarget.ConstructorCallTarget
                                && call.getTarget().getRawParameterTypes().isEmpty()));
    }

    private static SliceAssignment onePerPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                // What jOOQ generates is one lump, and nobody's to tidy.
                return type.getPackageName().startsWith(ROOT + ".internal.jooq")
                                || !type.getPackageName().startsWith(ROOT)
                        ? SliceIdentifier.ignore()
                        : SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return condition(
                "live in a package that is @NullMarked",
                (type, events) -> report(
                        type,
                        type.getPackage().isAnnotatedWith(NullMarked.class),
                        type.getPackageName() + " is not @NullMarked",
                        events));
    }

    private static ArchCondition<JavaClass> mentionOnlyExportedTypes() {
        return condition("mention only exported types", (type, events) -> {
            Stream<JavaCodeUnit> visible = type.getCodeUnits().stream()
                    .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                            || unit.getModifiers().contains(JavaModifier.PROTECTED));
            visible.forEach(unit -> Stream.concat(
                            Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream()),
                            unit.getExceptionTypes().stream().map(JavaType.class::cast))
                    .flatMap(mentioned -> mentioned.getAllInvolvedRawTypes().stream())
                    .forEach(mentioned -> report(
                            type,
                            mayBeMentioned(mentioned.getBaseComponentType()),
                            unit.getFullName() + " mentions " + mentioned.getName(),
                            events)));
        });
    }

    private static ArchCondition<JavaClass> nameTableWithPrivateEvents() {
        Set<String> tables = Stream.of("TicketEventTable", "TicketsTable")
                .map(name -> ROOT + ".internal.jooq.tables." + name)
                .collect(Collectors.toSet());
        return condition("name ticket_event or the view that shows it", (type, events) -> {
            boolean byType = type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency ->
                            tables.contains(dependency.getTargetClass().getName()));
            boolean byConstant = type.getFieldAccessesFromSelf().stream()
                    .anyMatch(access ->
                            tables.contains(access.getTarget().getRawType().getName()));
            report(type, byType || byConstant, type.getName() + " names it", events);
        });
    }

    private static boolean mayBeMentioned(JavaClass type) {
        String name = type.getPackageName();
        return type.isPrimitive()
                || name.startsWith("java.")
                || name.startsWith("javax.sql")
                || (name.startsWith(ROOT) && !name.contains(".internal"));
    }

    private static ArchCondition<JavaClass> nameNoMethodLikeAKeyword() {
        return condition(
                "name no method like a Kotlin keyword",
                (type, events) -> type.getMethods().stream()
                        .map(JavaMethod::getName)
                        .forEach(name ->
                                report(type, !KOTLIN_KEYWORDS.contains(name), type.getName() + "." + name, events)));
    }

    private static ArchCondition<JavaClass> haveNoMoreMethodsThan(int most) {
        return condition("have at most " + most + " methods", (type, events) -> {
            Set<String> methods = type.getAllMethods().stream()
                    .filter(method -> !method.getOwner().isEquivalentTo(Object.class))
                    .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                            && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                    // What has overloads is one thing that can be done.
                    .map(JavaMethod::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
            report(type, methods.size() <= most, type.getName() + " has " + methods.size() + ": " + methods, events);
        });
    }

    private static ArchCondition<JavaClass> beNoMoreThan(int most) {
        return new ArchCondition<>("be no more than " + most) {
            private final Set<String> types = new TreeSet<>();

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                types.add(type.getName());
            }

            @Override
            public void finish(ConditionEvents events) {
                events.add(new SimpleConditionEvent(types, types.size() <= most, types.size() + ": " + types));
                types.clear();
            }
        };
    }

    private interface Check {
        void check(JavaClass type, ConditionEvents events);
    }

    private static ArchCondition<JavaClass> condition(String description, Check check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.check(type, events);
            }
        };
    }

    private static void report(JavaClass type, boolean satisfied, String message, ConditionEvents events) {
        events.add(new SimpleConditionEvent(type, satisfied, message));
    }

    private static DescribedPredicate<JavaMethodCall> call(String description, Predicate<JavaMethodCall> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }
}
