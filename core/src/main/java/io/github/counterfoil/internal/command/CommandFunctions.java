package io.github.counterfoil.internal.command;

import static io.github.counterfoil.internal.jooq.Tables.APPLY_COMMAND;
import static io.github.counterfoil.internal.jooq.Tables.APPLY_TO_EACH;
import static io.github.counterfoil.internal.jooq.Tables.OPEN_TICKET;

import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.jooq.tables.records.ApplyCommandRecord;
import io.github.counterfoil.internal.jooq.tables.records.ApplyToEachRecord;
import io.github.counterfoil.internal.jooq.tables.records.OpenTicketRecord;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.internal.ticket.OpenTicket;
import io.github.counterfoil.internal.ticket.Opening;
import io.github.counterfoil.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.types.YearToSecond;
import org.jspecify.annotations.Nullable;

/** Calls the functions of the schema that write tickets: one statement each. */
final class CommandFunctions {

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
     * @param outcome applied, replayed or unchanged; empty if refused
     * @param refused null unless refused
     * @param version the ticket's version on the actor's side; 0 if there is no ticket
     * @param events what was appended, now or before
     */
    record Applied(String outcome, @Nullable Refused refused, int version, List<EventRow> events) {}

    /**
     * What {@code open_ticket} answered.
     *
     * @param outcome applied or replayed; empty if refused
     * @param refused null unless refused
     * @param openedAt null unless opened now
     * @param customerEmail null if there is no such customer
     */
    record Opened(
            String outcome,
            @Nullable Refused refused,
            @Nullable Instant openedAt,
            @Nullable String customerEmail) {}

    static Applied apply(DSLContext dsl, Actor actor, Target target, @Nullable Instant now, String changes) {
        List<ApplyCommandRecord> rows = dsl.fetch(APPLY_COMMAND(
                target.ticketId(),
                actor.id(),
                actor.role().wireName(),
                target.key().firstId(),
                target.key().digest(),
                target.expected(),
                now,
                JSONB.valueOf(changes)));
        return applied(actor, target.ticketId(), rows);
    }

    /** In the order of the tickets' ids. */
    static Map<UUID, Applied> applyToEach(
            DSLContext dsl,
            Actor actor,
            List<Target> targets,
            @Nullable Instant now,
            String changes,
            Duration patience) {
        String items =
                JsonObject.array(targets.stream().map(CommandFunctions::item).toList());
        Map<UUID, List<ApplyCommandRecord>> rows = new LinkedHashMap<>();
        for (ApplyToEachRecord row : dsl.fetch(APPLY_TO_EACH(
                actor.id(),
                actor.role().wireName(),
                JSONB.valueOf(items),
                now,
                JSONB.valueOf(changes),
                YearToSecond.valueOf(patience)))) {
            rows.computeIfAbsent(row.getTicketId(), id -> new ArrayList<>()).add(row.into(APPLY_COMMAND));
        }
        Map<UUID, Applied> applied = new LinkedHashMap<>();
        rows.forEach((ticketId, ofTicket) -> applied.put(ticketId, applied(actor, ticketId, ofTicket)));
        return applied;
    }

    static Opened open(DSLContext dsl, Actor actor, CommandKey key, @Nullable Instant now, OpenTicket command) {
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
                command.channel()));
        return new Opened(
                row.getOutcome() == null ? "" : row.getOutcome(),
                Refused.of(row.getRefusal(), row.getSubject()),
                row.getOpenedAt(),
                row.getCustomerEmail());
    }

    private static JsonObject item(Target target) {
        JsonObject item = new JsonObject()
                .put("ticket", target.ticketId().toString())
                .put("event", target.key().firstId().toString())
                .put("command", target.key().digest().toString());
        return target.expected() == null ? item : item.put("expected", target.expected());
    }

    private static Applied applied(Actor actor, UUID ticketId, List<ApplyCommandRecord> rows) {
        ApplyCommandRecord first = rows.get(0);
        Integer version = actor.isCustomer() ? first.getPublicVersion() : first.getVersion();
        return new Applied(
                first.getOutcome() == null ? "" : first.getOutcome(),
                Refused.of(first.getRefusal(), first.getField(), first.getLimit(), first.getSubject()),
                version == null ? 0 : version,
                rows.stream()
                        .filter(row -> row.getId() != null)
                        .map(row -> eventRow(actor, ticketId, row))
                        .toList());
    }

    private static EventRow eventRow(Actor actor, UUID ticketId, ApplyCommandRecord row) {
        return new EventRow(
                ticketId,
                actor.isCustomer() ? row.getPublicSeq() : row.getSeq(),
                row.getId(),
                row.getType(),
                actor.isCustomer() ? row.getPublicAt() : row.getCreatedAt(),
                row.getCreatedBy(),
                row.getCreatedByFirstName(),
                row.getCreatedByLastName(),
                row.getRole(),
                row.getVisibility(),
                row.getBody().data(),
                null);
    }
}
