package io.github.counterfoil.internal.event;

import static io.github.counterfoil.internal.jooq.Tables.TICKET;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_EVENT;
import static io.github.counterfoil.internal.jooq.Tables.TICKET_REFERENCE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.boolAnd;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbArrayAgg;
import static org.jooq.impl.DSL.jsonbObject;
import static org.jooq.impl.DSL.key;
import static org.jooq.impl.DSL.select;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Rows;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.database.SqlText;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.reference.References;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.ticket.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Finds tickets and events by references, for either side of the counter: one statement, and one that asks for the actor where nothing was found. */
public final class ReferenceRepository {
    private static final int MOST_ASKED = 200;
    private static final int MOST_FOUND = 1_000;
    private static final String KEYS = "keys";

    private ReferenceRepository() {}

    private record ReferenceText(Role side) {}

    /** In the order in which they are asked for. */
    public static List<Reference.Place> find(
            Database database, Access access, Collection<? extends Reference> references) {
        Map<UUID, Reference> asked = asked(Given.held("references", references));
        if (asked.isEmpty()) {
            return List.of();
        }
        SqlText sql = database.text(new ReferenceText(access.actor().role()), () -> query(access));
        Map<String, Object> values = access.values();
        values.put(KEYS, asked.keySet().stream().map(UUID::toString).toArray(String[]::new));
        List<UUID> order = List.copyOf(asked.keySet());
        return database.reads(reads -> {
            List<Found> found = reads.read(sql, values, ReferenceRepository::found);
            if (found.isEmpty()) {
                access.requireActor(database, reads);
            }
            return found.stream()
                    .sorted(Comparator.comparing(one -> order.indexOf(one.key())))
                    .map(one -> one.place(asked))
                    .toList();
        });
    }

    private static Map<UUID, Reference> asked(List<@Nullable Reference> references) {
        Faults faults = new Faults();
        if (references.size() > MOST_ASKED) {
            faults.add("references", Problem.of("too_many", MOST_ASKED));
        }
        Map<UUID, Reference> asked = new LinkedHashMap<>();
        for (int place = 0; place < references.size() && place < MOST_ASKED; place++) {
            Reference reference = references.get(place);
            String field = "references[" + place + "]";
            if (reference == null) {
                faults.add(field, Problem.of("required"));
            } else if (References.check(reference, faults.in(field))) {
                asked.putIfAbsent(References.key(reference), reference);
            }
        }
        faults.throwIfAny();
        return asked;
    }

    private record Found(UUID key, UUID ticketId, @Nullable UUID eventId) {
        Reference.Place place(Map<UUID, Reference> asked) {
            return new Reference.Place(Objects.requireNonNull(asked.get(key)), ticketId, Optional.ofNullable(eventId));
        }
    }

    private static List<Found> found(Rows rows) {
        List<Found> found = new ArrayList<>();
        while (rows.next()) {
            found.add(new Found(rows.id(), rows.id(), rows.optionalId()));
        }
        return found;
    }

    private static Query query(Access access) {
        Field<UUID> eventId = eventId(access.visibleEvents()).as("event_id");
        Table<?> found = select(
                        TICKET_REFERENCE.KEY, TICKET_REFERENCE.TICKET, TICKET_REFERENCE.SEQ, TICKET.POSITION, eventId)
                .from(TICKET_REFERENCE)
                .join(TICKET)
                .on(TICKET.ID.eq(TICKET_REFERENCE.TICKET))
                .join(access.people())
                .on(access.acts())
                .where(TICKET_REFERENCE.KEY.eq(
                        any(DSL.param(KEYS, String[].class).cast(UUID[].class))))
                .and(access.visibleTickets())
                .asTable("found");
        Field<Integer> seq = found.field(TICKET_REFERENCE.SEQ);
        return select(Sent.all(List.of(
                        found.field(TICKET_REFERENCE.KEY), found.field(TICKET_REFERENCE.TICKET), found.field(eventId))))
                .from(found)
                .where(seq.eq(inline(0)).or(found.field(eventId).isNotNull()))
                .orderBy(found.field(TICKET.POSITION), found.field(TICKET_REFERENCE.TICKET), seq)
                .limit(inline(MOST_FOUND));
    }

