package io.github.counterfoil.internal.access;

import static io.github.counterfoil.internal.jooq.Tables.CUSTOMER;
import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_PARTICIPANT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_READ;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_REFERENCE;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.any;

import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Reads;
import io.github.counterfoil.internal.database.Rows;
import io.github.counterfoil.internal.database.SqlText;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * An actor's rights as SQL. The actor is asked for in {@link #people()} where {@link #acts()}. What differs from one actor to
 * another is a parameter with a name, see {@link #values}: the text is the same for all of a side.
 */
public final class Access {
    private static final String ACTOR = "actor";
    private static final String VISIBLE_TYPES = "visible_types";

    private final Actor actor;
    private final String[] customerVisibleTypes;

    public Access(Actor actor, Set<String> customerVisibleTypes) {
        this.actor = actor;
        this.customerVisibleTypes = customerVisibleTypes.toArray(String[]::new);
    }

    /** The parameters of what is here, among those of a statement. */
    public Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put(ACTOR, actor.id());
        values.put(VISIBLE_TYPES, customerVisibleTypes);
        return values;
    }

    /** Looks whether nothing was found because the actor may not act at all: in a read that begins at a ticket. */
    public void requireActor(Database database, Reads reads) {
        SqlText sql = database.text(
                new ActorText(actor.role()),
                () -> DSL.select(DSL.inline(1)).from(people()).where(acts()));
        if (!reads.read(sql, values(), Rows::next)) {
            throw unknown(database, reads);
        }
    }

    /** The refusal of an actor who may not act. A statement more, which nobody else pays, tells one who is at the wrong desk. */
    public Refusal unknown(Database database, Reads reads) {
        SqlText sql = database.text(new OtherSideText(actor.role()), this::onTheOtherSide);
        return actor.unknown(reads.read(sql, values(), Rows::next));
    }

    /** As {@link #unknown(Database, Reads)}. */
    public Refusal unknown(DSLContext dsl) {
        return actor.unknown(dsl.fetchExists(onTheOtherSide()));
    }

    private Select<?> onTheOtherSide() {
        return DSL.select(DSL.inline(1))
                .from(actor.isCustomer() ? WORKER : CUSTOMER)
                .where(actor.isCustomer() ? WORKER.ID.eq(id()) : CUSTOMER.ID.eq(id()));
    }

    private record OtherSideText(Role side) {}

    /** As {@link #requireActor(Database, Reads)}. */
    public void requireActor(DSLContext dsl) {
        if (!dsl.fetchExists(DSL.select(DSL.inline(1)).from(people()).where(acts()))) {
            throw unknown(dsl);
        }
    }

    private record ActorText(Role side) {}

    private Param<UUID> id() {
        return DSL.param(ACTOR, actor.id());
    }

    public Actor actor() {
        return actor;
    }

    /** The table in which the actor must be. */
    public Table<?> people() {
        return actor.isCustomer() ? CUSTOMER : WORKER;
    }

    public Condition acts() {
        return actor.isCustomer() ? CUSTOMER.ID.eq(id()) : WORKER.ID.eq(id()).and(WORKER.ACTIVE);
    }

    /** Which tickets the actor may read: a customer their own, and those in which they take part. */
    public Condition visibleTickets() {
        return actor.isCustomer()
                ? ownTickets()
                        .or(TICKET.ID.in(DSL.select(TICKET_PARTICIPANT.TICKET_ID)
                                .from(TICKET_PARTICIPANT)
                                // Looked up for the one ticket, however many there are in which they take part.
                                .where(TICKET_PARTICIPANT.TICKET_ID.eq(TICKET.ID))
                                .and(participations())))
                : DSL.trueCondition();
    }

    /** Of a customer's {@link #visibleTickets} those that are their own; all the others are in {@link #participations}. */
    public Condition ownTickets() {
        return TICKET.CUSTOMER_ID.eq(id());
    }

    /** The rows of {@code ticket_participant} that are the customer's: each a ticket that is another's. */
    public Condition participations() {
        return TICKET_PARTICIPANT.CUSTOMER_ID.eq(id());
    }

    /** Whose tickets a search begins with, by what it finds of public texts; null for the staff, who search all. */
    public Field<UUID> searchedCustomer() {
        return actor.isCustomer() ? id() : DSL.castNull(UUID.class);
    }

    /**
     * Which events the actor may read: the fragment that every query on {@code ticket_event} holds. A customer sees an
     * event if it was numbered for customers when it was stored and its type is one that customers see now.
     */
    public Condition visibleEvents() {
        return actor.isCustomer()
                ? TICKET_EVENT
                        .PUBLIC_SEQ
                        .isNotNull()
                        .and(TICKET_EVENT.TYPE.eq(any(DSL.param(VISIBLE_TYPES, customerVisibleTypes))))
                : DSL.trueCondition();
    }

    /** Of a customer's {@link #visibleEvents} those that they wrote themselves. */
    public Condition writtenEvents() {
        return TICKET_EVENT.CREATED_BY.eq(id()).and(TICKET_EVENT.ROLE.eq(DSL.inline(Role.CUSTOMER.wireName())));
    }

    /** The references that a customer's own commands had. */
    public Condition ownReferences() {
        return TICKET_REFERENCE.GIVER.eq(id()).and(TICKET_REFERENCE.GIVER.ne(DSL.inline(new UUID(0, 0))));
    }

    /** Of what the actor has seen of tickets, their own row alone. */
    public Condition ownMarks() {
        return TICKET_READ
                .VIEWER_ID
                .eq(id())
                .and(TICKET_READ.ROLE.eq(DSL.inline(actor.role().wireName())));
    }

    /** Up to where the actor has seen the ticket that a query is at, as their side counts; 0 if they have not. */
    public Field<Integer> seen() {
        Field<Integer> seen = DSL.field(DSL.select(TICKET_READ.SEQ)
                .from(TICKET_READ)
                .where(TICKET_READ.TICKET_ID.eq(TICKET.ID))
                .and(ownMarks()));
        return DSL.coalesce(seen, DSL.inline(0));
    }

    /** Of the actor's {@link #visibleEvents} what others wrote: messages and, for agents, notes. */
    public Condition writtenByOthers() {
        Condition written = actor.isCustomer()
                ? TICKET_EVENT.TYPE.eq(DSL.inline("message"))
                : TICKET_EVENT.TYPE.in(DSL.inline("message"), DSL.inline("note-added"));
        return visibleEvents().and(written).and(TICKET_EVENT.CREATED_BY.ne(id()));
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
