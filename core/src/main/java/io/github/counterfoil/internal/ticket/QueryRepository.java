package io.github.counterfoil.internal.ticket;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Rows;
import io.github.counterfoil.internal.database.SqlText;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.internal.search.Highlights;
import io.github.counterfoil.internal.search.Piece;
import io.github.counterfoil.internal.search.Question;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.Fragment;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Count;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds and counts tickets, for either side of the counter: one statement, and one that asks for the actor where none was found. */
public final class QueryRepository {
    private static final int MOST_QUERIES = 50;

    private QueryRepository() {}

    /** @throws InvalidInput for what {@link #find} cannot answer */
    public static void check(Access access, boolean searched, @Nullable TicketQuery query, PageRequest page) {
        check(access, searched, query, page, new Faults());
    }

    /**
     * As {@link #check(Access, boolean, TicketQuery, PageRequest)}.
     *
     * @param faults what else is wrong with the call, thrown with what is wrong here
     */
    public static void check(
            Access access, boolean searched, @Nullable TicketQuery query, PageRequest page, Faults faults) {
        faults.require("query", query);
        TicketQuery asked = query == null ? TicketQuery.all() : query;
        QueryCheck.check(access.actor().role(), asked, searched, faults.in("query"));
        Cursor.check(
                page,
                request -> scope(access, asked, request),
                text -> Position.of(asked, text).isPresent(),
                faults);
    }

    private static String scope(Access access, TicketQuery query, PageRequest page) {
        return "tickets " + access.actor() + QueryCheck.text(query) + page.newestFirst();
    }

    /** @param page checked by {@link #check} */
    public static <T> Page<T> find(
            Database database, Access access, SummaryShape<T> shape, TicketQuery query, PageRequest page) {
        Role side = access.actor().role();
        String scope = scope(access, query, page);
        Optional<Position> last = Cursor.decode(scope, page.cursor()).flatMap(text -> Position.of(query, text));
        QueryShape asked = QueryShape.of(side, query, query.sort());
        int rank = last.filter(position -> !asked.ofOne()).map(Position::rank).orElse(0);
        FindText text = new FindText(asked, new KeysText.Turn(last.isEmpty(), page.newestFirst(), rank));
        Map<String, Object> values = access.values();
        FindText.NAMES.put(query, side, values);
        last.ifPresent(position -> {
            boolean micros = side == Role.CUSTOMER && query.sort() == Sort.STATUS_SINCE;
            values.put(KeysText.LAST_RANK, position.rank());
            values.put(KeysText.LAST_TIME, QueryValues.sent(position.time(), micros));
            values.put(KeysText.LAST_ID, position.id());
        });
        values.put(FindText.SIZE, page.size());
        SqlText sql = database.text(text, () -> text.query(access, shape));
        return database.reads(reads -> {
            Page<T> found = reads.read(sql, values, rows -> page(rows, shape, query, scope));
            if (found.items().isEmpty()) {
                access.requireActor(database, reads);
            }
            return found;
        });
    }

    /**
     * Each row begins with how many tickets were found, of which one more is looked for than the page may hold, and its own rank. Before
     * that it tells of a text whether there may be more, if need be in a row without a ticket.
     */
    private static <T> Page<T> page(Rows rows, SummaryShape<T> shape, TicketQuery query, String scope) {
        List<T> shown = new ArrayList<>();
        Optional<Question> question = query.text().map(Question::of);
        int found = 0;
        int rank = 0;
        boolean partial = false;
        while (rows.next()) {
            partial = question.isPresent() && rows.flag();
            if (rows.isNull()) {
                break;
            }
            found = rows.number();
            rank = rows.number();
            Optional<Fragment> fragment = question.flatMap(sought -> fragment(rows, sought));
            shown.add(shape.reader().apply(rows, fragment));
        }
        if (found <= shown.size()) {
            return new Page<>(shown, Optional.empty(), partial);
        }
        SummaryShape.Key last = shape.key().apply(shown.get(shown.size() - 1));
        Position end = new Position(rank, last.time(query.sort()), last.id());
        return new Page<>(shown, Optional.of(Cursor.encode(scope, end.text())), partial);
    }

    private static Optional<Fragment> fragment(Rows rows, Question question) {
        return rows
                .rows(text -> {
                    int version = text.number();
                    Piece best = Highlights.best(text.text(), question);
                    List<Fragment.Highlight> found = best.found().stream()
                            .map(one -> new Fragment.Highlight(one.from(), one.to()))
                            .toList();
                    return new Fragment(version, best.text(), found, best.before(), best.after());
                })
                .stream()
                .findFirst();
    }

    /**
     * Where a page ended.
     *
     * @param rank of the priority or, below 0, of how well the ticket fits, where tickets are sorted by it, else 0
     */
    private record Position(int rank, Instant time, UUID id) {
        /** Empty for what no position in such a list is written as. */
        static Optional<Position> of(TicketQuery query, String text) {
            String[] parts = text.split(" ", -1);
            try {
                Position position =
                        new Position(Integer.parseInt(parts[0]), Instant.parse(parts[1]), UUID.fromString(parts[2]));
                int least = query.sort() == Sort.RELEVANCE ? Integer.MIN_VALUE : 0;
                int most = query.sort() == Sort.PRIORITY ? 2 : 0;
                return Optional.of(position)
                        .filter(read -> read.text().equals(text)
                                && read.rank() >= least
                                && read.rank() <= most
                                && MomentRules.moment(read.time()) == null);
            } catch (DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                return Optional.empty();
            }
        }

        String text() {
            return rank + " " + time + " " + id;
        }
    }

    /** @throws InvalidInput for what {@link #counts} cannot answer */
    public static Map<String, TicketQuery> checked(
            Access access, boolean searched, @Nullable Map<String, TicketQuery> queries) {
        Faults faults = new Faults();
        faults.value("queries", queries);
        Map<String, TicketQuery> asked = new LinkedHashMap<>(queries);
        faults.add("queries", asked.size() > MOST_QUERIES ? Problem.of("too_many", MOST_QUERIES) : null);
        int place = 0;
        for (Map.Entry<String, TicketQuery> query : asked.entrySet()) {
            String field = "queries[" + place++ + "]";
            if (query.getKey() == null || query.getValue() == null) {
                faults.require(field, null);
            } else {
                QueryCheck.check(access.actor().role(), query.getValue(), searched, faults.in(field));
            }
        }
        faults.throwIfAny();
        return asked;
    }

    /** @param queries as {@link #checked} gave them */
    public static Map<String, Count> counts(Database database, Access access, Map<String, TicketQuery> queries) {
        Role side = access.actor().role();
        List<QueryShape> shapes = new ArrayList<>();
        Map<String, Object> values = access.values();
        for (TicketQuery query : queries.values()) {
            CountText.names(shapes.size()).put(query, side, values);
            shapes.add(CountText.shape(side, query));
        }
        CountText text = new CountText(shapes);
        return database.reads(reads -> {
            Map<String, Count> counts = new LinkedHashMap<>();
            if (shapes.isEmpty()) {
                access.requireActor(database, reads);
                return counts;
            }
            SqlText sql = database.text(text, () -> text.query(access));
            reads.read(sql, values, rows -> {
                if (rows.next()) {
                    queries.keySet().forEach(name -> counts.put(name, count(rows.number())));
                }
                return counts;
            });
            if (counts.isEmpty()) {
                access.requireActor(database, reads);
            }
            return counts;
        });
    }

    private static Count count(int read) {
        return read < 0 ? new Count(-1 - read, true) : new Count(Math.min(read, CountText.MOST), read > CountText.MOST);
    }
}
