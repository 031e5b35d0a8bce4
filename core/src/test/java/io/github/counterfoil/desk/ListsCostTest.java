package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static io.github.counterfoil.ticket.TicketStatus.CLOSED;
import static io.github.counterfoil.ticket.TicketStatus.OPEN;
import static io.github.counterfoil.ticket.TicketStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.ExplainingConnection;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages of the usual lists read: blocks of 8 kB, counted by PostgreSQL, with plans that no sample decides. */
class ListsCostTest {
    private static final int TICKETS = Integer.getInteger("counterfoil.lists.tickets", 4_000);
    private static final int SIZE = 50;
    private static final PageRequest NEWEST = PageRequest.newestFirst(SIZE);
    private static final PageRequest OLDEST = PageRequest.oldestFirst(SIZE);

    /** For each row that is shown, and for the way to them. */
    private static final long MOST_BUFFERS = 20 * SIZE + 60;

    private static final long MOST_BUFFERS_OF_COUNTS = 700;

    /** For each of the 1,000 texts that are looked at, and for the words. */
    private static final long MOST_BUFFERS_OF_SEARCH = 10 * 1_000;

    /** Where two words stand in different texts: each text that is read for them may be in a block of its own. */
    private static final long MOST_BUFFERS_OF_APART = MOST_BUFFERS_OF_SEARCH + 4 * 1_000;

    /** Where 100 texts have a word; ten of a shown row are its fragment. */
    private static final long MOST_BUFFERS_OF_RARE = 2_500;

