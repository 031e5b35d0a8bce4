package io.github.counterfoil.internal.command;

import static io.github.counterfoil.internal.jooq.Tables.APPLY_COMMAND;
import static io.github.counterfoil.internal.jooq.Tables.APPLY_TO_EACH;
import static io.github.counterfoil.internal.jooq.Tables.OPEN_TICKET;
import static org.jooq.impl.DSL.noCondition;

import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Rows;
import io.github.counterfoil.internal.database.Sent;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.jooq.tables.ApplyCommandTable;
import io.github.counterfoil.internal.jooq.tables.ApplyToEachTable;
import io.github.counterfoil.internal.jooq.tables.OpenTicketTable;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.json.StoredJson;
import io.github.counterfoil.internal.reference.References;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.internal.ticket.OpenTicket;
import io.github.counterfoil.internal.ticket.Opening;
import io.github.counterfoil.json.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Calls the functions of the schema that write tickets: one statement each. */
final class CommandFunctions {
    /** Of the bodies that a call on several tickets answers, as PostgreSQL prints them. */
    private static final long MAX_BYTES_OF_EACH = 64L * 1024 * 1024;

    private CommandFunctions() {}

    /**
     * One ticket's part of a call.
     *
     * @param expected the version that must hold; null for any
     */
    record Target(UUID ticketId, CommandKey key, @Nullable Integer expected) {}

    /**
     * What became of a command.
     *
     * @param ticketId the ticket; under a reference that was given before, the one that it is on
     * @param outcome applied, replayed or unchanged; empty if refused
     * @param refused null unless refused
     * @param version the ticket's version on the actor's side; 0 if there is no ticket
     * @param events what was appended, now or before
     */
    record Applied(UUID ticketId, String outcome, @Nullable Refused refused, int version, List<EventRow> events) {}

    /**
     * What {@code open_ticket} answered.
     *
     * @param refused null unless refused
     * @param openedAt by this call or by the one that it repeats; null if refused
     * @param customerEmail null if there is no such customer
     * @param number the ticket's; null if refused
     * @param existing the ticket on which its reference is; null if it was given for the first time
     */
    record Opened(
            @Nullable Refused refused,
            @Nullable Instant openedAt,
            @Nullable String customerEmail,
            @Nullable Long number,
            @Nullable UUID existing) {}

    /** What the text of a call depends on. */
    private record Text(Called function, boolean customer) {}

    private enum Called {
        APPLY_COMMAND,
        APPLY_TO_EACH,
        OPEN_TICKET
    }

    static Applied apply(
            Database database,
            UUID commandId,
            Actor actor,
            Target target,
            @Nullable Instant now,
            String changes,
            @Nullable String reference) {
        boolean customer = actor.isCustomer();
        return database.command(
                commandId,
                database.text(new Text(Called.APPLY_COMMAND, customer), () -> applyCommand(customer)),
                frame -> Arrays.asList(
                        target.ticketId(),
                        actor.id(),
                        actor.role().wireName(),
                        target.key().firstId(),
                        target.key().digest(),
                        target.expected(),
                        timestamp(now),
                        changes,
                        reference,
                        frame.patience(),
                        frame.durable()),
                rows -> {
                    rows.next();
                    Answer answer = new Answer(rows.id(), rows);
                    while (rows.next()) {
                        rows.skip(1);
                        answer.addEvent(rows);
                    }
                    return answer.applied();
                });
    }

