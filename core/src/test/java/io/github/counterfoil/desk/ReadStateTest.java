package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.ExplainingConnection;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What each person has seen of a ticket is theirs alone, and tells in lists what they have not. */
@Tag("storage")
class ReadStateTest {
    private static final int STEPS = Integer.getInteger("counterfoil.reads.steps", 250);
    private static final int LONG_TICKETS = 20;
    private static final int LONG_EVENTS = 600;
    private static final PageRequest ALL = PageRequest.oldestFirst(200);

    @AutoClose
    private final TestDatabase database = TestDatabase.unused();

    private final SupportTeam team = SupportTeam.in(database);

    /** An event as both sides count it; publicSeq is 0 for what customers do not see. */
    private record Written(UUID author, boolean counts, int seq, int publicSeq) {}

    @Test
    void unread_counts_are_what_a_plain_model_says() {
        Random random = new Random(7);
        List<UUID> tickets = new ArrayList<>();
        Map<UUID, List<Written>> events = new HashMap<>();
        Map<List<UUID>, Integer> seen = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            UUID ticket = team.ada().open(NewTicket.of("Title " + i, "Text")).id();
            tickets.add(ticket);
            events.put(ticket, new ArrayList<>());
        }
        for (int step = 0; step < STEPS; step++) {
            UUID ticket = tickets.get(random.nextInt(tickets.size()));
            List<Written> written = events.get(ticket);
            UUID agent = random.nextBoolean() ? JANE : TOM;
            AgentHandle handle = team.tickets().agent(agent).on(ticket);
            switch (random.nextInt(7)) {
                case 0 -> {
                    handle.reply("Answer");
                    add(written, agent, true, true);
                }
                case 1 -> {
                    handle.note("Between us");
                    add(written, agent, true, false);
                }
                case 2 -> {
                    team.ada().on(ticket).reply("Question");
                    add(written, ADA, true, true);
                }
                case 3 -> {
                    handle.changeTitle("Title " + step);
                    add(written, agent, false, true);
                }
                case 4 -> {
                    handle.markRead();
                    seen.merge(List.of(ticket, agent), written.size(), Math::max);
                }
                case 5 -> {
                    int version = random.nextInt(written.size() + 2);
                    handle.markRead(version);
                    seen.merge(List.of(ticket, agent), Math.min(version, written.size()), Math::max);
                }
                default -> {
                    int last =
                            written.stream().mapToInt(Written::publicSeq).max().orElse(0);
                    int version = random.nextInt(last + 2);
                    team.ada().on(ticket).markRead(version);
                    seen.merge(List.of(ticket, ADA), Math.min(version, last), Math::max);
                }
            }
            if (step % 25 == 24) {
                expect(events, seen);
            }
        }
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    private static void add(List<Written> written, UUID author, boolean counts, boolean shown) {
        int last = written.stream().mapToInt(Written::publicSeq).max().orElse(0);
        written.add(new Written(author, counts, written.size() + 1, shown ? last + 1 : 0));
    }

    private void expect(Map<UUID, List<Written>> events, Map<List<UUID>, Integer> seen) {
        for (UUID agent : List.of(JANE, TOM)) {
            Map<UUID, Integer> unread = team.tickets().agent(agent).find(TicketQuery.all(), ALL).items().stream()
                    .collect(Collectors.toMap(TicketSummary::id, TicketSummary::unread));
            events.forEach((ticket, written) -> assertThat(unread.get(ticket)).isEqualTo((int) written.stream()
                    .filter(one -> one.counts() && !one.author().equals(agent))
                    .filter(one -> one.seq() > seen.getOrDefault(List.of(ticket, agent), 0))
                    .count()));
        }
        Map<UUID, Integer> unread = team.ada().find(TicketQuery.all(), ALL).items().stream()
                .collect(Collectors.toMap(CustomerTicketSummary::id, CustomerTicketSummary::unread));
        events.forEach((ticket, written) -> assertThat(unread.get(ticket)).isEqualTo((int) written.stream()
                .filter(one -> one.counts() && !one.author().equals(ADA))
                .filter(one -> one.publicSeq() > seen.getOrDefault(List.of(ticket, ADA), 0))
                .count()));
    }