    private static final String FILL = """
            create temporary table made as
            select n, gen_random_uuid() as id, (array['open', 'open', 'new', 'pending', 'closed', 'closed', 'closed', 'closed'])[1 + n %% 8] as status,
                   (array['high', 'medium', 'low', 'low', 'low'])[1 + n %% 5] as priority, n %% 7 > 0 as assigned,
                   timestamptz '2026-01-01 UTC' + n * interval '1 minute' as at,
                   timestamptz '2026-06-01 UTC' + n * 7919 %% 100003 * interval '1 minute' as updated_at,
                   case n %% 3 when 0 then '{vip}'::text[] else '{}' end as tags
            from generate_series(%1$d, %2$d) as n;
            insert into counterfoil.ticket (id, title, description, status, closed_seq, priority, tags, created_at, updated_at,
                                            created_by, customer_id, public_updated_at, status_since, assigned, opening, number, position,
                                            snoozed_until)
            select m.id, 'Title', repeat('x', 300), m.status, case m.status when 'closed' then 1 end, m.priority, m.tags, m.at, m.updated_at,
                   '%3$s', '%3$s', m.updated_at, m.updated_at, m.assigned, m.id, m.n, 0,
                   case when m.n <= 4000 then case m.n %% 40 when 0 then timestamptz '2100-01-01 UTC' when 1 then m.at end end
            from made m;
            insert into counterfoil.ticket_number (number, id) select m.n, m.id from made m;
            insert into counterfoil.ticket_assignment (ticket_id, worker_id, assigned_at, status, priority, ticket_created_at)
            select m.id, '%5$s', m.at, m.status, m.priority, m.at from made m where m.assigned;
            insert into counterfoil.ticket_tag (ticket_id, tag, status, priority, ticket_created_at)
            select m.id, 'vip', m.status, m.priority, m.at from made m where m.tags <> '{}';
            insert into counterfoil.ticket_activity (ticket_id, updated_at, status) select m.id, m.updated_at, m.status from made m;
            insert into counterfoil.ticket_follower (ticket_id, worker_id, ticket_created_at)
            select m.id, '%6$s', m.at from made m where m.status = 'open';
            insert into counterfoil.ticket_participant (ticket_id, customer_id, kind, ticket_created_at)
            select m.id, '%4$s', 'copy', m.at from made m where m.status = 'open';
            insert into counterfoil.ticket_search (ticket_id, seq, private, words)
            select m.id, 0, false, (select string_agg('w' || m.n::bigint * i * 7919 %% 5003 || ':' || i, ' ') from generate_series(1, 30) as i)::tsvector
                   || 'common:1'::tsvector || case m.n %% 3 when 0 then 'often:1' when 1 then 'wide:1' else '' end::tsvector
                   || case when m.n <= 4000 and m.n %% 40 = 0 then 'rare:1' else '' end::tsvector
                   || array_to_tsvector(array['/c' || replace('%3$s', '-', ''), to_char(m.at at time zone 'UTC', '"/d"YYYYMMDD'),
                                              to_char(m.at at time zone 'UTC', '"/m"YYYYMM')])
            from made m;
            insert into counterfoil.ticket_search (ticket_id, seq, private, words)
            select m.id, 1, false, 'apart:1'::tsvector
                   || array_to_tsvector(array['/c' || replace('%3$s', '-', ''), to_char(m.at at time zone 'UTC', '"/d"YYYYMMDD'),
                                              to_char(m.at at time zone 'UTC', '"/m"YYYYMM')])
            from made m where m.n %% 3 = 1;
            drop table made
            """;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.unused();
        SupportTeam.in(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void fill(int first, int last) {
        database.behindTheGuards(FILL.formatted(first, last, ADA, BOB, JANE, TOM));
        database.execute("vacuum");
        database.execute("set default_statistics_target = 1000; analyze");
    }

    private static Map<String, Supplier<Page<?>>> lists(TicketService tickets) {
        AgentDesk jane = tickets.agent(JANE);
        TicketQuery all = TicketQuery.all();
        TicketQuery unsolved = TicketQuery.unsolved();
        Map<String, Supplier<Page<?>>> lists = new LinkedHashMap<>();
        lists.put("all, newest", () -> jane.find(all, NEWEST));
        lists.put("open, newest", () -> jane.find(all.status(OPEN), NEWEST));
        lists.put("unsolved, oldest", () -> jane.find(unsolved, OLDEST));
        lists.put("unsolved, by priority", () -> jane.find(unsolved.sort(Sort.PRIORITY), OLDEST));
        lists.put("unsolved, last updated", () -> jane.find(unsolved.sort(Sort.UPDATED), NEWEST));
        lists.put("pending, longest", () -> jane.find(all.status(PENDING).sort(Sort.STATUS_SINCE), OLDEST));
        lists.put("closed last", () -> jane.find(all.status(CLOSED).sort(Sort.STATUS_SINCE), NEWEST));
        lists.put(
                "unassigned, by priority", () -> jane.find(unsolved.unassigned().sort(Sort.PRIORITY), OLDEST));
        lists.put(
                "of a worker, by priority",
                () -> jane.find(unsolved.assignedTo(JANE).sort(Sort.PRIORITY), OLDEST));
        lists.put("of a worker, newest", () -> jane.find(all.assignedTo(JANE), NEWEST));
        lists.put("of high priority", () -> jane.find(unsolved.priority(Priority.HIGH), OLDEST));
        lists.put("put off, oldest", () -> jane.find(all.snoozed(true), OLDEST));
        lists.put("awake again, newest", () -> jane.find(unsolved.wokeFrom(Instant.EPOCH), NEWEST));
        lists.put(
                "of a worker and awake, by priority",
                () -> jane.find(unsolved.assignedTo(JANE).snoozed(false).sort(Sort.PRIORITY), OLDEST));
        lists.put("awake, oldest", () -> jane.find(unsolved.snoozed(false), OLDEST));
        lists.put("with a tag, newest", () -> jane.find(unsolved.tags("vip"), NEWEST));
        lists.put("followed, newest", () -> jane.find(all.followedBy(TOM), NEWEST));
        lists.put("of a customer, newest", () -> jane.find(all.ofCustomer(ADA), NEWEST));
        lists.put("a customer's own", () -> tickets.customer(ADA).find(all, NEWEST));
        lists.put("others' of a customer", () -> tickets.customer(BOB).find(all, NEWEST));
        return lists;
    }

    private static Map<String, Supplier<Page<?>>> searches(TicketService tickets) {
        TicketQuery all = TicketQuery.all();
        Map<String, Supplier<Page<?>>> searches = new LinkedHashMap<>();
        for (String text : List.of("rare", "common rare", "often", "common often", "wide apart", "comm*")) {
            TicketQuery query = all.matching(text);
            searches.put(text, () -> tickets.agent(JANE).find(query.sort(Sort.RELEVANCE), NEWEST));
            searches.put(text + ", a customer's", () -> tickets.customer(ADA).find(query, NEWEST));
        }
        return searches;
    }

    private static long mostOf(String search) {
        return search.contains("rare")
                ? MOST_BUFFERS_OF_RARE
                : search.contains("apart") ? MOST_BUFFERS_OF_APART : MOST_BUFFERS_OF_SEARCH;
    }

    @Test
    void a_page_reads_as_much_as_it_shows_however_many_tickets_there_are() throws SQLException {
        fill(1, TICKETS);
        Map<String, Long> few = read(ListsCostTest::lists);
        Map<String, Long> searchedFew = read(ListsCostTest::searches);
        fill(TICKETS + 1, 4 * TICKETS);
        Map<String, Long> many = read(ListsCostTest::lists);
        Map<String, Long> searchedMany = read(ListsCostTest::searches);
        System.out.println("lists: buffers of a page of " + SIZE + " among " + TICKETS + " tickets " + few
                + ", among four times as many " + many);
        assertThat(many).allSatisfy((name, buffers) -> {
            assertThat(buffers).as(name).isLessThanOrEqualTo(MOST_BUFFERS);
            assertThat(buffers).as(name).isLessThanOrEqualTo(few.get(name) * 6 / 5 + 20);
        });
        assertThat(few)
                .allSatisfy((name, buffers) -> assertThat(buffers).as(name).isLessThanOrEqualTo(MOST_BUFFERS));
        System.out.println("searches: buffers among " + TICKETS + " tickets " + searchedFew
                + ", among four times as many " + searchedMany);
        assertThat(searchedMany)
                .allSatisfy((name, buffers) -> assertThat(buffers).as(name).isLessThanOrEqualTo(mostOf(name)));
    }

    @Test
    void a_query_by_number_reads_the_row_of_one_ticket() throws SQLException {
        fill(1, TICKETS);
        try (Connection connection = database.dataSource().getConnection()) {
            ExplainingConnection explaining = new ExplainingConnection(connection);
            TicketService tickets = TicketService.builder(new SameConnection(explaining.connection()))
                    .build();
            askFirst(tickets, explaining);
            for (Sort sort : EnumSet.complementOf(EnumSet.of(Sort.RELEVANCE))) {
                TicketQuery query = TicketQuery.all().number(TICKETS / 2).sort(sort);
                assertThat(tickets.agent(JANE).find(query, NEWEST).items()).hasSize(1);
                assertThat(buffers(explaining)).as("of an agent by " + sort).isLessThanOrEqualTo(60);
                assertThat(tickets.customer(ADA).find(query, NEWEST).items()).hasSize(1);
                assertThat(buffers(explaining)).as("of a customer by " + sort).isLessThanOrEqualTo(80);
            }
        }
    }

    private Map<String, Long> read(Function<TicketService, Map<String, Supplier<Page<?>>>> lists) throws SQLException {
        Map<String, Long> read = new LinkedHashMap<>();
        try (Connection connection = database.dataSource().getConnection()) {
            ExplainingConnection explaining = new ExplainingConnection(connection);
            TicketService tickets = TicketService.builder(new SameConnection(explaining.connection()))
                    .searchable()
                    .build();
            askFirst(tickets, explaining);
            lists.apply(tickets).forEach((name, list) -> {
                assertThat(list.get().items()).as(name).hasSize(SIZE);
                read.put(name, buffers(explaining));
            });
        }
        return read;
    }

    /** The first call asks for the schema, too. */
    private static void askFirst(TicketService tickets, ExplainingConnection explaining) {
        tickets.agent(JANE).find(TicketQuery.all(), PageRequest.newestFirst(1));
        explaining.plans().clear();
    }

    private static long buffers(ExplainingConnection explaining) {
        assertThat(explaining.plans()).hasSize(1);
        return explaining.plans().remove(0).buffers();
    }

    @Test
    void a_sidebar_is_counted_in_indexes_and_no_longer_than_to_the_bound() throws SQLException {
        fill(1, 4 * TICKETS);
        Map<String, TicketQuery> sidebar = new LinkedHashMap<>();
        Stream.of(OPEN, PENDING, CLOSED)
                .forEach(one -> sidebar.put(one.name(), TicketQuery.all().status(one)));
        sidebar.put("unassigned", TicketQuery.unsolved().unassigned());
        sidebar.put("mine", TicketQuery.unsolved().assignedTo(JANE));
        sidebar.put("tagged", TicketQuery.unsolved().tags("vip"));
        sidebar.put("all", TicketQuery.all());
        try (Connection connection = database.dataSource().getConnection()) {
            ExplainingConnection explaining = new ExplainingConnection(connection);
            TicketService tickets = TicketService.builder(new SameConnection(explaining.connection()))
                    .searchable()
                    .build();
            askFirst(tickets, explaining);
            Map<String, TicketQuery.Count> counts = tickets.agent(JANE).counts(sidebar);
            assertThat(counts.keySet()).containsExactlyElementsOf(sidebar.keySet());
            assertThat(counts.get("all"))
                    .isEqualTo(new TicketQuery.Count(Math.min(4 * TICKETS, 10_000), 4 * TICKETS > 10_000));
            String plan = explaining.plans().get(0).summary();
            long buffers = buffers(explaining);
            System.out.println("lists: " + buffers + " buffers for " + sidebar.size() + " counts");
            assertThat(buffers).as(plan).isLessThanOrEqualTo(MOST_BUFFERS_OF_COUNTS);
            TicketQuery rare = TicketQuery.all().matching("rare");
            assertThat(tickets.agent(JANE).counts(Map.of("rare", rare)))
                    .isEqualTo(Map.of("rare", new TicketQuery.Count(100, false)));
            assertThat(buffers(explaining)).isLessThanOrEqualTo(MOST_BUFFERS_OF_RARE);
        }
    }
}