    private static Query applyCommand(boolean customer) {
        ApplyCommandTable answer = APPLY_COMMAND(
                param("ticket", SQLDataType.UUID),
                param("actor", SQLDataType.UUID),
                param("role", SQLDataType.CLOB),
                param("event", SQLDataType.UUID),
                param("command", SQLDataType.UUID),
                param("expected", SQLDataType.INTEGER),
                param("now", SQLDataType.INSTANT),
                param("changes", SQLDataType.JSONB),
                param("reference", SQLDataType.JSONB),
                param("patience", SQLDataType.INTEGER),
                param("durable", SQLDataType.BOOLEAN));
        List<Field<?>> columns = new ArrayList<>(List.of(
                answer.TICKET_ID,
                answer.OUTCOME,
                answer.REFUSAL,
                answer.FIELD,
                answer.LIMIT,
                answer.SUBJECT,
                answer.PLACE,
                customer ? answer.PUBLIC_VERSION : answer.VERSION,
                answer.BODY.cast(SQLDataType.CLOB)));
        columns.addAll(EventRepository.header(
                answer, customer ? answer.PUBLIC_SEQ : answer.SEQ, customer ? answer.PUBLIC_AT : answer.CREATED_AT));
        return DSL.select(Sent.all(columns))
                .from(answer)
                .where(customer ? shown(answer.ID, answer.PUBLIC_SEQ) : noCondition());
    }

    /** What follows from a customer's command for the staff alone is not told; a refusal tells of no event. */
    private static Condition shown(Field<UUID> eventId, Field<Integer> publicSeq) {
        return eventId.isNull().or(publicSeq.isNotNull());
    }

    /** In the order of the tickets' ids. */
    static Map<UUID, Applied> applyToEach(
            Database database,
            UUID commandId,
            Actor actor,
            List<Target> targets,
            @Nullable Instant now,
            String changes,
            Duration waiting) {
        boolean customer = actor.isCustomer();
        String items =
                JsonObject.array(targets.stream().map(CommandFunctions::item).toList());
        return database.command(
                commandId,
                database.text(new Text(Called.APPLY_TO_EACH, customer), () -> applyToEach(customer)),
                frame -> Arrays.asList(
                        actor.id(),
                        actor.role().wireName(),
                        items,
                        timestamp(now),
                        changes,
                        waiting.toString(),
                        frame.patience(),
                        frame.durable()),
                CommandFunctions::answers);
    }

    private static Map<UUID, Applied> answers(Rows rows) {
        Map<UUID, Answer> answers = new LinkedHashMap<>();
        while (rows.next()) {
            UUID ticketId = rows.id();
            Answer answer = answers.get(ticketId);
            if (answer == null) {
                answers.put(ticketId, new Answer(ticketId, rows));
            } else {
                answer.addEvent(rows);
            }
        }
        Map<UUID, Applied> applied = new LinkedHashMap<>();
        answers.forEach((ticketId, answer) -> applied.put(ticketId, answer.applied()));
        return applied;
    }

    /** Without the events of the tickets that pass the bound: an event may repeat a large text that it replaced. */
    private static Query applyToEach(boolean customer) {
        ApplyToEachTable each = APPLY_TO_EACH(
                param("actor", SQLDataType.UUID),
                param("role", SQLDataType.CLOB),
                param("items", SQLDataType.JSONB),
                param("now", SQLDataType.INSTANT),
                param("changes", SQLDataType.JSONB),
                param("waiting", SQLDataType.INTERVAL),
                param("patience", SQLDataType.INTEGER),
                param("durable", SQLDataType.BOOLEAN));
        Field<String> body = each.BODY.cast(SQLDataType.CLOB);
        Condition fits = DSL.sum(DSL.coalesce(DSL.octetLength(body), DSL.inline(0)))
                .over(DSL.orderBy(each.TICKET_ID))
                .le(DSL.inline(BigDecimal.valueOf(MAX_BYTES_OF_EACH)));
        List<Field<?>> columns = new ArrayList<>(List.of(
                each.TICKET_ID,
                each.OUTCOME,
                each.REFUSAL,
                each.FIELD,
                each.LIMIT,
                each.SUBJECT,
                each.PLACE,
                customer ? each.PUBLIC_VERSION : each.VERSION,
                DSL.when(fits, body)));
        columns.addAll(EventRepository.header(
                each, customer ? each.PUBLIC_SEQ : each.SEQ, customer ? each.PUBLIC_AT : each.CREATED_AT));
        return DSL.select(Sent.all(columns))
                .from(each)
                .where(customer ? shown(each.ID, each.PUBLIC_SEQ) : noCondition())
                .orderBy(each.TICKET_ID, each.SEQ);
    }

