package io.github.counterfoil.access;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.leaks.Traces;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.LogCapture;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The channels beside the answers: errors, views, connections, markup; as {@code docs/visibility.md} numbers them. */
@ExtendWith(Chance.class)
class SideChannelsTest {
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
    void l21_what_postgresql_says_of_a_row_reaches_neither_exceptions_nor_the_log() {
        database.execute("""
                create function public.spill() returns trigger language plpgsql as $$ begin
                  raise exception 'spilled %', new.body using detail = new.body::text, hint = new.body::text;
                end $$;
                create trigger spill before insert on counterfoil.ticket_event for each row execute function public.spill()
                """);
        try (LogCapture log = LogCapture.open()) {
            assertThatThrownBy(() -> team.jane().on(id).note(SECRET))
                    .isInstanceOfSatisfying(DatabaseFailure.class, e -> {
                        assertThat(e.sqlState()).isEqualTo("P0001");
                        assertThat(Traces.of(e)).doesNotContain(SECRET, "spilled");
                    });
            assertThat(log.drain()).doesNotContain(SECRET, "spilled");
        }
    }

    @Test
    void l21_a_stored_value_that_cannot_be_read_is_not_printed() {
        team.jane().on(id).setField("field", SECRET);
        database.behindTheGuards("update counterfoil.ticket set status = '" + SECRET + "'");
        try (LogCapture log = LogCapture.open()) {
            for (Runnable call : List.<Runnable>of(
                    () -> team.ada().on(id).ticket(),
                    () -> team.ada().find(TicketQuery.all(), ALL),
                    () -> team.jane().on(id).ticket())) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(DatabaseFailure.class)
                        .satisfies(e -> assertThat(Traces.of(e)).doesNotContainIgnoringCase(SECRET));
            }
            assertThat(log.drain()).doesNotContainIgnoringCase(SECRET);
        }
    }

    @Test
    void l21_an_event_that_cannot_be_read_is_hidden_from_its_customer_and_the_rest_is_shown() {
        team.jane().on(id).reply("First");
        team.jane().on(id).reply(SECRET);
        team.jane().on(id).reply("Third");
        database.behindTheGuards(
                "update counterfoil.ticket_event set body = '{\"text\": \"" + SECRET + "\"}' where seq = 2");
        try (LogCapture log = LogCapture.open()) {
            assertThat(seen()).extracting(CustomerEvent::number).containsExactly(1, 3);
            assertThat(log.drain())
                    .contains(team.jane().on(id).history(ALL).items().get(1).id() + " lacks what its type requires")
                    .doesNotContain(SECRET);
        }
        assertThat(team.jane().on(id).history(ALL).items()).hasSize(3);
    }

    @Test
    void l22_a_view_asks_as_its_reader_and_not_as_its_owner() throws SQLException {
        try (SecuredDatabase secured = new SecuredDatabase(builder -> builder)) {
            SupportTeam secure = SupportTeam.registered(secured.tickets());
            secure.ticket();
            secure.bob().open(NewTicket.of("Bob's own", "Text"));
            assertThat(secured.asCustomer(ADA, "select title from counterfoil_customer.tickets"))
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
            Random random = Chance.random();
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
                                "select counterfoil_customer.view_as('" + viewer + "');"
                                        + "select set_config('counterfoil.viewer', current_setting('counterfoil.viewer'), false)");
                    } else {
                        statement.execute("select counterfoil_customer.view_as('" + viewer + "')");
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
        try (ResultSet rows = statement.executeQuery("select id from counterfoil_customer.tickets")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    @Test
    void l24_text_comes_back_as_it_was_given_and_lines_hold_no_control_characters() {
        String markup = "<script>alert(1)</script> =HYPERLINK(\"x\") {{7*7}} ' \" & \u202e";
        team.jane().on(id).reply(markup);
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
}
