package io.github.counterfoil.internal.ticket;

import static io.github.counterfoil.internal.jooq.Tables.APPLY_COMMAND;
import static io.github.counterfoil.internal.jooq.Tables.OPEN_TICKET;

import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.OpenTicket;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.jooq.tables.records.ApplyCommandRecord;
import io.github.counterfoil.internal.jooq.tables.records.OpenTicketRecord;
import io.github.counterfoil.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/** Calls the two functions of the schema that write tickets: one statement each. */
public final class TicketFunctions {

    private TicketFunctions() {}

    /**
     * What {@code apply_command} answered.
     *
     * @param outcome applied, replayed, unchanged, or the name of a refusal
     * @param detail what a refusal is about; empty for most
     * @param version the ticket's version on the actor's side; 0 if there is no ticket
     * @param events what was appended, now or before
     */
    public record Applied(String outcome, String detail, int version, List<EventRow> events) {}

    /**
     * What {@code open_ticket} answered.
     *
     * @param outcome applied, replayed, or the name of a refusal
     * @param openedAt null unless applied
     * @param customerEmail null if there is no such customer
     */
    public record Opened(
            String outcome,
            @Nullable Instant openedAt,
            @Nullable String customerEmail) {}

    public static Applied apply(
            DSLContext dsl,
            Actor actor,
            UUID ticketId,
            CommandKey key,
            @Nullable Integer expected,
            @Nullable Instant now,
            String change,
            String args) {
        Result<ApplyCommandRecord> rows = dsl.fetch(APPLY_COMMAND(
                ticketId,
                actor.id(),
                actor.role().wireName(),
                key.firstId(),
                key.digest(),
                expected,
                now,
                change,
                JSONB.valueOf(args)));
        ApplyCommandRecord first = rows.get(0);
        Integer version = actor.isCustomer() ? first.getPublicVersion() : first.getVersion();
        return new Applied(
                first.getOutcome(),
                first.getDetail() == null ? "" : first.getDetail(),
                version == null ? 0 : version,
                rows.stream()
                        .filter(row -> row.getId() != null)
                        .map(row -> eventRow(actor, ticketId, row))
                        .toList());
    }

    public static Opened open(DSLContext dsl, Actor actor, CommandKey key, @Nullable Instant now, OpenTicket command) {
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
        return new Opened(row.getOutcome(), row.getOpenedAt(), row.getCustomerEmail());
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
