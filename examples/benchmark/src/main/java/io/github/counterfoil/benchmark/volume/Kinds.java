package io.github.counterfoil.benchmark.volume;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Each kind of reading, by name: a line here is a line of the report. */
final class Kinds {
    private static final PageRequest NEWEST = PageRequest.newestFirst(Subjects.PAGE);
    private static final PageRequest OLDEST = PageRequest.oldestFirst(Subjects.PAGE);
    private static final Instant NOW = GeneratedTickets.END;

    private final DataSource dataSource;
    private final String schema;
    private final List<Kind> kinds = new ArrayList<>();

    private Kinds(DataSource dataSource, String schema) {
        this.dataSource = dataSource;
        this.schema = schema;
    }

    /** @param first of which list this is a later page; empty if of none */
    record Kind(String name, Bound bound, String first, Work work) {}

    interface Work {
        /** Reads, and says how many rows it got. */
        int rows() throws SQLException;
    }

    static List<Kind> of(
            DataSource dataSource, TicketService tickets, Subjects subjects, String schema, boolean searches) {
        Kinds kinds = new Kinds(dataSource, schema);
        kinds.agents(tickets.agent(subjects.busiest()), subjects);
        kinds.customers(tickets, subjects);
        if (searches) {
            kinds.searches(tickets.agent(subjects.busiest()), tickets.customer(subjects.customer()));
        }
        kinds.figures(tickets.figures(), subjects);
        kinds.host(tickets, subjects);
        kinds.views(subjects);
        kinds.drivenViews(subjects);
        return kinds.kinds;
    }

    private void add(String name, Work work) {
        add(name, Bound.ROWS, work);
    }

    private void add(String name, Bound bound, Work work) {
        kinds.add(new Kind(name, bound, "", work));
    }

    private void addPage(String name, Supplier<Page<?>> page) {
        addPage(name, Bound.ROWS, page);
    }

    private void addPage(String name, Bound bound, Supplier<Page<?>> page) {
        add(name, bound, () -> page.get().items().size());
    }

    /** Lists of which late pages are read. */
    enum Queue {
        ALL("all tickets, newest", TicketQuery.all()),
        CLOSED(
                "closed, last updated",
                TicketQuery.all().status(TicketStatus.CLOSED).sort(Sort.UPDATED));

        private final String title;
        private final TicketQuery query;

        Queue(String title, TicketQuery query) {
            this.title = title;
            this.query = query;
        }

        Page<TicketSummary> page(AgentDesk desk, PageRequest page) {
            return desk.find(query, page);
        }
    }

    private void agents(AgentDesk desk, Subjects subjects) {
        TicketQuery any = TicketQuery.all();
        for (Queue queue : Queue.values()) {
            addPage(queue.title, () -> queue.page(desk, NEWEST));
            subjects.cursors()
                    .getOrDefault(queue, Map.of())
                    .forEach((number, cursor) -> later(queue, number, () -> queue.page(desk, NEWEST.after(cursor))));
        }
        addPage("open, newest", () -> desk.find(any.status(TicketStatus.OPEN), NEWEST));
        addPage(
                "open, new or pending, oldest",
                () -> desk.find(any.status(TicketStatus.OPEN, TicketStatus.NEW, TicketStatus.PENDING), OLDEST));
        addPage(
                "open, by priority",
                () -> desk.find(any.status(TicketStatus.OPEN).sort(Sort.PRIORITY), OLDEST));
        addPage(
                "not closed, last updated",
                () -> desk.find(TicketQuery.unsolved().sort(Sort.UPDATED), NEWEST));
        addPage(
                "pending, longest",
                () -> desk.find(any.status(TicketStatus.PENDING).sort(Sort.STATUS_SINCE), OLDEST));
        addPage(
                "unassigned, by priority",
                () -> desk.find(TicketQuery.unsolved().unassigned().sort(Sort.PRIORITY), OLDEST));
        addPage("with a tag, newest", () -> desk.find(any.tags("category-39"), NEWEST));
        add(
                "counts of a sidebar",
                Bound.COUNTS,
                () -> desk.counts(sidebar(subjects)).size());
        addPage("of the busiest worker, newest", () -> desk.find(any.assignedTo(subjects.busiest()), NEWEST));
        addPage(
                "of the busiest worker, open, newest",
                () -> desk.find(any.assignedTo(subjects.busiest()).status(TicketStatus.OPEN), NEWEST));
        addPage("of the worker with the fewest, newest", () -> desk.find(any.assignedTo(subjects.newcomer()), NEWEST));
        addPage("of the busiest customer, newest", () -> desk.find(any.ofCustomer(subjects.customer()), NEWEST));
        addPage(
                "of the busiest customer, open, newest",
                () -> desk.find(any.ofCustomer(subjects.customer()).status(TicketStatus.OPEN), NEWEST));
        add("a ticket", () -> one(desk.on(subjects.ticket()).ticket()));
        addPage(
                "a ticket with its history",
                () -> desk.on(subjects.ticket()).ticketWithHistory(NEWEST).history());
        addPage("a long history, newest", () -> desk.on(subjects.longTicket()).history(NEWEST));
        addPage("a long history, oldest", () -> desk.on(subjects.longTicket()).history(OLDEST));
        add(
                "a ticket as it was at a version",
                () -> one(desk.on(subjects.ticket()).at(5)));
        addPage("workers, by name", () -> desk.directory().workers(Worker.Filter.all(), OLDEST));
        addPage(
                "customers, by the beginning of their names",
                () -> desk.directory().customers("Ba", OLDEST));
        add(
                "a customer, by e-mail",
                () -> one(desk.directory().customerByEmail(subjects.email()).orElseThrow()));
    }

