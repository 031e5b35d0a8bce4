package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.JsonRows;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** What a query tells of the last events of the ticket that it is at, as the actor may see them. */
public final class LatestEvents {
    /** A page does not cost more for what nobody reads. */
    private static final int UNREAD_AMONG = 100;

    private static final String TABLE = "latest";
    private static final Field<Integer> UNREAD = DSL.field(DSL.name(TABLE, "unread"), Integer.class);
    private static final Field<JSONB> WRITTEN = DSL.field(DSL.name(TABLE, "written"), JSONB.class);

    private LatestEvents() {}

    /**
     * Who wrote the event of this number of the ticket that a query is at, and when: the author's id and name, whether it is an
     * agent and whether it is a note; for customers without the id and the last. Nothing if the actor may not see the event.
     */
    public static Field<JSONB> written(Access access, Field<Integer> seq) {
        return JsonRows.rows(select(author(access))
                .from(TICKET_EVENT)
                .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                .and(TICKET_EVENT.SEQ.eq(seq))
                .and(access.visibleEvents()));
    }

    /**
     * The events that a list looks at once for {@link #unread} and {@link #writtenInList}: those of the ticket that the actor has
     * not seen, among the last ones.
     *
     * @param last number of the ticket's events on the actor's side
     * @param written as for {@link #written}
     */
    public static Table<?> unseen(Access access, Field<Integer> last, Field<Integer> written) {
        return lateral(select(
                        DSL.count().filterWhere(access.writtenByOthers()).as(UNREAD.getUnqualifiedName()),
                        DSL.jsonbArrayAgg(author(access))
                                .filterWhere(TICKET_EVENT.SEQ.eq(written))
                                .as(WRITTEN.getUnqualifiedName()))
                .from(TICKET_EVENT)
                .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                .and(access.eventNumber().gt(DSL.greatest(access.seen(), last.minus(inline(UNREAD_AMONG)))))
                .and(access.visibleEvents())
                .asTable(TABLE));
    }

    /** How much others wrote of what is {@link #unseen}. */
    public static Field<Integer> unread() {
        return UNREAD;
    }

    /** As {@link #written}, looked up alone only where it is not among what is {@link #unseen}. */
    public static Field<JSONB> writtenInList(Access access, Field<Integer> seq) {
        return DSL.coalesce(WRITTEN, written(access, seq));
    }

    private static Field<JSONB> author(Access access) {
        List<Field<?>> columns = new ArrayList<>(List.of(
                TICKET_EVENT.CREATED_BY_FIRST_NAME,
                TICKET_EVENT.CREATED_BY_LAST_NAME,
                DSL.field(TICKET_EVENT.ROLE.eq(inline(Role.AGENT.wireName()))),
                access.eventTime()));
        if (!access.actor().isCustomer()) {
            columns.add(0, TICKET_EVENT.CREATED_BY);
            columns.add(4, DSL.field(TICKET_EVENT.TYPE.eq(inline("note-added"))));
        }
        return JsonRows.array(columns);
    }
}
