package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.SEARCH_TICKETS;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_FOLLOWER;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.jooq.tables.SearchTicketsTable;
import java.util.Set;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The tickets that have a query's text: they are looked up by their words, and asked for all else one by one. */
record Sought(Access access, QueryConditions conditions) {
    /** Texts that are looked at for a part of the text, and tickets that are ranked: of what more have, the newest. */
    private static final int MOST = 1_000;

    /** Its columns, wherever it stands in a statement. */
    private static final SearchTicketsTable FOUND = SEARCH_TICKETS.as("sought");

    private SearchTicketsTable found() {
        return SEARCH_TICKETS(
                        DSL.param(conditions.names().textParts(), SQLDataType.JSONB),
                        DSL.param(conditions.names().textAny(), SQLDataType.CLOB),
                        access.searchedCustomer(),
                        conditions.query().numbered()
                                ? TicketRepository.ofNumber(conditions.names().number())
                                : DSL.castNull(UUID.class),
                        conditions.query().ofCustomer() && !access.actor().isCustomer()
                                ? DSL.param(conditions.names().customer(), UUID.class)
                                : DSL.castNull(UUID.class),
                        inline(MOST))
                .as(FOUND);
    }

    /** What a statement begins with that has {@link #tickets}: it searches once. */
    CommonTableExpression<?> search() {
        return DSL.name(FOUND.getName()).asMaterialized(select(DSL.asterisk()).from(found()));
    }

    /** Whether tickets may be missing among those of {@link #search}. */
    static Field<Boolean> partial() {
        return DSL.coalesce(
                DSL.field(select(DSL.boolOr(FOUND.PARTIAL)).from(DSL.table(DSL.name(FOUND.getName())))), inline(false));
    }

    Table<?> tickets() {
        return DSL.table(DSL.name(FOUND.getName())).join(TICKET).on(TICKET.ID.eq(FOUND.TICKET_ID));
    }

    /** The best first. */
    Field<Integer> rank() {
        return FOUND.RANK.neg();
    }

    /** The text of a ticket that fits best: the number of its event, and the text. */
    Field<JSONB> text() {
        return Routines.soughtText(
                TICKET.ID, DSL.param(conditions.names().textAny(), SQLDataType.CLOB), access.searchedCustomer());
    }

    /** What a ticket of {@link #tickets} has to be. */
    Condition fit() {
        Condition fit = access.visibleTickets().and(DSL.and(conditions.but(Set.of())));
        return conditions.query().followed()
                ? fit.and(TICKET.ID.in(select(TICKET_FOLLOWER.TICKET_ID)
                        .from(TICKET_FOLLOWER)
                        .where(TICKET_FOLLOWER.TICKET_ID.eq(TICKET.ID))
                        .and(TICKET_FOLLOWER.WORKER_ID.eq(
                                DSL.param(conditions.names().follower(), UUID.class)))))
                : fit;
    }

    /** How many there are: of n where not all were looked at, -1 - n. */
    Field<Integer> count() {
        Field<Integer> counted = DSL.count(TICKET.ID);
        return DSL.field(select(DSL.when(DSL.boolOr(FOUND.PARTIAL), inline(-1).minus(counted))
                        .else_(counted))
                .from(found())
                .leftJoin(TICKET)
                .on(TICKET.ID.eq(FOUND.TICKET_ID))
                .and(fit()));
    }
}
