package io.github.counterfoil.change;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.ExplainingConnection;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a feed costs those who write: counted. {@code -Dcounterfoil.feed.unread=1000000} leaves more unread. */
class ChangesCostTest {
    private static final int UNREAD = Integer.getInteger("counterfoil.feed.unread", 2_000);
    private static final int A_TICKET = 100;
    private static final String MESSAGE = "x".repeat(300);

    @AutoClose
    private final TestDatabase database = TestDatabase.unused();

    private final SupportTeam team = SupportTeam.in(database);

    /** Of one reply: the least of several, since the server writes for itself, too. */
    private record Cost(int statements, long buffers, long log) {}

    private Cost reply(UUID id) throws SQLException {
        Cost least = new Cost(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        try (CountingProxy proxy = CountingProxy.before(database.url());
                Connection counted = DriverManager.getConnection(proxy.url());
                Connection explained = database.dataSource().getConnection()) {
            TicketService service =
                    TicketService.builder(new SameConnection(counted)).build();
            ExplainingConnection explaining = new ExplainingConnection(explained);
            TicketService plans = TicketService.builder(new SameConnection(explaining.connection()))
                    .build();
            reply(service, id);
            reply(plans, id);
            for (int i = 0; i < 8; i++) {
                String before = database.value("select pg_current_wal_insert_lsn()");
                int statements = proxy.count(() -> reply(service, id));
                long log =
                        Long.parseLong(database.value("select pg_current_wal_insert_lsn() - '" + before + "'::pg_lsn"));
                explaining.plans().clear();
                reply(plans, id);
                least = new Cost(
                        Math.min(least.statements(), statements),
                        Math.min(least.buffers(), explaining.plans().get(0).buffers()),
                        Math.min(least.log(), log));
            }
        }
        return least;
    }

    private static void reply(TicketService service, UUID id) {
        service.agent(JANE).on(id).reply(MESSAGE);
    }

    private static ImportedTicket imported(int n) {
        UUID id = new UUID(1, n);
        Author author = new Author(JANE, "Jane", "Smith", Role.AGENT);
        return ImportedTicket.of(id, NewTicket.of("Old", MESSAGE), ADA, Instant.EPOCH)
                .events(IntStream.rangeClosed(1, A_TICKET - 1)
                        .mapToObj(seq -> new TicketEvent.Message(
                                new TicketEvent.Header(
                                        new UUID(2, (long) n * A_TICKET + seq),
                                        id,
                                        seq,
                                        Instant.EPOCH.plusSeconds(seq),
                                        author,
                                        Visibility.PUBLIC),
                                "Old",
                                List.of()))
                        .toList());
    }

    @Test
    void a_consumer_that_is_far_behind_costs_who_writes_nothing() throws SQLException {
        UUID id = team.ticket();
        Stream<ImportedTicket> all = IntStream.range(0, UNREAD / A_TICKET).mapToObj(ChangesCostTest::imported);
        assertThat(team.tickets().imports().run(all.iterator()).faults()).isEmpty();
        Changes changes = team.tickets().changes();
        Cost nobody = reply(id);
        changes.register("mail", Start.now());
        Cost nothing = reply(id);
        changes.rewind("mail", Start.beginning());
        Cost much = reply(id);
        assertThat(changes.lag("mail").changes()).isGreaterThanOrEqualTo(Math.min(UNREAD, 100_000));
        changes.announce(true);
        Cost announced = reply(id);
        System.out.printf(
                Locale.ROOT,
                "feed: a reply of %d characters with no consumer: %s, with one that has read all: %s, that is %,d behind: %s, announced: %s%n",
                MESSAGE.length(),
                nobody,
                nothing,
                UNREAD,
                much,
                announced);
        assertThat(nobody.statements()).isEqualTo(1);
        for (Cost cost : List.of(nothing, much, announced)) {
            assertThat(cost.statements()).isEqualTo(1);
            // A page that is full now and then, and no row of anybody's.
            assertThat(cost.buffers()).isLessThanOrEqualTo(nobody.buffers() + 4);
            assertThat(cost.log()).isLessThanOrEqualTo(nobody.log() + 40);
        }
    }
}
