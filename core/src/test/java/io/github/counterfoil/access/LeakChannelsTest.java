package io.github.counterfoil.access;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.leaks.Traces;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.testing.LogCapture;
import io.github.counterfoil.testing.ProtocolProxy;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The channels through which help desks have shown what was private, as {@code docs/visibility.md} numbers them. */
class LeakChannelsTest {
    private static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 1);
    private static final PageRequest ALL = PageRequest.oldestFirst(200);
    private static final String SECRET = "canaryabcdefghijklmnop";

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.registered(
            TicketService.builder(database.connections()).eventType(FRAUD_CHECK).build());
    private final UUID id = team.ticket();

    private List<CustomerEvent> seen() {
        return team.ada().on(id).history(ALL).items();
    }

    @Test
    void l1_no_type_that_reaches_a_customer_can_hold_what_is_private() {
        Set<Class<?>> reached = new HashSet<>();
        for (Method method : CustomerDesk.class.getMethods()) {
            reach(method.getGenericReturnType(), reached);
        }
        assertThat(reached).contains(CustomerTicket.class, CustomerEvent.Message.class, CustomerEvent.Header.class);
        assertThat(reached)
                .doesNotContain(TicketEvent.class, TicketEvent.Header.class, Author.class, Visibility.class)
                .noneMatch(TicketEvent.class::isAssignableFrom);
        assertThat(reached.stream().flatMap(LeakChannelsTest::componentNames))
                .noneMatch(name ->
                        name.matches("(?i).*(email|note|tag|customField|internal|private|seq|createdBy|agentId).*"));
    }

    private static Stream<String> componentNames(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName)
                : Stream.empty();
    }

    private static void reach(Type type, Set<Class<?>> reached) {
        if (type instanceof ParameterizedType parameterized) {
            reach(parameterized.getRawType(), reached);
            Arrays.stream(parameterized.getActualTypeArguments()).forEach(argument -> reach(argument, reached));
        } else if (type instanceof Class<?> found
                && found.getName().startsWith("io.github.counterfoil.")
                && found != CustomerDesk.class
                && reached.add(found)) {
            for (Method method : found.getMethods()) {
                reach(method.getGenericReturnType(), reached);
            }
            if (found.isSealed()) {
                Arrays.stream(found.getPermittedSubclasses()).forEach(permitted -> reach(permitted, reached));
            }
        }
    }

    @Test
    void l2_the_last_event_that_a_customer_sees_is_the_last_public_one() {
        team.jane().on(id).reply("Please unplug it.");
        team.jane().on(id).note(SECRET);
        team.jane().on(id).setField("field", SECRET);
        assertThat(team.ada().on(id).history(PageRequest.newestFirst(1)).items())
                .singleElement()
                .isInstanceOfSatisfying(
                        CustomerEvent.Message.class,
                        e -> assertThat(e.content()).isEqualTo("Please unplug it."));
        assertThat(team.ada().on(id).ticket().updatedAt())
                .isEqualTo(seen().get(0).createdAt());
    }

    @Test
    void l3_attachments_of_a_private_message_stay_with_it() {
        UUID imported = UUID.randomUUID();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        Author jane = new Author(JANE, "Jane", "Smith", Role.AGENT);
        JsonValue file = JsonValue.ofObject(Map.of("name", JsonValue.of(SECRET)));
        team.tickets()
                .imports()
                .run(List.of(ImportedTicket.of(imported, NewTicket.of("Title", "Text"), ADA, at)
                                .events(List.of(new TicketEvent.Message(
                                        new TicketEvent.Header(
                                                UUID.randomUUID(), imported, 1, at, jane, Visibility.PRIVATE),
                                        "Between us",
                                        List.of(file)))))
                        .iterator());
        assertThat(team.jane().on(imported).history(ALL).items()).hasSize(1);
        assertThat(Traces.of(team.ada().on(imported).history(ALL))).doesNotContain(SECRET, "Between us");
    }

    @Test
    void l4_a_customers_desk_is_the_only_door_to_customers_types() {
        List<Class<?>> others = List.of(
                AgentDesk.class,
                io.github.counterfoil.desk.AdminDesk.class,
                io.github.counterfoil.people.People.class,
                io.github.counterfoil.imports.Imports.class,
                io.github.counterfoil.document.Documents.class,
                io.github.counterfoil.schema.Schema.class,
                TicketService.class);
        for (Class<?> other : others) {
            assertThat(Arrays.stream(other.getMethods()).map(Method::toGenericString))
                    .as(other.getSimpleName())
                    .noneMatch(
                            signature -> signature.contains("CustomerTicket") || signature.contains("CustomerEvent"));
        }
    }

    @Test
    void l5_a_transcript_from_the_customers_desk_holds_nothing_private() {
        team.jane().on(id).note(SECRET);
        team.jane().on(id).reply("Please unplug it.");
        assertThat(Traces.of(List.of(seen(), team.ada().on(id).ticket())))
                .contains("Please unplug it.")
                .doesNotContain(SECRET);
        assertThat(Arrays.stream(CustomerDesk.class.getMethods()).map(Method::getName))
                .doesNotContain("document", "export");
    }

    @Test
    void l6_nothing_is_sent_anywhere_and_nothing_runs_by_itself() {
        ArchRule quiet = noClasses()
                .that()
                // It lets the caller's own thread sleep between two tries.
                .doNotHaveFullyQualifiedName("io.github.counterfoil.internal.database.Pauses")
                .and()
                // At the deadline of a call it asks PostgreSQL to cancel what runs, and hands over nothing else.
                .doNotHaveFullyQualifiedName("io.github.counterfoil.internal.database.Cancellation")
                .and()
                // Who waits for changes asks whether the caller's own thread was interrupted.
                .doNotHaveFullyQualifiedName("io.github.counterfoil.internal.change.Wait")
                .and()
                .doNotHaveFullyQualifiedName("io.github.counterfoil.internal.database.Listening")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.channels..", "jakarta.mail..")
                        .or(assignableTo(Thread.class))
                        .or(assignableTo(Executor.class)));
        quiet.check(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.counterfoil"));
        assertThat(quiet.evaluate(new ClassFileImporter().importClasses(ProtocolProxy.class))
                        .hasViolation())
                .as("the rule can fail")
                .isTrue();
    }

    @Test
    void l7_a_private_text_is_stored_where_it_was_put_and_nowhere_else() {
        team.jane().on(id).note(SECRET + "note");
        team.jane().on(id).setField("field", SECRET + "field");
        team.jane().on(id).tag(SECRET + "tag");
        team.jane().on(id).record(FRAUD_CHECK, JsonValue.ofObject(Map.of("text", JsonValue.of(SECRET + "event"))));
        team.jane().on(id).reply("Please unplug it.");
        team.jane().on(id).assign(JANE);
        team.jane().on(id).close();
        team.ada().on(id).rate(5, "Fine");
        Map<String, List<String>> homes = new LinkedHashMap<>();
        for (String column : database.query("select table_name || '.' || column_name from information_schema.columns"
                + " join information_schema.tables using (table_schema, table_name)"
                + " where table_schema = 'counterfoil' and table_type = 'BASE TABLE' order by 1")) {
            String[] name = column.split("\\.", 2);
            for (String text : database.query("select \"" + name[1] + "\"::text from counterfoil." + name[0]
                    + " where \"" + name[1] + "\"::text like '%" + SECRET + "%'")) {
                homes.computeIfAbsent(column, key -> new ArrayList<>()).add(text);
            }
        }
        assertThat(homes)
                .containsOnlyKeys("ticket.custom_fields", "ticket.tags", "ticket_event.body", "ticket_tag.tag");
        assertThat(database.query(
                        "select visibility || public_seq from counterfoil.ticket_event where body::text like '%"
                                + SECRET + "%' and (visibility = 'public' or public_seq is not null)"))
                .isEmpty();
    }

    @Test
    void l8_no_list_can_be_asked_for_what_is_hidden() {
        assertThat(Stream.of(CustomerDesk.class, CustomerHandle.class)
                        .flatMap(side -> Arrays.stream(side.getMethods()))
                        .filter(method -> method.getReturnType() == Page.class)
                        .flatMap(method -> Arrays.stream(method.getParameterTypes())))
                .containsOnly(TicketQuery.class, PageRequest.class);
        team.jane().on(id).tag(SECRET);
        for (TicketQuery query : List.of(
                TicketQuery.all().tags(SECRET),
                TicketQuery.all().noTag(SECRET),
                TicketQuery.all().unassigned())) {
            assertThatThrownBy(() -> team.ada().find(query, ALL)).hasMessageContaining("staff_only");
        }
        team.bob().open(NewTicket.of("Bob's own", "Text"));
        assertThat(team.ada().find(TicketQuery.all(), ALL).items())
                .extracting(CustomerTicketSummary::id)
                .containsExactly(id);
    }

    @Test
    void l9_numbers_pages_versions_and_times_have_no_gaps_where_something_private_is() {
        Instant still = Instant.parse("2026-03-01T10:00:00Z");
        SupportTeam frozen = new SupportTeam(TicketService.builder(database.connections())
                .eventType(FRAUD_CHECK)
                .clock(() -> still)
                .build());
        UUID ticket = frozen.ticket();
        for (int i = 1; i <= 5; i++) {
            frozen.jane().on(ticket).note("Note " + i);
            frozen.jane().on(ticket).setField("field", i % 2 == 0 ? "even" : "odd");
            frozen.jane().on(ticket).reply("Reply " + i);
        }
        frozen.jane().on(ticket).note("The last");
        List<CustomerEvent> events = frozen.ada().on(ticket).history(ALL).items();
        assertThat(events).extracting(CustomerEvent::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(events)
                .extracting(CustomerEvent::createdAt)
                .containsExactly(
                        still.plusNanos(1_000),
                        still.plusNanos(2_000),
                        still.plusNanos(3_000),
                        still.plusNanos(4_000),
                        still.plusNanos(5_000));
        CustomerTicket shown = frozen.ada().on(ticket).ticket();
        assertThat(shown.version()).isEqualTo(5);
        assertThat(shown.updatedAt()).isEqualTo(still.plusNanos(5_000));
        Page<CustomerEvent> page = frozen.ada().on(ticket).history(PageRequest.oldestFirst(5));
        assertThat(page.items()).hasSize(5);
        assertThat(page.next()).isEmpty();
        assertThat(frozen.tickets().verify(ticket).discrepancies()).isEmpty();
    }

    @Test
    void l10_old_and_new_values_of_hidden_fields_are_hidden_with_them() {
        team.jane().on(id).setField(SECRET, "old" + SECRET);
        team.jane().on(id).setField(SECRET, "new" + SECRET);
        team.jane().on(id).removeField(SECRET);
        team.jane().on(id).tag(SECRET);
        team.jane().on(id).untag(SECRET);
        team.jane().on(id).moveToCustomer(BOB);
        team.jane().on(id).moveToCustomer(ADA);
        assertThat(seen()).isEmpty();
        assertThat(team.ada().on(id).ticket().version()).isZero();
    }

    @Test
    void l11_nothing_that_a_customer_does_names_a_second_ticket() {
        for (Method method : CustomerDesk.class.getMethods()) {
            assertThat(Arrays.stream(method.getParameterTypes()).filter(type -> type == UUID.class))
                    .as(method.getName())
                    .hasSizeLessThanOrEqualTo(1);
        }
        for (Class<?> command : CustomerCommand.class.getPermittedSubclasses()) {
            assertThat(Arrays.stream(command.getRecordComponents()).map(RecordComponent::getType))
                    .as(command.getSimpleName())
                    .doesNotContain(UUID.class);
        }
        assertThat(Arrays.stream(NewTicket.class.getDeclaredFields()).map(Field::getType))
                .doesNotContain(UUID.class);
    }

    @Test
    void l12_agents_are_named_as_the_host_chose_and_their_addresses_and_ids_never_shown() {
        team.jane().on(id).assign(JANE);
        team.jane().on(id).assign(TOM);
        team.jane().on(id).reply("Please unplug it.");
        team.jane().on(id).unassign(TOM);
        Map<AgentDisplay, List<String>> names = Map.of(
                AgentDisplay.fullNames(), List.of("Jane Smith", "Tom Jones"),
                AgentDisplay.firstNames(), List.of("Jane", "Tom"),
                AgentDisplay.team("Acme Support"), List.of("Acme Support", "Acme Support"));
        names.forEach((display, expected) -> {
            CustomerDesk ada = TicketService.builder(database.connections())
                    .agentDisplay(display)
                    .build()
                    .customer(ADA);
            assertThat(ada.on(id).ticket().assignedTo()).containsExactly(expected.get(0));
            List<CustomerEvent> events = ada.on(id).history(ALL).items();
            assertThat(events).extracting(CustomerEvent::authorName).containsOnly(expected.get(0));
            assertThat(events.get(0))
                    .isInstanceOfSatisfying(
                            CustomerEvent.AssignmentAdded.class,
                            e -> assertThat(e.agentName()).isEqualTo(expected.get(0)));
            assertThat(events.get(events.size() - 1))
                    .isInstanceOfSatisfying(
                            CustomerEvent.AssignmentRemoved.class,
                            e -> assertThat(e.agentName()).isEqualTo(expected.get(1)));
            String all = Traces.of(List.of(events, ada.on(id).ticket(), ada.find(TicketQuery.all(), ALL)));
            assertThat(all).doesNotContain("jane@", "tom@", JANE.toString(), TOM.toString());
            if (display.form() != AgentDisplay.Form.FULL_NAME) {
                assertThat(all).doesNotContain("Smith", "Jones");
            }
            if (display.form() == AgentDisplay.Form.TEAM) {
                assertThat(all).doesNotContain("Jane", "Tom");
            }
        });
        team.jane().on(id).assign(TOM);
        assertThat(TicketService.builder(database.connections())
                        .agentDisplay(AgentDisplay.team("Acme Support"))
                        .build()
                        .customer(ADA)
                        .on(id)
                        .ticket()
                        .assignedTo())
                .as("a team is named once, however many of it there are")
                .containsExactly("Acme Support");
        assertThatThrownBy(() -> AgentDisplay.team(" ")).hasMessage("team.blank");
        assertThatThrownBy(() -> AgentDisplay.team("x".repeat(101))).hasMessage("team.too_long (limit 100)");
        assertThat(AgentDisplay.team("x".repeat(100)).team()).hasSize(100);
    }

    @Test
    void nothing_that_people_wrote_is_logged_at_any_level() {
        team.jane().on(id).note(SECRET);
        team.jane().on(id).setField("field", SECRET);
        team.jane().on(id).close();
        try (LogCapture log = LogCapture.open()) {
            team.ada().on(id).rate(5, SECRET);
            team.jane().on(id).changeTitle(SECRET);
            team.jane().on(id).ticket();
            team.jane().on(id).at(3);
            team.jane().on(id).history(ALL);
            seen();
            team.ada().on(id).ticket();
            team.tickets().verifyAll();
            team.tickets().documents().ticket(id);
            assertThatThrownBy(() -> team.jane().on(id).tag(SECRET.repeat(10))).isInstanceOf(InvalidInput.class);
            LoggerFactory.getLogger("org.jooq.impl").trace("the capture is open");
            assertThat(log.drain()).contains("the capture is open").doesNotContain(SECRET);
        }
    }
}
