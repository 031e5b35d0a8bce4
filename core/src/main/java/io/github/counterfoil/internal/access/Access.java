package io.github.counterfoil.internal.access;

import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;

import java.time.Instant;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * An actor's rights as SQL. A read starts from {@link #people()} where {@link #acts()}: no row means that the actor may
 * not act at all, a row without a ticket that there is no such ticket for them.
 */
public final class Access {
    private final Actor actor;
    private final Set<String> customerVisibleTypes;

    public Access(Actor actor, Set<String> customerVisibleTypes) {
        this.actor = actor;
        this.customerVisibleTypes = customerVisibleTypes;
    }

    public Actor actor() {
        return actor;
    }

    /** The table in which the actor must be. */
    public Table<?> people() {
        return actor.isCustomer() ? CUSTOMER : WORKER;
    }

    public Condition acts() {
        return actor.isCustomer()
                ? CUSTOMER.ID.eq(actor.id())
                : WORKER.ID.eq(actor.id()).and(WORKER.ACTIVE);
    }

    /** Which tickets the actor may read. */
    public Condition visibleTickets() {
        return actor.isCustomer() ? TICKET.CUSTOMER_ID.eq(actor.id()) : DSL.trueCondition();
    }

    /**
     * Which events the actor may read: the fragment that every query on {@code ticket_event} holds. A customer sees an
     * event if it was numbered for customers when it was stored and its type is one that customers see now.
     */
    public Condition visibleEvents() {
        return actor.isCustomer()
                ? TICKET_EVENT.PUBLIC_SEQ.isNotNull().and(TICKET_EVENT.TYPE.in(customerVisibleTypes))
                : DSL.trueCondition();
    }

    /** The numbering of events on the actor's side. */
    public Field<Integer> eventNumber() {
        return actor.isCustomer() ? TICKET_EVENT.PUBLIC_SEQ : TICKET_EVENT.SEQ;
    }

    /** The time of events on the actor's side. */
    public Field<Instant> eventTime() {
        return actor.isCustomer() ? TICKET_EVENT.PUBLIC_AT : TICKET_EVENT.CREATED_AT;
    }
}