    private static Map<String, TicketQuery> sidebar(Subjects subjects) {
        TicketQuery unsolved = TicketQuery.unsolved();
        return Map.of(
                "open", TicketQuery.all().status(TicketStatus.OPEN),
                "pending", TicketQuery.all().status(TicketStatus.PENDING),
                "closed", TicketQuery.all().status(TicketStatus.CLOSED),
                "unassigned", unsolved.unassigned(),
                "mine", unsolved.assignedTo(subjects.busiest()),
                "tagged", unsolved.tags("category-39"));
    }

    private void later(Queue queue, int number, Supplier<Page<?>> page) {
        String name = String.format(Locale.ROOT, "%s, page %,d", queue.title, number);
        kinds.add(
                new Kind(name, Bound.ROWS, queue.title, () -> page.get().items().size()));
    }

    private void customers(TicketService tickets, Subjects subjects) {
        CustomerDesk desk = tickets.customer(subjects.customer());
        CustomerDesk other = tickets.customer(subjects.longCustomer());
        addPage("customer: own, newest", () -> desk.find(TicketQuery.all(), NEWEST));
        addPage(
                "customer: own open or pending, newest",
                () -> desk.find(TicketQuery.all().status(TicketStatus.OPEN, TicketStatus.PENDING), NEWEST));
        add(
                "customer: counts",
                Bound.COUNTS,
                () -> desk.counts(Map.of("open", TicketQuery.all().status(TicketStatus.OPEN), "all", TicketQuery.all()))
                        .size());
        addPage(
                "customer: a long history, newest",
                () -> other.on(subjects.longTicket()).history(NEWEST));
        addPage(
                "customer: a ticket with a long history",
                () -> other.on(subjects.longTicket()).ticketWithHistory(NEWEST).history());
    }

    private void host(TicketService tickets, Subjects subjects) {
        add("verify a ticket", () -> one(tickets.verify(subjects.ticket())));
        add(
                "document of a ticket",
                Bound.NONE,
                () -> one(tickets.documents().ticket(subjects.ticket()).orElseThrow()));
        add(
                "document of a long ticket",
                Bound.NONE,
                () -> one(tickets.documents().ticket(subjects.longTicket()).orElseThrow()));
        add(
                "document of the busiest customer",
                Bound.NONE,
                () -> one(tickets.documents().customer(subjects.customer()).orElseThrow()));
        add(
                "document of the busiest worker",
                Bound.NONE,
                () -> one(tickets.documents().worker(subjects.busiest()).orElseThrow()));
    }

