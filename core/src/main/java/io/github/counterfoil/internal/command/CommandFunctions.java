package io.github.counterfoil.internal.command;

import static io.github.counterfoil.internal.jooq.Tables.APPLY_COMMAND;
import static io.github.counterfoil.internal.jooq.Tables.APPLY_TO_EACH;
import static io.github.counterfoil.internal.jooq.Tables.OPEN_TICKET;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.jooq.tables.ApplyToEachTable;
import io.github.counterfoil.internal.jooq.tables.records.OpenTicketRecord;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.json.StoredJson;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.internal.ticket.OpenTicket;
import io.github.counterfoil.internal.ticket.Opening;
import io.github.counterfoil.json.JsonValue;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.YearToSecond;
import org.jspecify.annotations.Nullable;

/**
 * Calls the functions of the schema that write tickets: one statement each. The text of those that run all day is made once,
 * and sent as it is: making it anew cost more than half of the memory of a command.
 */
public final class CommandFunctions {

    private static final int EXPECTED = 6;

    /** Of the bodies that a call on several tickets answers, as PostgreSQL prints them. */
    private static final long MAX_BYTES_OF_EACH = 64L * 1024 * 1024;

    private final String apply;
    private final String applyToEach;

    /** @param database any with the schema's name: the texts are the same on all its connections */
    public CommandFunctions(Database database) {
        Field<UUID> id = DSL.val(null, APPLY_COMMAND.ID);
        Field<String> text = DSL.val(null, APPLY_COMMAND.ROLE);
        Field<Integer> number = DSL.val(null, APPLY_COMMAND.SEQ);
        Field<Boolean> flag = DSL.val(null, SQLDataType.BOOLEAN);
        Field<Instant> moment = DSL.val(null, APPLY_COMMAND.CREATED_AT);
        Field<JSONB> json = DSL.val(null, APPLY_COMMAND.BODY);
        Field<YearToSecond> waiting = DSL.val(null, SQLDataType.INTERVAL);
        apply = database.rendered(
                DSL.selectFrom(APPLY_COMMAND(id, id, text, id, id, number, moment, json, number, flag)));
        applyToEach = database.rendered(bounded(APPLY_TO_EACH(id, text, json, moment, json, waiting, number, flag)));
    }

    /** Without the events of the tickets that pass the bound: an event may repeat a large text that it replaced. */
    private static Query bounded(ApplyToEachTable each) {
        Condition fits = DSL.sum(DSL.coalesce(DSL.octetLength(each.BODY.cast(String.class)), DSL.inline(0)))
                .over(DSL.orderBy(each.TICKET_ID))
                .le(DSL.inline(BigDecimal.valueOf(MAX_BYTES_OF_EACH)));
        return DSL.select(Stream.of(each.fields())
                        .filter(field -> !field.equals(each.ID) && !field.equals(each.BODY))
                        .toList())
                .select(
                        DSL.when(fits, each.ID).as(each.ID),
                        DSL.when(fits, each.BODY).as(each.BODY))
                .from(each)
                .orderBy(each.TICKET_ID, each.SEQ);
    }

    /**
     * One ticket's part of a call.
     *
     * @param expected the version that must hold; null for any
     */
    record Target(UUID ticketId, CommandKey key, @Nullable Integer expected) {}

    /**
     * What became of a command.
     *
     * @param outcome applied, replayed or unchanged; empty if refused
     * @param refused null unless refused
     * @param version the ticket's version on the actor's side; 0 if there is no ticket
     * @param events what was appended, now or before
     */
    record Applied(String outcome, @Nullable Refused refused, int version, List<EventRow> events) {}

    /**
     * What {@code open_ticket} answered.
     *
     * @param refused null unless refused
     * @param openedAt by this call or by the one that it repeats
     * @param customerEmail null if there is no such customer
     */
    record Opened(
            @Nullable Refused refused,
            Instant openedAt,
            @Nullable String customerEmail) {}

