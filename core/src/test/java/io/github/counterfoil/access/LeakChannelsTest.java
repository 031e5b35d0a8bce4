package io.github.counterfoil.access;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.EventHeader;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.leaks.Traces;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.CustomerChanges;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.LogCapture;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The channels through which help desks have leaked, as {@code docs/visibility.md} numbers them. */
class LeakChannelsTest {
    private static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 1);
    private static final PageRequest ALL = PageRequest.oldestFirst(200);
    private static final String SECRET = "canaryabcdefghijklmnop";

    private TestDatabase database;
    private SupportTeam team;
    private UUID id;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        team = SupportTeam.registered(service());
        id = team.ticket();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private TicketService service() {
        return TicketService.builder(database.connections())
                .eventType(FRAUD_CHECK)
                .build();
    }

    private List<CustomerEvent> seen() {
        return team.ada().history(id, ALL).items();
    }

    @Test
    void l1_no_type_that_reaches_a_customer_can_hold_what_is_private() {
        Set<Class<?>> reached = new HashSet<>();
        for (Method method : CustomerDesk.class.getMethods()) {
            reach(method.getGenericReturnType(), reached);
        }
        assertThat(reached).contains(CustomerTicket.class, CustomerEvent.Message.class, CustomerEvent.Header.class);
        assertThat(reached)
                .doesNotContain(TicketEvent.class, EventHeader.class, Author.class, Visibility.class)
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
        team.jane().reply(id, "Please unplug it.");
        team.jane().note(id, SECRET);
        team.jane().setField(id, "field", SECRET);
        assertThat(team.ada().history(id, PageRequest.newestFirst(1)).items())
                .singleElement()
                .isInstanceOfSatisfying(
                        CustomerEvent.Message.class,
                        e -> assertThat(e.content()).isEqualTo("Please unplug it."));
        assertThat(team.ada().ticket(id).updatedAt()).isEqualTo(seen().get(0).createdAt());
    }

    @Test
    void l3_attachments_of_a_private_message_stay_with_it() {
        UUID imported = UUID.randomUUID();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        Author jane = new Author(JANE, "Jane", "Smith", Role.AGENT);
        JsonValue file = JsonValue.ofObject(Map.of("name", JsonValue.of(SECRET)));
        team.tickets()
                .imports()
                .run(List.of(new ImportedTicket(
                                imported,
                                NewTicket.of("Title", "Text"),
                                ADA,
                                ADA,
                                at,
                                List.of(new TicketEvent.Message(
                                        new EventHeader(UUID.randomUUID(), imported, 1, at, jane, Visibility.PRIVATE),
                                        "Between us",
                                        List.of(file)))))
                        .iterator());
        assertThat(team.jane().history(imported, ALL).items()).hasSize(1);
        assertThat(Traces.of(team.ada().history(imported, ALL))).doesNotContain(SECRET, "Between us");
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
        team.jane().note(id, SECRET);
        team.jane().reply(id, "Please unplug it.");
        assertThat(Traces.of(List.of(seen(), team.ada().ticket(id))))
                .contains("Please unplug it.")
                .doesNotContain(SECRET);
        assertThat(Arrays.stream(CustomerDesk.class.getMethods()).map(Method::getName))
                .doesNotContain("document", "export");
    }

    @Test
    void l7_a_private_text_is_stored_where_it_was_put_and_nowhere_else() {
        team.jane().note(id, SECRET + "note");
        team.jane().setField(id, "field", SECRET + "field");
        team.jane().tag(id, SECRET + "tag");
        team.jane().record(id, FRAUD_CHECK, JsonValue.ofObject(Map.of("text", JsonValue.of(SECRET + "event"))));
        team.jane().reply(id, "Please unplug it.");
        team.jane().assign(id, JANE);
        team.jane().close(id);
        team.ada().rate(id, 5, "Fine");
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
        assertThat(homes).containsOnlyKeys("ticket.custom_fields", "ticket.tags", "ticket_event.body");
        assertThat(database.query(
                        "select visibility || public_seq from counterfoil.ticket_event where body::text like '%"
                                + SECRET + "%' and (visibility = 'public' or public_seq is not null)"))
                .isEmpty();
    }

    @Test
    void l8_no_list_can_be_asked_for_what_is_hidden() {
        assertThat(Arrays.stream(CustomerDesk.class.getMethods())
                        .filter(method -> method.getReturnType() == Page.class)
                        .flatMap(method -> Arrays.stream(method.getParameterTypes())))
                .containsOnly(UUID.class, Set.class, PageRequest.class);
        team.bob().open(NewTicket.of("Bob's own", "Text"));
        assertThat(team.ada().list(Set.of(), ALL).items())
                .extracting(CustomerTicket::id)
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
            frozen.jane().note(ticket, "Note " + i);
            frozen.jane().setField(ticket, "field", i % 2 == 0 ? "even" : "odd");
            frozen.jane().reply(ticket, "Reply " + i);
        }
        frozen.jane().note(ticket, "The last");
        List<CustomerEvent> events = frozen.ada().history(ticket, ALL).items();
        assertThat(events).extracting(CustomerEvent::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(events)
                .extracting(CustomerEvent::createdAt)
                .containsExactly(
                        still.plusNanos(1_000),
                        still.plusNanos(2_000),
                        still.plusNanos(3_000),
                        still.plusNanos(4_000),
                        still.plusNanos(5_000));
        CustomerTicket shown = frozen.ada().ticket(ticket);
        assertThat(shown.version()).isEqualTo(5);
        assertThat(shown.updatedAt()).isEqualTo(still.plusNanos(5_000));
        Page<CustomerEvent> page = frozen.ada().history(ticket, PageRequest.oldestFirst(5));
        assertThat(page.items()).hasSize(5);
        assertThat(page.next()).isEmpty();
        assertThat(frozen.tickets().verify(ticket).discrepancies()).isEmpty();
    }

    @Test
    void l10_old_and_new_values_of_hidden_fields_are_hidden_with_them() {
        team.jane().setField(id, SECRET, "old" + SECRET);
        team.jane().setField(id, SECRET, "new" + SECRET);
        team.jane().removeField(id, SECRET);
        team.jane().tag(id, SECRET);
        team.jane().untag(id, SECRET);
        team.jane().moveToCustomer(id, BOB);
        team.jane().moveToCustomer(id, ADA);
        assertThat(seen()).isEmpty();
        assertThat(team.ada().ticket(id).version()).isZero();
    }

    @Test
    void l11_nothing_that_a_customer_does_names_a_second_ticket() {
        for (Method method : CustomerDesk.class.getMethods()) {
            assertThat(Arrays.stream(method.getParameterTypes()).filter(type -> type == UUID.class))
                    .as(method.getName())
                    .hasSizeLessThanOrEqualTo(1);
        }
        assertThat(Arrays.stream(NewTicket.class.getRecordComponents()).map(RecordComponent::getType))
                .doesNotContain(UUID.class);
    }

    @Test
    void l12_agents_are_named_as_the_host_chose_and_their_addresses_and_ids_never_shown() {
        team.jane().assign(id, JANE);
        team.jane().assign(id, TOM);
        team.jane().reply(id, "Please unplug it.");
        team.jane().unassign(id, TOM);
        Map<AgentDisplay, List<String>> names = Map.of(
                AgentDisplay.fullNames(), List.of("Jane Smith", "Tom Jones"),
                AgentDisplay.firstNames(), List.of("Jane", "Tom"),
                AgentDisplay.team("Acme Support"), List.of("Acme Support", "Acme Support"));
        names.forEach((display, expected) -> {
            CustomerDesk ada = TicketService.builder(database.connections())
                    .agentDisplay(display)
                    .build()
                    .customer(ADA);
            assertThat(ada.ticket(id).assignedTo()).containsExactly(expected.get(0));
            List<CustomerEvent> events = ada.history(id, ALL).items();
            assertThat(events).extracting(CustomerEvent::authorName).containsOnly(expected.get(0));
            assertThat(events.get(0))
                    .isInstanceOfSatisfying(
                            CustomerEvent.AssignmentAdded.class,
                            e -> assertThat(e.agentName()).isEqualTo(expected.get(0)));
            assertThat(events.get(events.size() - 1))
                    .isInstanceOfSatisfying(
                            CustomerEvent.AssignmentRemoved.class,
                            e -> assertThat(e.agentName()).isEqualTo(expected.get(1)));
            String all = Traces.of(List.of(events, ada.ticket(id), ada.list(Set.of(), ALL)));
            assertThat(all).doesNotContain("jane@", "tom@", JANE.toString(), TOM.toString());
            if (display.form() != AgentDisplay.Form.FULL_NAME) {
                assertThat(all).doesNotContain("Smith", "Jones");
            }
            if (display.form() == AgentDisplay.Form.TEAM) {
                assertThat(all).doesNotContain("Jane", "Tom");
            }
        });
        team.jane().assign(id, TOM);
        assertThat(TicketService.builder(database.connections())
                        .agentDisplay(AgentDisplay.team("Acme Support"))
                        .build()
                        .customer(ADA)
                        .ticket(id)
                        .assignedTo())
                .as("a team is named once, however many of it there are")
                .containsExactly("Acme Support");
        assertThatThrownBy(() -> AgentDisplay.team(" ")).hasMessage("team.length (limit 100)");
        assertThatThrownBy(() -> AgentDisplay.team("x".repeat(101))).hasMessage("team.length (limit 100)");
        assertThat(AgentDisplay.team("x".repeat(100)).team()).hasSize(100);
    }

    @Test
    void l13_what_follows_a_note_does_not_make_it_public_and_what_follows_a_reply_does_not_hide_it() {
        team.jane().note(id, "First note");
        team.jane().reply(id, "Reply");
        team.jane().note(id, "Second note");
        assertThat(team.jane().history(id, ALL).items())
                .extracting(TicketEvent::visibility)
                .containsExactly(Visibility.PRIVATE, Visibility.PUBLIC, Visibility.PRIVATE);
        assertThat(seen()).hasSize(1);
    }

    @Test
    void l14_nobody_chooses_author_role_time_or_visibility() {
        for (Class<?> desk : List.of(AgentDesk.class, CustomerDesk.class)) {
            for (Method method : desk.getMethods()) {
                assertThat(method.getParameterTypes())
                        .as(method.getName())
                        .doesNotContain(Role.class, Visibility.class, Author.class, EventHeader.class);
                if (!method.getName().equals("ticketAt")) {
                    assertThat(method.getParameterTypes()).doesNotContain(Instant.class);
                }
            }
        }
        String forged = "{\"visibility\": \"public\", \"type\": \"message\", \"role\": \"customer\", \"content\": \""
                + SECRET + "\", \"created_by_uuid\": \"" + ADA + "\", \"id\": \"" + id + "\", \"public_seq\": 1}";
        team.jane().record(id, FRAUD_CHECK, JsonValue.parse(forged));
        assertThat(seen()).isEmpty();
        assertThat(database.value(
                        "select e ->> 'visibility' || (e ->> 'type') || (e ->> 'role') || (e ->> 'created_by_uuid')"
                                + " from counterfoil.tickets, jsonb_array_elements(ticket_history -> 'events') e"))
                .isEqualTo("privatefraud-checkagent" + JANE);
        assertThatThrownBy(() ->
                        team.jane().record(id, CustomEventType.publicType("fraud-check", 1), JsonValue.parse("{}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("event_type.unregistered");
    }

    @Test
    void l15_an_address_gives_no_rights() {
        team.tickets().people().updateCustomer(ADA, CustomerChanges.none().email("ada@new.example.com"));
        team.tickets().people().updateCustomer(BOB, CustomerChanges.none().email("ada@example.com"));
        UUID namesake = UUID.randomUUID();
        team.tickets().people().registerCustomer(NewCustomer.of(namesake, "bob@example.com", "Ada", "Lovelace"));
        assertThat(team.ada().ticket(id).id()).isEqualTo(id);
        for (UUID other : List.of(BOB, namesake)) {
            assertThatThrownBy(() -> team.tickets().customer(other).ticket(id)).isInstanceOf(TicketNotFound.class);
            assertThat(team.tickets().customer(other).list(Set.of(), ALL).items())
                    .isEmpty();
        }
    }

    @Test
    void l16_who_acts_is_recorded_and_for_whom_is_something_else() {
        UUID forAda = team.jane().open(ADA, NewTicket.of("By phone", "Text")).id();
        assertThat(database.value(
                        "select created_by || ' ' || customer_id from counterfoil.ticket where id = '" + forAda + "'"))
                .isEqualTo(JANE + " " + ADA);
        UUID both = UUID.randomUUID();
        team.tickets().people().registerCustomer(NewCustomer.of(both, "both@example.com", "Both", "Roles"));
        team.tickets().people().registerWorker(NewWorker.of(both, "both@example.com", "Both", "Roles"));
        UUID own = team.tickets()
                .customer(both)
                .open(NewTicket.of("My own", "Text"))
                .id();
        team.tickets().agent(both).note(own, "As an agent");
        team.tickets().customer(both).reply(own, "As a customer");
        assertThat(team.jane().history(own, ALL).items())
                .extracting(event -> event.author().role())
                .containsExactly(Role.AGENT, Role.CUSTOMER);
        assertThat(team.tickets().customer(both).history(own, ALL).items()).hasSize(1);
        assertThatThrownBy(() -> team.tickets().customer(both).ticket(id)).isInstanceOf(TicketNotFound.class);
    }

    @Test
    void l17_nobody_edits_the_past() {
        team.jane().note(id, "A note");
        for (String sql : List.of(
                "update counterfoil.ticket_event set visibility = 'public', public_seq = 1, public_at = created_at",
                "update counterfoil.ticket_event set public_at = null",
                "update counterfoil.ticket_event set created_by_first_name = 'X'",
                "delete from counterfoil.ticket_event",
                "truncate counterfoil.ticket_event cascade")) {
            assertThat(database.refusal(sql)).as(sql).isEqualTo("42501");
        }
        assertThat(Stream.of(AgentDesk.class, CustomerDesk.class)
                        .flatMap(desk -> Arrays.stream(desk.getMethods()))
                        .flatMap(method -> Arrays.stream(method.getParameters()))
                        .filter(parameter -> parameter.getName().contains("event")))
                .as("no method takes an event that is there")
                .isEmpty();
    }

    /** Everything that takes a ticket. */
    private static Map<String, Runnable> calls(CustomerDesk desk, UUID ticketId) {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("ticket", () -> desk.ticket(ticketId));
        calls.put("history", () -> desk.history(ticketId, ALL));
        calls.put("reply", () -> desk.reply(ticketId, "Hello?"));
        calls.put("close", () -> desk.close(ticketId));
        calls.put("reopen", () -> desk.reopen(ticketId));
        calls.put("rate", () -> desk.rate(ticketId, 5, null));
        calls.put("stale reply", () -> desk.expecting(7).reply(ticketId, "Hello?"));
        calls.put("repeated reply", () -> desk.once(ADA).reply(ticketId, "Hello?"));
        return calls;
    }

    @Test
    void l18_another_customers_ticket_is_not_found_and_not_touched() {
        team.jane().close(id);
        String before = database.value("select t::text from counterfoil.ticket t");
        calls(team.bob(), id)
                .forEach((name, call) -> assertThatThrownBy(call::run).as(name).isInstanceOf(TicketNotFound.class));
        assertThat(database.value("select t::text from counterfoil.ticket t")).isEqualTo(before);
    }

    @Test
    void l19_ids_cannot_be_guessed() {
        for (int i = 0; i < 50; i++) {
            team.ada().reply(id, "Reply");
            team.jane().assign(id, JANE);
            team.jane().unassign(id, JANE);
        }
        List<UUID> ids = Stream.concat(
                        seen().stream().map(CustomerEvent::id),
                        Stream.of(id, team.ticket(), team.ticket(), team.ticket()))
                .toList();
        assertThat(ids).hasSize(155).doesNotHaveDuplicates();
        for (int bit = 0; bit < 128; bit++) {
            // Four bits of the version and two of the variant are fixed (RFC 9562).
            if (!(bit >= 48 && bit < 52) && bit != 64 && bit != 65) {
                int position = bit;
                long ones = ids.stream().filter(one -> bit(one, position)).count();
                assertThat(ones).as("bit " + bit).isBetween(155L / 4, 155L * 3 / 4);
            }
        }
    }

    private static boolean bit(UUID id, int position) {
        long half = position < 64 ? id.getMostSignificantBits() : id.getLeastSignificantBits();
        return (half >>> (63 - position % 64) & 1) == 1;
    }

    @Test
    void l20_what_is_anothers_and_what_is_not_there_take_the_same_statements_and_give_the_same_answer()
            throws SQLException {
        try (CountingProxy proxy = CountingProxy.before(database.url());
                Connection connection = DriverManager.getConnection(proxy.url())) {
            TicketService counted =
                    TicketService.builder(new SameConnection(connection)).build();
            counted.customer(BOB).list(Set.of(), ALL);
            UUID none = UUID.randomUUID();
            calls(counted.customer(BOB), id).forEach((name, foreign) -> {
                Runnable missing = calls(counted.customer(BOB), none).get(name);
                assertThat(proxy.count(() -> assertThat(answer(foreign).replace(id.toString(), "ID"))
                                .isEqualTo(answer(missing).replace(none.toString(), "ID"))))
                        .as(name + ": one round trip each")
                        .isEqualTo(2);
            });
        }
    }

    @Test
    void l20_a_command_id_that_another_customer_used_is_free() {
        UUID commandId = UUID.randomUUID();
        UUID adas =
                team.ada().once(commandId).open(NewTicket.of("Ada's", "Text")).id();
        UUID bobs =
                team.bob().once(commandId).open(NewTicket.of("Bob's", "Text")).id();
        assertThat(bobs).isNotEqualTo(adas);
        assertThatThrownBy(() -> team.bob().once(commandId).reply(adas, "Hello?"))
                .isInstanceOf(TicketNotFound.class);
    }

    @Test
    void l20_a_foreign_ticket_that_is_locked_does_not_make_anybody_wait() throws SQLException {
        try (Connection locking = database.dataSource().getConnection();
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("select from counterfoil.ticket where id = '" + id + "' for update");
            try (Connection impatient = database.dataSource().getConnection();
                    Statement timeout = impatient.createStatement()) {
                timeout.execute("set lock_timeout = '1ms'");
                TicketService tickets =
                        TicketService.builder(new SameConnection(impatient)).build();
                calls(tickets.customer(BOB), id)
                        .forEach((name, call) ->
                                assertThatThrownBy(call::run).as(name).isInstanceOf(TicketNotFound.class));
            }
            locking.rollback();
        }
    }

    private static String answer(Runnable call) {
        try {
            call.run();
            return "";
        } catch (CounterfoilException e) {
            return e + e.code();
        }
    }

    @Test
    void l21_what_postgresql_says_of_a_row_reaches_neither_exceptions_nor_the_log() {
        database.execute("""
                create function public.spill() returns trigger language plpgsql as $$ begin
                  raise exception 'spilled %', new.body using detail = new.body::text, hint = new.body::text;
                end $$;
                create trigger spill before insert on counterfoil.ticket_event for each row execute function public.spill()
                """);
        try (LogCapture log = LogCapture.open()) {
            assertThatThrownBy(() -> team.jane().note(id, SECRET)).isInstanceOfSatisfying(DatabaseFailure.class, e -> {
                assertThat(e.sqlState()).isEqualTo("P0001");
                assertThat(Traces.of(e)).doesNotContain(SECRET, "spilled");
            });
            assertThat(log.drain()).doesNotContain(SECRET, "spilled");
        }
    }

    @Test
    void l21_a_stored_value_that_cannot_be_read_is_not_printed() {
        team.jane().setField(id, "field", SECRET);
        database.execute("set session_replication_role = replica; alter table counterfoil.ticket"
                + " drop constraint ticket_status_check; update counterfoil.ticket set status = '" + SECRET + "'");
        try (LogCapture log = LogCapture.open()) {
            for (Runnable call : List.<Runnable>of(
                    () -> team.ada().ticket(id),
                    () -> team.ada().list(Set.of(), ALL),
                    () -> team.jane().ticket(id))) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(DatabaseFailure.class)
                        .satisfies(e -> assertThat(Traces.of(e)).doesNotContainIgnoringCase(SECRET));
            }
            assertThat(log.drain()).doesNotContainIgnoringCase(SECRET);
        }
    }

    @Test
    void l21_an_event_that_cannot_be_read_is_hidden_from_its_customer_and_the_rest_is_shown() {
        team.jane().reply(id, "First");
        team.jane().reply(id, SECRET);
        team.jane().reply(id, "Third");
        database.execute(
                "set session_replication_role = replica; update counterfoil.ticket_event set body = '{\"text\": \""
                        + SECRET + "\"}' where seq = 2");
        try (LogCapture log = LogCapture.open()) {
            assertThat(seen()).extracting(CustomerEvent::number).containsExactly(1, 3);
            assertThat(log.drain())
                    .contains(team.jane().history(id, ALL).items().get(1).id() + " lacks what its type requires")
                    .doesNotContain(SECRET);
        }
        assertThat(team.jane().history(id, ALL).items()).hasSize(3);
    }

    @Test
    void l22_a_view_asks_as_its_reader_and_not_as_its_owner() throws SQLException {
        try (SecuredDatabase secured = new SecuredDatabase(builder -> builder)) {
            SupportTeam secure = SupportTeam.registered(secured.tickets());
            secure.ticket();
            secure.bob().open(NewTicket.of("Bob's own", "Text"));
            assertThat(secured.asCustomer(ADA, "select title from counterfoil.customer_tickets"))
                    .containsExactly("Printer on fire");
            assertThatThrownBy(() -> secured.asCustomer(ADA, "select title from counterfoil.tickets"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void l23_a_viewer_does_not_stay_on_a_pooled_connection() throws SQLException {
        try (SecuredDatabase secured = new SecuredDatabase(builder -> builder)) {
            SupportTeam secure = SupportTeam.registered(secured.tickets());
            Map<UUID, UUID> own = Map.of(
                    ADA, secure.ticket(),
                    BOB, secure.bob().open(NewTicket.of("Bob's own", "Text")).id());
            Random random = new Random(23);
            for (int i = 0; i < 1_000; i++) {
                UUID viewer = random.nextBoolean() ? ADA : BOB;
                boolean forgetful = random.nextInt(4) == 0;
                try (Connection connection = secured.connections().getConnection();
                        Statement statement = connection.createStatement()) {
                    assertThat(tickets(statement))
                            .as("before anybody said who reads")
                            .isEmpty();
                    connection.setAutoCommit(false);
                    if (forgetful) {
                        // As a host does it that forgets "local": the setting stays, and means nothing.
                        statement.execute(
                                "select counterfoil.view_as('" + viewer + "');"
                                        + "select set_config('counterfoil.viewer', current_setting('counterfoil.viewer'), false)");
                    } else {
                        statement.execute("select counterfoil.view_as('" + viewer + "')");
                    }
                    assertThat(tickets(statement))
                            .containsExactly(own.get(viewer).toString());
                    if (random.nextInt(3) == 0) {
                        assertThatThrownBy(() -> statement.execute("select 1 / 0"))
                                .isInstanceOf(SQLException.class);
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                    assertThat(tickets(statement)).as("in the next transaction").isEmpty();
                    connection.commit();
                }
            }
        }
    }

    private static List<String> tickets(Statement statement) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select id from counterfoil.customer_tickets")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    @Test
    void l24_text_comes_back_as_it_was_given_and_lines_hold_no_control_characters() {
        String markup = "<script>alert(1)</script> =HYPERLINK(\"x\") {{7*7}} ' \" & \u202e";
        team.jane().reply(id, markup);
        assertThat(seen())
                .singleElement()
                .isInstanceOfSatisfying(
                        CustomerEvent.Message.class,
                        e -> assertThat(e.content()).isEqualTo(markup));
        for (String title : List.of("Hi\r\nBcc: all@example.com", "Hi\u0000", "Hi \u202eevil", "Hi\u2028x\u0085y")) {
            assertThatThrownBy(() -> team.ada().open(NewTicket.of(title, "Text")))
                    .isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> team.tickets()
                        .people()
                        .registerWorker(NewWorker.of(UUID.randomUUID(), "x@example.com", "A\r\nSet-Cookie: x", "B")))
                .isInstanceOf(InvalidInput.class);
        CustomerTicket titled = team.ada().open(NewTicket.of("<b>Title</b>", "Text"));
        assertThat(titled.title()).isEqualTo("<b>Title</b>");
        assertThat(titled.toString()).doesNotContain("<b>");
    }

    @Test
    void nothing_that_people_wrote_is_logged_at_any_level() {
        team.jane().note(id, SECRET);
        team.jane().setField(id, "field", SECRET);
        team.jane().close(id);
        try (LogCapture log = LogCapture.open()) {
            team.ada().rate(id, 5, SECRET);
            team.jane().retitle(id, SECRET);
            team.jane().ticket(id);
            team.jane().ticketAt(id, 3);
            team.jane().history(id, ALL);
            seen();
            team.ada().ticket(id);
            team.tickets().verifyAll();
            team.tickets().documents().ticket(id);
            assertThatThrownBy(() -> team.jane().tag(id, SECRET.repeat(10))).isInstanceOf(InvalidInput.class);
            assertThat(log.drain()).isNotEmpty().doesNotContain(SECRET);
        }
    }
}