    private void figures(Figures figures, Subjects subjects) {
        for (int days : new int[] {30, 365}) {
            Instant from = NOW.minus(Duration.ofDays(days));
            add(
                    "figures of the busiest worker, " + days + " days",
                    Bound.RESOLUTIONS,
                    () -> figures.worker(subjects.busiest(), from, NOW).resolved());
            add(
                    "figures of the desk, " + days + " days",
                    Bound.FACTS,
                    () -> facts(figures.days(day(from), day(NOW).minusDays(1), ZoneOffset.UTC)));
        }
        add(
                "figures of the worker with the fewest, 365 days",
                Bound.RESOLUTIONS,
                () -> figures.worker(subjects.newcomer(), NOW.minus(Duration.ofDays(365)), NOW)
                        .resolved());
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** What days tell of, and what is open now, from which the backlog is counted. */
    private static int facts(List<Figures.Day> days) {
        return (int) (days.get(days.size() - 1).backlog()
                + days.stream()
                        .mapToLong(
                                day -> day.opened() + day.closed() + day.reopened() + day.responses() + day.ratings())
                        .sum());
    }

    /** By the words of generated texts, from those that most texts have to those that few have. */
    private void searches(AgentDesk desk, CustomerDesk customer) {
        String common = Words.word(0);
        String rare = Words.word(Words.VOCABULARY - 1);
        search(Bound.RARE_WORDS, "an error code", "E-4711", desk, customer);
        search(Bound.RARE_WORDS, "a rare word", rare, desk, customer);
        search(Bound.RARE_WORDS, "a common and a rare word", common + " " + rare, desk, customer);
        search(Bound.WORDS, "a common word", common, desk, customer);
        search(Bound.WORDS, "the beginning of a common word", common + "*", desk, customer);
        search(Bound.WORDS_APART, "two common words", common + " " + Words.word(1), desk, customer);
        search(
                Bound.WORDS_APART,
                "two words that are often there",
                Words.word(50) + " " + Words.word(51),
                desk,
                customer);
        add(
                "counts of a search for a common word",
                Bound.WORDS,
                () -> desk.counts(Map.of("found", TicketQuery.all().matching(common)))
                        .size());
    }

    private void search(Bound bound, String name, String text, AgentDesk desk, CustomerDesk customer) {
        TicketQuery query = TicketQuery.all().matching(text);
        addPage("search: " + name, bound, () -> desk.find(query.sort(Sort.RELEVANCE), NEWEST));
        addPage("customer: search: " + name, bound, () -> customer.find(query, NEWEST));
    }

    private void views(Subjects subjects) {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        view(Bound.ROWS, "tickets", "id = ?", subjects.ticket());
        view(Bound.ROWS, "tickets", "customer_email = ? limit 50", subjects.email());
        view(Bound.ROWS, "tickets", "created_at > ?::timestamptz order by created_at desc limit 50", yesterday);
        shown("id = ?", subjects.customer());
        shown("lower(email collate \"C\") = ?", subjects.email());
        view(Bound.ROWS, "ticket_overview", "customer_id = ? limit 50", subjects.customer());
        view(Bound.ROWS, "ticket_overview", "status = ? order by status_since limit 50", "open");
        view(Bound.ROWS, "ticket_overview", "created_at < ?::timestamptz order by created_at desc limit 50", yesterday);
        view(Bound.ROWS, "worker_overview", "id = ?", subjects.busiest());
        // No index serves these, or what they show is long.
        view(Bound.NONE, "tickets", "status = ? order by updated_at desc limit 50", "open");
        view(Bound.NONE, "tickets", "assigned_to @> ?::jsonb limit 50", "[{\"id\": \"" + subjects.newcomer() + "\"}]");
        view(Bound.NONE, "tickets", "tags @> array[?::text] limit 50", "category-39");
        view(Bound.NONE, "tickets", "custom_fields @> ?::jsonb limit 50", "{\"category\": 39}");
        view(Bound.NONE, "workers", "id = ?", subjects.busiest());
        add(
                "view: select assigned_tickets from workers",
                Bound.NONE,
                () -> rows("select assigned_tickets from " + schema + ".workers"));
    }

    /** What a view computes is searched by the narrow table that holds it in order. */
    private void drivenViews(Subjects subjects) {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        String last = " order by a.updated_at desc limit 50";
        String opened = " order by a.ticket_created_at desc limit 50";
        driven("ticket_overview", "ticket_activity", "a.status = ?" + last, "open");
        driven("tickets", "ticket_activity", "a.status = ?" + last, "closed");
        driven(
                "ticket_overview",
                "ticket_activity",
                "a.status in ('new', 'open', 'pending') and a.updated_at > ?::timestamptz",
                yesterday);
        driven(
                "ticket_overview",
                "ticket_assignment",
                "a.worker_id = ? and a.status in ('new', 'open', 'pending')",
                subjects.busiest());
        driven(
                "ticket_overview",
                "ticket_assignment",
                "a.worker_id = ? and a.status = 'closed' and a.priority = 'low'" + opened,
                subjects.busiest());
        driven("tickets", "ticket_assignment", "a.worker_id = ? and a.status = 'closed'", subjects.newcomer());
        driven(
                "ticket_overview",
                "ticket_tag",
                "a.tag = ? and a.status = 'closed' and a.priority = 'low'" + opened,
                "category-39");
    }

    private void driven(String view, String table, String where, Object value) {
        String from = schema + "." + table + " a join " + schema + "." + view + " t on t.id = a.ticket_id where ";
        add("view: " + view + " by " + table + " where " + where, () -> rows("select t.* from " + from + where, value));
    }

    /** Without the feedback, which is as long as the customer gave some. */
    private void shown(String where, Object value) {
        add(
                "view: id, email from customers where " + where,
                () -> rows("select id, email from " + schema + ".customers where " + where, value));
    }

    private void view(Bound bound, String view, String where, Object value) {
        add(
                "view: " + view + " where " + where.replace("|", "\\|"),
                bound,
                () -> rows("select * from " + schema + "." + view + " where " + where, value));
    }

    private int rows(String sql, Object... values) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i] instanceof UUID ? values[i] : values[i].toString());
            }
            try (ResultSet rows = statement.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                return count;
            }
        }
    }

    private static int one(Object read) {
        return 1;
    }
}
