package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.WORKER;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Rows;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.database.SqlText;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What events tell of tickets that are due: whether their customers wait for an answer, and what was done before. */
public final class DueEvents {
    private static final String TICKETS = "tickets";
    private static final String EVENTS = "events";

    private DueEvents() {}

    private enum Text {
        HAVING,
        ANSWERS
    }

    /** The tickets that have the event of this id, each by its own, in one statement. Who may ask was asked when they were found. */
    public static Set<UUID> having(Database database, Map<UUID, UUID> events) {
        SqlText sql = database.text(Text.HAVING, DueEvents::having);
        Map<String, Object> values = new HashMap<>();
        values.put(TICKETS, texts(events.keySet()));
        values.put(EVENTS, texts(events.values()));
        return database.reads(reads -> reads.read(sql, values, rows -> {
            Set<UUID> found = new HashSet<>();
            while (rows.next()) {
                found.add(rows.id());
            }
            return found;
        }));
    }

    private static Query having() {
        Table<?> tickets = given(TICKETS);
        Table<?> events = given(EVENTS);
        return select(Sent.all(List.of(TICKET_EVENT.TICKET_ID)))
                .from(tickets)
                .join(events)
                .on(place(tickets).eq(place(events)))
                .join(TICKET_EVENT)
                .on(TICKET_EVENT.TICKET_ID.eq(id(tickets)).and(TICKET_EVENT.ID.eq(id(events))));
    }

    private static Table<?> given(String name) {
        return DSL.unnest(DSL.param(name, String[].class).cast(UUID[].class))
                .withOrdinality()
                .as("given_" + name, "id", "place");
    }

    private static Field<UUID> id(Table<?> given) {
        return DSL.field(DSL.name(given.getName(), "id"), UUID.class);
    }

    private static Field<Long> place(Table<?> given) {
        return DSL.field(DSL.name(given.getName(), "place"), SQLDataType.BIGINT);
    }

    /** The {@code seq} of each ticket's last answer, 0 if there is none, in one statement. */
    public static Map<UUID, Integer> answers(Database database, Collection<UUID> ticketIds) {
        SqlText sql = database.text(Text.ANSWERS, DueEvents::answers);
        Map<String, Object> values = new HashMap<>();
        values.put(TICKETS, texts(ticketIds));
        return database.reads(reads -> reads.read(sql, values, DueEvents::read));
    }

    private static Map<UUID, Integer> read(Rows rows) {
        Map<UUID, Integer> answers = new HashMap<>();
        while (rows.next()) {
            answers.put(rows.id(), rows.number());
        }
        return answers;
    }

    /** Of a message that customers see: an agent's who is no system actor, as for the first response. */
    private static Condition isAnswer() {
        return TICKET_EVENT
                .ROLE
                .eq(inline(Role.AGENT.wireName()))
                .and(TICKET_EVENT.CREATED_BY.in(select(WORKER.ID)
                        .from(WORKER)
                        // Looked up for the one author, however many workers there are.
                        .where(WORKER.ID.eq(TICKET_EVENT.CREATED_BY))
                        .and(DSL.condition(WORKER.SYSTEM).not())));
    }

    /**
     * Whether the customer of the ticket that a query is at has waited since before a moment. Of the messages that customers see, the newest that
     * is an answer, or a customer's of before the moment, is a customer's; or there is none and the ticket is older. No event before that one
     * is read.
     */
    public static Condition unanswered(Field<Instant> since) {
        Field<String> customer = inline(Role.CUSTOMER.wireName());
        Field<String> writer = DSL.field(select(TICKET_EVENT.ROLE)
                .from(TICKET_EVENT)
                .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                .and(TICKET_EVENT.SEQ.le(TICKET.LAST_MESSAGE_SEQ))
                .and(TICKET_EVENT.TYPE.eq(inline("message")))
                .and(TICKET_EVENT.PUBLIC_SEQ.isNotNull())
                .and(TICKET_EVENT
                        .ROLE
                        .eq(customer)
                        .and(TICKET_EVENT.CREATED_AT.lt(since))
                        .or(isAnswer()))
                .orderBy(TICKET_EVENT.SEQ.desc())
                .limit(inline(1)));
        return TICKET.CREATED_AT.lt(since).and(coalesce(writer, customer).eq(customer));
    }

    /** There is none before the first response. */
    private static Query answers() {
        Field<Integer> last = DSL.field(select(TICKET_EVENT.SEQ)
                .from(TICKET_EVENT)
                .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                .and(TICKET_EVENT.SEQ.between(TICKET.FIRST_RESPONSE_SEQ, TICKET.LAST_MESSAGE_SEQ))
                .and(TICKET_EVENT.TYPE.eq(inline("message")))
                .and(TICKET_EVENT.PUBLIC_SEQ.isNotNull())
                .and(isAnswer())
                .orderBy(TICKET_EVENT.SEQ.desc())
                .limit(inline(1)));
        return select(Sent.all(List.of(TICKET.ID, coalesce(last, inline(0)))))
                .from(TICKET)
                .where(TICKET.ID.eq(any(DSL.param(TICKETS, String[].class).cast(UUID[].class))));
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
