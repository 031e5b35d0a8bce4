package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.internal.page.Portion;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statement that answers a page of tickets, and what its text depends on. Each ticket's row is read once. */
record FindText(QueryShape query, KeysText.Turn turn) {
    static final String SIZE = "size";
    static final QueryValues NAMES = new QueryValues("");

    Query query(Access access, SummaryShape<?> shape) {
        Field<Integer> size = DSL.param(SIZE, Integer.class);
        Sought sought = new Sought(access, new QueryConditions(query, NAMES));
        KeysText keys = new KeysText(access, query, NAMES, turn, Cursor.MAX_PAGE_SIZE + 1);
        Field<Integer> found = DSL.count().over().as("found");
        List<Field<?>> columns = new ArrayList<>();
        List<Field<?>> shown = new ArrayList<>();
        if (query.text()) {
            shown.add(sought.text());
        }
        shown.addAll(shape.columns(access));
        for (Field<?> column : Sent.all(shown)) {
            columns.add(column.as("column_" + columns.size()));
        }
        Table<?> page = select(found, KeysText.RANK)
                .select(columns)
                .select(Portion.columns(shape.bytes(), keys.order()))
                .from(keys.inOrder(size.plus(inline(1))).asTable("key_on_page"))
                .join(TICKET)
                .on(TICKET.ID.eq(KeysText.ID))
                .join(access.people())
                .on(access.acts())
                .crossJoin(shape.latest().apply(access))
                .where(access.visibleTickets())
                .asTable("page");
        List<Field<?>> read = new ArrayList<>(List.of(page.field(found), page.field(KeysText.RANK)));
        columns.forEach(column -> read.add(page.field(column)));
        if (!query.text()) {
            return select(read).from(page).where(Portion.holds(page, size)).orderBy(Portion.place(page));
        }
        // A row in any case: that there may be more is told also where nothing is found.
        return DSL.with(sought.search())
                .select(Sought.partial())
                .select(read)
                .from(select(inline(1)).asTable("always"))
                .leftJoin(page)
                .on(Portion.holds(page, size))
                .orderBy(Portion.place(page));
    }
}
