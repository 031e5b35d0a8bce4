package io.github.counterfoil.internal.ticket;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.impl.DSL;

/** The statement that counts the tickets of several queries, and what its text depends on. */
record CountText(List<QueryShape> queries) {
    /** Beyond this it is not told how many there are: what is counted is read. */
    static final int MOST = 10_000;

    /** A query as it is counted: in the order in which the fewest are read, since none is asked for. */
    static QueryShape shape(Role side, TicketQuery query) {
        boolean narrowed = side == Role.CUSTOMER
                || !query.assigneeIds().isEmpty()
                || !query.allTags().isEmpty()
                || !query.anyTags().isEmpty()
                || query.isUnassigned()
                || !query.created().isAny();
        if (!narrowed && !(query.statusSince().isAny() && query.closed().isAny())) {
            return QueryShape.of(side, query, Sort.STATUS_SINCE);
        }
        return QueryShape.of(side, query, narrowed || query.updated().isAny() ? Sort.CREATED : Sort.UPDATED);
    }

    static QueryValues names(int place) {
        return new QueryValues("of_" + place + "_");
    }

    Query query(Access access) {
        List<Field<?>> counts = new ArrayList<>();
        for (QueryShape query : queries) {
            QueryValues names = names(counts.size());
            Field<Integer> count = query.text()
                    ? new Sought(access, new QueryConditions(query, names)).count()
                    : count(access, query, names);
            counts.add(count.as("count_" + counts.size()));
        }
        return select(counts).from(access.people()).where(access.acts());
    }

    private static Field<Integer> count(Access access, QueryShape query, QueryValues names) {
        KeysText keys = new KeysText(access, query, names, new KeysText.Turn(true, true, 0), MOST + 1);
        return DSL.field(selectCount()
                .from(selectOne()
                        .from(keys.found().asTable("found"))
                        .limit(inline(MOST + 1))
                        .asTable("counted")));
    }
}