    Applied apply(
            Database database, UUID commandId, Actor actor, Target target, @Nullable Instant now, String changes) {
        return database.command(commandId, apply, (statement, frame) -> {
            bind(
                    statement,
                    target.ticketId(),
                    actor.id(),
                    actor.role().wireName(),
                    target.key().firstId(),
                    target.key().digest(),
                    null,
                    timestamp(now),
                    changes,
                    frame.patience(),
                    frame.durable());
            // With a type even if it is null: the driver prepares a statement anew when a parameter's type changes.
            statement.setObject(EXPECTED, target.expected(), Types.INTEGER);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                Answer answer = new Answer(actor, target.ticketId(), rows);
                do {
                    answer.addEvent(rows);
                } while (rows.next());
                return answer.applied();
            }
        });
    }

    /** In the order of the tickets' ids. */
    Map<UUID, Applied> applyToEach(
            Database database,
            UUID commandId,
            Actor actor,
            List<Target> targets,
            @Nullable Instant now,
            String changes,
            Duration waiting) {
        String items =
                JsonObject.array(targets.stream().map(CommandFunctions::item).toList());
        return database.command(commandId, applyToEach, (statement, frame) -> {
            bind(
                    statement,
                    actor.id(),
                    actor.role().wireName(),
                    items,
                    timestamp(now),
                    changes,
                    waiting.toString(),
                    frame.patience(),
                    frame.durable());
            Map<UUID, Answer> answers = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    UUID ticketId = rows.getObject("ticket_id", UUID.class);
                    Answer answer = answers.get(ticketId);
                    if (answer == null) {
                        answer = new Answer(actor, ticketId, rows);
                        answers.put(ticketId, answer);
                    }
                    answer.addEvent(rows);
                }
            }
            Map<UUID, Applied> applied = new LinkedHashMap<>();
            answers.forEach((ticketId, answer) -> applied.put(ticketId, answer.applied()));
            return applied;
        });
    }

    static Opened open(
            Database database, UUID commandId, Actor actor, CommandKey key, @Nullable Instant now, OpenTicket command) {
        return database.command(commandId, (dsl, frame) -> {
            OpenTicketRecord row = dsl.fetchSingle(OPEN_TICKET(
                    key.firstId(),
                    actor.id(),
                    actor.role().wireName(),
                    command.customerId(),
                    Opening.digest(command, actor.id()),
                    key.digest(),
                    now,
                    command.title(),
                    command.description(),
                    command.priority().wireName(),
                    command.tags().toArray(String[]::new),
                    JSONB.valueOf(JsonValue.ofObject(command.customFields()).text()),
                    command.channel(),
                    frame.patience(),
                    frame.durable()));
            return new Opened(
                    Refused.of(row.getRefusal(), row.getSubject()), row.getOpenedAt(), row.getCustomerEmail());
        });
    }

    private static JsonObject item(Target target) {
        JsonObject item = new JsonObject()
                .put("ticket", target.ticketId().toString())
                .put("event", target.key().firstId().toString())
                .put("command", target.key().digest().toString());
        return target.expected() == null ? item : item.put("expected", target.expected());
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** What the rows about one ticket say: each the same of the command, and one event. */
    private static final class Answer {
        private final Actor actor;
        private final UUID ticketId;
        private final String outcome;
        private final @Nullable Refused refused;
        private final int version;
        private final List<EventRow> events = new ArrayList<>();

        Answer(Actor actor, UUID ticketId, ResultSet first) throws SQLException {
            this.actor = actor;
            this.ticketId = ticketId;
            String stored = first.getString("outcome");
            outcome = stored == null ? "" : stored;
            refused = Refused.of(
                    first.getString("refusal"),
                    first.getString("field"),
                    first.getObject("limit", Long.class),
                    first.getObject("subject", UUID.class));
            version = first.getInt(actor.isCustomer() ? "public_version" : "version");
        }

        void addEvent(ResultSet row) throws SQLException {
            UUID id = row.getObject("id", UUID.class);
            if (id != null) {
                events.add(new EventRow(
                        ticketId,
                        row.getInt(actor.isCustomer() ? "public_seq" : "seq"),
                        id,
                        row.getString("type"),
                        row.getObject(actor.isCustomer() ? "public_at" : "created_at", OffsetDateTime.class)
                                .toInstant(),
                        row.getObject("created_by", UUID.class),
                        row.getString("created_by_first_name"),
                        row.getString("created_by_last_name"),
                        Role.ofWireName(row.getString("role")).orElseThrow(),
                        Visibility.ofWireName(row.getString("visibility")).orElseThrow(),
                        StoredJson.of(row.getBytes("body")),
                        null));
            }
        }

        Applied applied() {
            return new Applied(outcome, refused, version, events);
        }
    }
}
