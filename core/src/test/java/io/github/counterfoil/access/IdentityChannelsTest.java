package io.github.counterfoil.access;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The channels through which people were taken for others, or changed what was not theirs, as {@code docs/visibility.md} numbers them. */
class IdentityChannelsTest {
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
    void l13_what_follows_a_note_does_not_make_it_public_and_what_follows_a_reply_does_not_hide_it() {
        team.jane().on(id).note("First note");
        team.jane().on(id).reply("Reply");
        team.jane().on(id).note("Second note");
        assertThat(team.jane().on(id).history(ALL).items())
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
                        .doesNotContain(Role.class, Visibility.class, Author.class, TicketEvent.Header.class);
                if (!method.getName().equals("ticketAt")) {
                    assertThat(method.getParameterTypes()).doesNotContain(Instant.class);
                }
            }
        }
        String forged = "{\"visibility\": \"public\", \"type\": \"message\", \"role\": \"customer\", \"content\": \""
                + SECRET + "\", \"created_by_uuid\": \"" + ADA + "\", \"id\": \"" + id + "\", \"public_seq\": 1}";
        assertThatThrownBy(() -> team.jane().on(id).record(FRAUD_CHECK, JsonValue.parse(forged)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("body.created_by_uuid.reserved, body.id.reserved, body.role.reserved, body.type.reserved,"
                        + " body.visibility.reserved");
        team.jane()
                .on(id)
                .record(
                        FRAUD_CHECK,
                        JsonValue.parse("{\"public_seq\": 1, \"public\": true, \"content\": \"" + SECRET + "\"}"));
        assertThat(seen()).isEmpty();
        assertThat(database.value(
                        "select e ->> 'visibility' || (e ->> 'type') || (e ->> 'role') || (e ->> 'created_by_uuid')"
                                + " from counterfoil.tickets, jsonb_array_elements(ticket_history -> 'events') e"))
                .isEqualTo("privatefraud-checkagent" + JANE);
        assertThatThrownBy(() ->
                        team.jane().on(id).record(CustomEventType.publicType("fraud-check", 1), JsonValue.parse("{}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("event_type.unregistered");
    }

    @Test
    void l15_an_address_gives_no_rights() {
        team.tickets().people().updateCustomer(ADA, Customer.Changes.none().email("ada@new.example.com"));
        team.tickets().people().updateCustomer(BOB, Customer.Changes.none().email("ada@example.com"));
        UUID namesake = UUID.randomUUID();
        team.tickets().people().registerCustomer(NewCustomer.of(namesake, "bob@example.com", "Ada", "Lovelace"));
        assertThat(team.ada().on(id).ticket().id()).isEqualTo(id);
        for (UUID other : List.of(BOB, namesake)) {
            assertThatThrownBy(() -> team.tickets().customer(other).on(id).ticket())
                    .isInstanceOf(TicketNotFound.class);
            assertThat(team.tickets()
                            .customer(other)
                            .find(TicketQuery.all(), ALL)
                            .items())
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
        team.tickets().agent(both).on(own).note("As an agent");
        team.tickets().customer(both).on(own).reply("As a customer");
        assertThat(team.jane().on(own).history(ALL).items())
                .extracting(event -> event.author().role())
                .containsExactly(Role.AGENT, Role.CUSTOMER);
        assertThat(team.tickets().customer(both).on(own).history(ALL).items()).hasSize(1);
        assertThatThrownBy(() -> team.tickets().customer(both).on(id).ticket()).isInstanceOf(TicketNotFound.class);
    }

    @Test
    void l17_nobody_edits_the_past() {
        team.jane().on(id).note("A note");
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
        calls.put("ticket", () -> desk.on(ticketId).ticket());
        calls.put("ticketWithHistory", () -> desk.on(ticketId).ticketWithHistory(ALL));
        calls.put("history", () -> desk.on(ticketId).history(ALL));
        calls.put("reply", () -> desk.on(ticketId).reply("Hello?"));
        calls.put("close", () -> desk.on(ticketId).close());
        calls.put("reopen", () -> desk.on(ticketId).reopen());
        calls.put("rate", () -> desk.on(ticketId).rate(5, null));
        calls.put("stale reply", () -> desk.on(ticketId).expecting(7).reply("Hello?"));
        calls.put("repeated reply", () -> desk.on(ticketId).once(ADA).reply("Hello?"));
        return calls;
    }

    @Test
    void l18_another_customers_ticket_is_not_found_and_not_touched() {
        team.jane().on(id).close();
        String before = database.value("select t::text from counterfoil.ticket t");
        calls(team.bob(), id)
                .forEach((name, call) -> assertThatThrownBy(call::run).as(name).isInstanceOf(TicketNotFound.class));
        assertThat(team.bob().on(id).findTicket()).isEmpty();
        assertThat(database.value("select t::text from counterfoil.ticket t")).isEqualTo(before);
    }

    @Test
    void l19_ids_cannot_be_guessed() {
        for (int i = 0; i < 50; i++) {
            team.ada().on(id).reply("Reply");
            team.jane().on(id).assign(JANE);
            team.jane().on(id).unassign(JANE);
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
            counted.customer(BOB).find(TicketQuery.all(), ALL);
            UUID none = UUID.randomUUID();
            calls(counted.customer(BOB), id).forEach((name, foreign) -> {
                Runnable missing = calls(counted.customer(BOB), none).get(name);
                AtomicReference<String> answer = new AtomicReference<>();
                int trips = proxy.count(() -> answer.set(answer(foreign).replace(id.toString(), "ID")));
                assertThat(proxy.count(() -> assertThat(answer(missing).replace(none.toString(), "ID"))
                                .isEqualTo(answer.get())))
                        .as(name + ": as many round trips")
                        .isEqualTo(trips)
                        .isEqualTo(
                                Set.of("ticket", "ticketWithHistory", "history").contains(name) ? 2 : 1);
            });
        }
    }

    @Test
    void l20_a_command_id_that_another_customer_used_is_free() {
        UUID commandId = UUID.randomUUID();
        UUID adas = team.ada().open(NewTicket.of("Ada's", "Text"), commandId).id();
        UUID bobs = team.bob().open(NewTicket.of("Bob's", "Text"), commandId).id();
        assertThat(bobs).isNotEqualTo(adas);
        assertThatThrownBy(() -> team.bob().on(adas).once(commandId).reply("Hello?"))
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
}
