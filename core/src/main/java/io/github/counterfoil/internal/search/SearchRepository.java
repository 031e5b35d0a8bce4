package io.github.counterfoil.internal.search;

import static io.github.counterfoil.internal.jooq.Tables.SEARCH_TICKETS;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static org.jooq.impl.DSL.inline;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.SqlText;
import io.github.counterfoil.internal.jooq.tables.SearchTicketsTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Finds tickets by their texts, for either side of the counter: one statement, and one that asks for the actor where nothing was found. */
public final class SearchRepository {
    /** Texts that are looked at for a word, and tickets that are ranked: of a question that more have, the newest. */
    public static final int MOST = 1_000;

    private static final String PARTS = "search_parts";
    private static final String ANY = "search_any";

    private SearchRepository() {}

    /**
     * A ticket that was found.
     *
     * @param rank the higher, the better it fits; of a customer's search from public texts alone
     */
    public record Hit(UUID ticketId, int rank) {}

    /** The best first, and of two that fit alike the newer one. */
    public static List<Hit> hits(Database database, Access access, Question question, int most) {
        SqlText sql = database.text(new SearchText(access.actor().role()), () -> query(access));
        Map<String, Object> values = access.values();
        values.putAll(values(question));
        values.put("size", most);
        return database.reads(reads -> {
            List<Hit> found = reads.read(sql, values, rows -> {
                List<Hit> hits = new ArrayList<>();
                while (rows.next()) {
                    hits.add(new Hit(rows.id(), rows.number()));
                }
                return hits;
            });
            if (found.isEmpty()) {
                access.requireActor(database, reads);
            }
            return found;
        });
    }

    /** Tickets with their ranks; more of them than the actor may see are none, but whoever joins this asks for {@code visibleTickets}. */
    public static SearchTicketsTable found(Access access) {
        return SEARCH_TICKETS(
                DSL.param(PARTS, SQLDataType.JSONB),
                DSL.param(ANY, SQLDataType.CLOB),
                access.searchedCustomer(),
                inline(MOST));
    }

    /** The parameters of {@link #found}. */
    public static Map<String, Object> values(Question question) {
        return Map.of(PARTS, question.queries(), ANY, question.any());
    }

    private static Query query(Access access) {
        SearchTicketsTable found = found(access);
        return DSL.select(found.TICKET_ID, found.RANK)
                .from(found)
                .join(TICKET)
                .on(TICKET.ID.eq(found.TICKET_ID))
                .join(access.people())
                .on(access.acts())
                .where(access.visibleTickets())
                .orderBy(found.RANK.desc(), TICKET.CREATED_AT.desc(), TICKET.ID.desc())
                .limit(DSL.param("size", Integer.class));
    }

    private record SearchText(Role side) {}
}