    static Opened open(
            Database database,
            UUID commandId,
            Actor actor,
            CommandKey key,
            @Nullable Instant now,
            OpenTicket command,
            @Nullable String words) {
        UUID opening = Opening.digest(command, actor.id());
        String fields = JsonValue.ofObject(command.customFields()).text();
        return database.command(
                commandId,
                database.text(new Text(Called.OPEN_TICKET, actor.isCustomer()), CommandFunctions::openTicket),
                frame -> Arrays.asList(
                        key.firstId(),
                        actor.id(),
                        actor.role().wireName(),
                        command.customerId(),
                        opening,
                        key.digest(),
                        timestamp(now),
                        command.title(),
                        command.description(),
                        command.priority().wireName(),
                        JsonObject.strings(command.tags()),
                        fields,
                        command.channel(),
                        words,
                        References.json(actor, command.reference()),
                        frame.patience(),
                        frame.durable()),
                rows -> {
                    rows.next();
                    return new Opened(
                            Refused.of(rows.optionalText(), rows.optionalId()),
                            rows.optionalTime(),
                            rows.optionalText(),
                            rows.optionalLargeNumber(),
                            rows.optionalId());
                });
    }

    private static Query openTicket() {
        OpenTicketTable answer = OPEN_TICKET(
                param("ticket", SQLDataType.UUID),
                param("actor", SQLDataType.UUID),
                param("role", SQLDataType.CLOB),
                param("customer", SQLDataType.UUID),
                param("opening", SQLDataType.UUID),
                param("command", SQLDataType.UUID),
                param("now", SQLDataType.INSTANT),
                param("title", SQLDataType.CLOB),
                param("description", SQLDataType.CLOB),
                param("priority", SQLDataType.CLOB),
                param("tags", SQLDataType.JSONB),
                param("custom_fields", SQLDataType.JSONB),
                param("channel", SQLDataType.CLOB),
                param("words", SQLDataType.JSONB),
                param("reference", SQLDataType.JSONB),
                param("patience", SQLDataType.INTEGER),
                param("durable", SQLDataType.BOOLEAN));
        return DSL.select(Sent.all(List.of(
                        answer.REFUSAL,
                        answer.SUBJECT,
                        answer.OPENED_AT,
                        answer.CUSTOMER_EMAIL,
                        answer.NUMBER,
                        answer.EXISTING)))
                .from(answer);
    }

    private static <T> Param<T> param(String name, DataType<T> type) {
        return DSL.param(name, type);
    }

    private static JsonObject item(Target target) {
        JsonObject item = new JsonObject()
                .put("ticket", target.ticketId().toString())
                .put("event", target.key().firstId().toString())
                .put("command", target.key().digest().toString());
        return target.expected() == null ? item : item.put("expected", target.expected());
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** What the rows about one ticket say: each the same of the command, and one event. */
    private static final class Answer {
        private final UUID ticketId;
        private final String outcome;
        private final @Nullable Refused refused;
        private final int version;
        private final List<EventRow> events = new ArrayList<>(1);

        Answer(UUID ticketId, Rows first) {
            this.ticketId = ticketId;
            outcome = Objects.requireNonNullElse(first.optionalText(), "");
            refused = Refused.of(
                    first.optionalText(),
                    first.optionalText(),
                    first.optionalLargeNumber(),
                    first.optionalId(),
                    first.optionalNumber());
            version = Objects.requireNonNullElse(first.optionalNumber(), 0);
            readEvent(first);
        }

        void addEvent(Rows row) {
            row.skip(7);
            readEvent(row);
        }

        private void readEvent(Rows row) {
            if (!row.isNull()) {
                StoredJson body = row.json();
                events.add(EventRepository.event(row, ticketId, body));
            }
        }

        Applied applied() {
            return new Applied(ticketId, outcome, refused, version, events);
        }
    }
}