    @Test
    void marking_changes_nothing_that_anybody_else_sees_nor_the_ticket() {
        UUID ticket = team.ticket();
        team.jane().on(ticket).note("Between us");
        Object before = List.of(
                team.jane().on(ticket).ticketWithHistory(ALL),
                team.ada().on(ticket).ticketWithHistory(ALL),
                team.ada().find(TicketQuery.all(), ALL),
                team.jane().find(TicketQuery.all(), ALL));
        team.tickets().agent(TOM).on(ticket).markRead();
        assertThat(List.of(
                        team.jane().on(ticket).ticketWithHistory(ALL),
                        team.ada().on(ticket).ticketWithHistory(ALL),
                        team.ada().find(TicketQuery.all(), ALL),
                        team.jane().find(TicketQuery.all(), ALL)))
                .isEqualTo(before);
    }

    @Test
    void who_may_not_see_a_ticket_marks_nothing_in_it() {
        UUID ticket = team.ticket();
        assertThatThrownBy(() -> team.bob().on(ticket).markRead()).isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> team.jane().on(UUID.randomUUID()).markRead()).isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> team.jane().on(ticket).markRead(-1)).isInstanceOf(InvalidInput.class);
        assertThat(database.value("select count(*) = 0 from counterfoil.ticket_read"))
                .isEqualTo("t");
    }

    @Test
    void neither_waits_for_the_other_who_marks_and_who_writes() throws SQLException {
        UUID ticket = team.ticket();
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            team.tickets().joining(connection).agent(JANE).on(ticket).reply("Held");
            team.ada().on(ticket).markRead();
            team.tickets().agent(TOM).on(ticket).markRead();
            connection.commit();
            team.tickets().joining(connection).agent(JANE).on(ticket).markRead();
            team.ada().on(ticket).reply("Not held");
            connection.rollback();
        }
        assertThat(team.jane().find(TicketQuery.all(), ALL).items().get(0).unread())
                .isPositive();
    }

    @Test
    void what_was_seen_goes_with_the_ticket_and_with_the_person() {
        UUID ticket = team.ticket();
        UUID other = team.ticket();
        for (UUID each : List.of(ticket, other)) {
            team.jane().on(each).markRead();
            team.ada().on(each).markRead();
        }
        team.tickets().admin(EVE).purge(ticket, UUID.randomUUID());
        assertThat(database.value("select count(*) from counterfoil.ticket_read"))
                .isEqualTo("2");
        team.tickets().admin(EVE).erase(ADA, UUID.randomUUID());
        assertThat(database.value("select count(*) from counterfoil.ticket_read"))
                .isEqualTo("1");
    }

    @Test
    void who_takes_part_no_more_marks_no_more_and_finds_the_old_mark_when_back() {
        UUID ticket = team.ticket();
        team.jane().on(ticket).reply("One");
        team.jane().on(ticket).addParticipant(BOB, Participants.Kind.COPY);
        team.bob().on(ticket).markRead();
        assertThat(unread(team.bob())).containsExactly(0);
        team.jane().on(ticket).removeParticipant(BOB);
        assertThatThrownBy(() -> team.bob().on(ticket).markRead()).isInstanceOf(TicketNotFound.class);
        assertThat(unread(team.bob())).isEmpty();
        team.jane().on(ticket).reply("Two");
        team.jane().on(ticket).addParticipant(BOB, Participants.Kind.COPY);
        assertThat(unread(team.bob())).containsExactly(1);
    }

    private static List<Integer> unread(CustomerDesk desk) {
        return desk.find(TicketQuery.all(), ALL).items().stream()
                .map(CustomerTicketSummary::unread)
                .toList();
    }

    @Test
    void many_marks_go_in_steps_when_a_person_is_erased() {
        UUID ticket = team.ticket();
        team.tom().on(ticket).markRead();
        team.jane().on(ticket).markRead();
        database.behindTheGuards("insert into counterfoil.ticket_read (ticket_id, viewer_id, role, seq)"
                + " select gen_random_uuid(), '" + TOM + "', 'agent', n from generate_series(1, 5000) n");
        team.tickets().admin(EVE).deactivate(TOM, UUID.randomUUID());
        assertThat(database.value("select count(*) from counterfoil.ticket_read"))
                .isEqualTo("5002");
        team.tickets().admin(EVE).erase(TOM, UUID.randomUUID());
        assertThat(database.value("select string_agg(viewer_id::text, ' ') from counterfoil.ticket_read"))
                .isEqualTo(JANE.toString());
    }

    /** Stored the other way round: whoever took them as they lie would hold the second while it waits for the first. */
    @Test
    void erasing_and_purging_take_marks_in_the_order_of_tickets() throws Exception {
        List<UUID> tickets = Stream.of(team.ticket(), team.ticket())
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
        for (UUID each : List.of(tickets.get(1), tickets.get(0))) {
            team.tom().on(each).markRead();
            team.jane().on(each).close();
        }
        team.tickets().admin(EVE).deactivate(TOM);
        List<Runnable> calls = List.of(
                () -> team.tickets().admin(EVE).erase(TOM),
                () -> team.tickets().admin(EVE).purgeClosed(Instant.now().plusSeconds(60), 10));
        for (Runnable call : calls) {
            CompletableFuture<Void> done;
            try (Connection holding = database.dataSource().getConnection();
                    Connection asking = database.dataSource().getConnection()) {
                holding.setAutoCommit(false);
                lock(holding, tickets.get(0));
                done = CompletableFuture.runAsync(call, task -> new Thread(task).start());
                database.awaitWaiting();
                asking.setAutoCommit(false);
                lock(asking, tickets.get(1));
                asking.rollback();
                holding.rollback();
            }
            done.get(1, TimeUnit.MINUTES);
            if (call == calls.get(0)) {
                assertThat(database.value("select count(*) from counterfoil.ticket_read"))
                        .isEqualTo("0");
                database.behindTheGuards(
                        "insert into counterfoil.ticket_read (ticket_id, viewer_id, role, seq) values ('"
                                + tickets.get(1) + "', '" + JANE + "', 'agent', 0), ('" + tickets.get(0) + "', '" + JANE
                                + "', 'agent', 0)");
            }
        }
        assertThat(database.value("select count(*) from counterfoil.ticket_read"))
                .isEqualTo("0");
    }

    private static void lock(Connection connection, UUID ticket) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select seq from counterfoil.ticket_read where ticket_id = ? for update nowait")) {
            statement.setObject(1, ticket);
            assertThat(statement.executeQuery().next()).isTrue();
        }
    }

    @Test
    void a_page_of_long_tickets_that_nobody_read_costs_what_lists_may() throws SQLException {
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        List<ImportedTicket> given = new ArrayList<>();
        for (int i = 0; i < LONG_TICKETS; i++) {
            UUID id = UUID.randomUUID();
            List<TicketEvent> history = new ArrayList<>();
            for (int seq = 1; seq <= LONG_EVENTS; seq++) {
                history.add(new TicketEvent.Message(
                        new TicketEvent.Header(
                                UUID.randomUUID(),
                                id,
                                seq,
                                start.plusSeconds(seq),
                                new Author(JANE, "Jane", "Smith", Role.AGENT),
                                Visibility.PUBLIC),
                        "x".repeat(300),
                        List.of()));
            }
            given.add(ImportedTicket.of(id, NewTicket.of("Title", "Text"), ADA, start)
                    .events(history));
        }
        assertThat(team.tickets().imports().run(given.iterator()).faults()).isEmpty();
        database.execute("vacuum analyze");
        try (Connection connection = database.dataSource().getConnection()) {
            ExplainingConnection explaining = new ExplainingConnection(connection);
            TicketService tickets = TicketService.builder(new SameConnection(explaining.connection()))
                    .build();
            tickets.agent(TOM).find(TicketQuery.all(), PageRequest.newestFirst(1));
            explaining.plans().clear();
            for (UUID reader : List.of(TOM, JANE)) {
                assertThat(tickets.agent(reader).find(TicketQuery.all(), ALL).items())
                        .hasSize(LONG_TICKETS)
                        .allMatch(line -> line.unread() == (reader.equals(TOM) ? 100 : 0));
            }
            assertThat(tickets.customer(ADA).find(TicketQuery.all(), ALL).items())
                    .hasSize(LONG_TICKETS)
                    .allMatch(line -> line.unread() == 100);
            List<Long> buffers =
                    explaining.plans().stream().map(plan -> plan.buffers()).toList();
            System.out.println(
                    "unread: buffers of a page of " + LONG_TICKETS + " of " + LONG_EVENTS + " events " + buffers);
            assertThat(buffers).allMatch(each -> each <= 20 * LONG_TICKETS + 60);
        }
    }
}
