package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whatever there is can be read a page at a time, as it was at one moment, on one connection. */
class OneMomentTest {
    private static final PageRequest PAGES = PageRequest.oldestFirst(200);
    private static final int EVENTS = 2_000;

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final FaultyConnections connections = new FaultyConnections(database.dataSource());
    private final TicketService tickets = TicketService.builder(connections).build();

    private UUID longTicket() {
        UUID id = team.ticket();
        database.behindTheGuards("""
                insert into counterfoil.ticket_event (ticket_id, seq, id, type, created_at, created_by, created_by_first_name,
                                                      created_by_last_name, role, visibility, body, size, position)
                select '%s', n, gen_random_uuid(), 'note-added', now() + n * interval '1 ms', '%s', 'Jane', 'Smith', 'agent', 'private',
                       '{"content": "x"}', 16, 0
                from generate_series(1, %d) as n;
                update counterfoil.ticket set last_seq = %3$d, updated_at = now() + interval '1 h' where id = '%1$s'
                """.formatted(id, JANE, EVENTS));
        return id;
    }

    @Test
    void a_history_of_any_length_is_read_as_it_was_at_one_moment() {
        UUID id = longTicket();
        List<Integer> read = new ArrayList<>();
        tickets.atOneMoment(moment -> PAGES.forEach(moment.agent(JANE).on(id)::history, (TicketEvent event) -> {
            if (event.seq() == 1) {
                team.jane().on(id).note("Came meanwhile");
            }
            assertThat(connections.held()).isEqualTo(1);
            read.add(event.seq());
        }));
        assertThat(read).isEqualTo(IntStream.rangeClosed(1, EVENTS).boxed().toList());
        assertThat(connections.held()).isZero();
        List<Integer> exported = new ArrayList<>();
        UUID janeId = JANE;
        // region: one-moment
        PageRequest pages = PageRequest.oldestFirst(200);
        tickets.atOneMoment(
                moment -> pages.forEach(moment.agent(janeId).on(id)::history, event -> exported.add(event.seq())));
        // endregion
        assertThat(exported).hasSize(EVENTS + 1);
        List<Integer> now = new ArrayList<>();
        PAGES.forEach(tickets.agent(JANE).on(id)::history, (TicketEvent event) -> now.add(event.seq()));
        assertThat(now).hasSize(EVENTS + 1);
    }

    @Test
    void so_are_the_tickets_of_a_list() {
        IntStream.range(0, 5).forEach(n -> team.ticket());
        PageRequest two = PageRequest.oldestFirst(2);
        List<UUID> read = new ArrayList<>();
        tickets.atOneMoment(moment -> {
            AgentDesk jane = moment.agent(JANE);
            two.forEach(page -> jane.find(TicketQuery.all(), page), (TicketSummary ticket) -> {
                team.ticket();
                read.add(ticket.id());
            });
        });
        assertThat(read).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void what_writes_is_refused_before_any_sql_and_the_reading_goes_on() {
        UUID id = team.ticket();
        tickets.atOneMoment(moment -> {
            assertThatThrownBy(() -> moment.agent(JANE).on(id).reply("Hello"))
                    .isInstanceOfSatisfying(Unavailable.class, e -> {
                        assertThat(e.code()).isEqualTo("database.read_only");
                        assertThat(e.transactionFailed()).isFalse();
                    });
            assertThat(moment.agent(JANE).on(id).ticket().version()).isZero();
        });
    }

    @Test
    void a_service_that_is_kept_beyond_its_moment_says_so() {
        UUID id = team.ticket();
        AtomicReference<TicketService> kept = new AtomicReference<>();
        tickets.atOneMoment(kept::set);
        assertThatThrownBy(() -> kept.get().agent(JANE).on(id).ticket())
                .isInstanceOfSatisfying(
                        UnsuitableConnection.class, e -> assertThat(e.code()).isEqualTo("connection.moment_over"));
    }

    @Test
    void a_page_that_is_none_is_told_by_its_name() {
        assertThatThrownBy(() -> PAGES.forEach(page -> null, item -> {}))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("page.required");
    }

    @Test
    void who_stops_early_gives_the_connection_back() {
        UUID id = longTicket();
        assertThatThrownBy(() -> tickets.atOneMoment(
                        moment -> PAGES.forEach(moment.agent(JANE).on(id)::history, (TicketEvent event) -> {
                            throw new IllegalStateException("enough");
                        })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
        assertThat(connections.held()).isZero();
        tickets.customer(ADA).on(id).reply("All is well");
    }
}