    /** Whether the references of the ticket that a query is at are on what it has, and whose they are. */
    public static final Field<Boolean> REFERENCES_FIT = coalesce(
                    DSL.field(select(boolAnd(coalesce(
                                    TICKET_REFERENCE
                                            .SEQ
                                            .eq(inline(0))
                                            .and(TICKET_REFERENCE.EVENTS.eq(inline(0)))
                                            .and(TICKET_REFERENCE.GIVER.in(inline(References.STAFF), TICKET.CREATED_BY))
                                            .or(TICKET_REFERENCE
                                                    .SEQ
                                                    .gt(inline(0))
                                                    .and(TICKET_REFERENCE.EVENTS.gt(inline(0)))
                                                    .and(TICKET_REFERENCE
                                                            .SEQ
                                                            .plus(TICKET_REFERENCE.EVENTS)
                                                            .le(TICKET.LAST_SEQ.plus(inline(1))))
                                                    .and(TICKET_REFERENCE
                                                            .GIVER
                                                            .eq(inline(References.STAFF))
                                                            .or(TICKET_EVENT
                                                                    .CREATED_BY
                                                                    .eq(TICKET_REFERENCE.GIVER)
                                                                    .and(TICKET_EVENT.PUBLIC_SEQ.isNotNull())))),
                                    DSL.condition(inline(false)))))
                            .from(TICKET_REFERENCE)
                            .leftJoin(TICKET_EVENT)
                            .on(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                            .and(TICKET_EVENT.SEQ.eq(TICKET_REFERENCE.SEQ))
                            .where(TICKET_REFERENCE.TICKET.eq(TICKET.ID))),
                    inline(true))
            .as("references_fit");

    /** An object whose one member is the references of the ticket that a query is at, those of which the id is there; empty without any. */
    static Field<JSONB> document(String member) {
        Field<UUID> eventId = DSL.field(select(TICKET_EVENT.ID)
                .from(TICKET_EVENT)
                .where(TICKET_EVENT.TICKET_ID.eq(TICKET.ID))
                .and(TICKET_EVENT.SEQ.eq(TICKET_REFERENCE.SEQ)));
        Field<JSONB> one = jsonbObject(
                        key("source").value(TICKET_REFERENCE.SOURCE),
                        key("id").value(TICKET_REFERENCE.ID),
                        key("event_id").value(eventId))
                .absentOnNull();
        return coalesce(
                DSL.field(select(jsonbObject(key(member)
                                .value(jsonbArrayAgg(one).orderBy(TICKET_REFERENCE.SEQ, TICKET_REFERENCE.KEY))))
                        .from(TICKET_REFERENCE)
                        .where(TICKET_REFERENCE.TICKET.eq(TICKET.ID))
                        .and(TICKET_REFERENCE.ID.isNotNull())
                        .having(DSL.count().gt(inline(0)))),
                inline(JSONB.valueOf("{}")));
    }

    /** The references that a customer's own desk was given, in the order of their keys, after one of them or from the first. */
    public static List<Map.Entry<UUID, Reference.Place>> given(
            Database database, Access access, @Nullable UUID after, int atMost) {
        SqlText sql = database.text(new GivenText(after == null, atMost), () -> given(access, after == null, atMost));
        Map<String, Object> values = access.values();
        if (after != null) {
            values.put("after", after);
        }
        return database.reads(reads -> reads.read(sql, values, rows -> {
            List<Map.Entry<UUID, Reference.Place>> given = new ArrayList<>();
            while (rows.next()) {
                given.add(Map.entry(
                        rows.id(),
                        new Reference.Place(
                                new Reference(rows.text(), rows.text()),
                                rows.id(),
                                Optional.ofNullable(rows.optionalId()))));
            }
            return given;
        }));
    }

    private record GivenText(boolean first, int atMost) {}

    private static Query given(Access access, boolean first, int atMost) {
        return select(Sent.all(List.of(
                        TICKET_REFERENCE.KEY,
                        TICKET_REFERENCE.SOURCE,
                        TICKET_REFERENCE.ID,
                        TICKET_REFERENCE.TICKET,
                        eventId(access.visibleEvents()))))
                .from(TICKET_REFERENCE)
                .where(access.ownReferences())
                .and(TICKET_REFERENCE.ID.isNotNull())
                .and(first ? DSL.noCondition() : TICKET_REFERENCE.KEY.gt(DSL.param("after", UUID.class)))
                .orderBy(TICKET_REFERENCE.KEY)
                .limit(inline(atMost));
    }

    /** The first event of the reference's command that may be seen; null for an opening. */
    private static Field<UUID> eventId(Condition visible) {
        return DSL.field(select(TICKET_EVENT.ID)
                .from(TICKET_EVENT)
                .where(TICKET_EVENT.TICKET_ID.eq(TICKET_REFERENCE.TICKET))
                .and(TICKET_EVENT.SEQ.ge(TICKET_REFERENCE.SEQ))
                .and(TICKET_EVENT.SEQ.lt(TICKET_REFERENCE.SEQ.plus(TICKET_REFERENCE.EVENTS)))
                .and(visible)
                .orderBy(TICKET_EVENT.SEQ)
                .limit(inline(1)));
    }
}
