package io.github.counterfoil.replay;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Turns each ticket's operations into its history and imports it. */
final class ImportReplay {
    private final OperationLog log;
    private final Identities identities;

    ImportReplay(OperationLog log, Identities identities) {
        this.log = log;
        this.identities = identities;
    }

    void run(TicketService tickets, Progress progress) {
        Iterator<ImportedTicket> imported = log.byTicket().entrySet().stream()
                .map(entry -> {
                    ImportedTicket ticket = ticket(entry.getKey(), entry.getValue());
                    identities.bind(entry.getKey(), ticket.id());
                    progress.advance(entry.getValue().size());
                    return ticket;
                })
                .iterator();
        Imports.Report report = tickets.imports().run(imported);
        if (!report.faults().isEmpty()) {
            throw refused(report);
        }
    }

    private BadInput refused(Imports.Report report) {
        Imports.Report.Fault fault = report.faults().get(0);
        // The creation is no event: event n is operation n.
        String place = Objects.requireNonNull(log.byTicket().get(identities.key(fault.id())))
                .get(fault.seq())
                .place();
        int others = report.faults().size() - 1;
        return new BadInput(place + ": " + fault.field() + " is " + fault.code().replace('_', ' ')
                + (others == 0 ? "" : ", and " + others + " other faults"));
    }

    private ImportedTicket ticket(String key, List<Operation> operations) {
        UUID id = Identities.ticket(key);
        Operation create = operations.get(0);
        List<TicketEvent> events = new ArrayList<>();
        for (int seq = 1; seq < operations.size(); seq++) {
            events.add(event(id, seq, operations.get(seq)));
        }
        NewTicket start = NewTicket.of(create.text("title"), create.text("description"))
                .priority(create.priority("priority"))
                .channel(create.text("channel"))
                .tags(create.tags().toArray(String[]::new));
        return ImportedTicket.of(id, start, identities.customer(key), create.at())
                .createdBy(Identities.person(create.by()))
                .events(events);
    }

    private static TicketEvent event(UUID ticketId, int seq, Operation operation) {
        return switch (operation.name()) {
            case "status" ->
                new TicketEvent.StatusUpdate(
                        header(ticketId, seq, operation, Visibility.PUBLIC),
                        operation.status("old"),
                        operation.status("new"));
            case "field-added" ->
                new TicketEvent.FieldAdded(
                        header(ticketId, seq, operation, Visibility.PRIVATE),
                        operation.text("field"),
                        operation.value("value"));
            case "field-removed" ->
                new TicketEvent.FieldRemoved(
                        header(ticketId, seq, operation, Visibility.PRIVATE),
                        operation.text("field"),
                        operation.value("old"));
            case "assign" ->
                new TicketEvent.AssignmentAdded(
                        header(ticketId, seq, operation, Visibility.PUBLIC), Identities.person(operation.agent()));
            case "unassign" ->
                new TicketEvent.AssignmentRemoved(
                        header(ticketId, seq, operation, Visibility.PUBLIC), Identities.person(operation.agent()));
            case "note" ->
                new TicketEvent.NoteAdded(header(ticketId, seq, operation, Visibility.PRIVATE), operation.text("text"));
            case "message" ->
                new TicketEvent.Message(
                        header(ticketId, seq, operation, Visibility.PUBLIC),
                        operation.text("text"),
                        List.<JsonValue>of());
            case "priority" ->
                new TicketEvent.PriorityUpdate(
                        header(ticketId, seq, operation, Visibility.PUBLIC),
                        operation.priority("old"),
                        operation.priority("new"));
            default -> throw new BadInput(operation.place() + ": unknown op");
        };
    }

    private static TicketEvent.Header header(UUID ticketId, int seq, Operation operation, Visibility visibility) {
        String[] name = Naming.name(operation.by());
        Author author = new Author(Identities.person(operation.by()), name[0], name[1], operation.role());
        UUID id = UUID.nameUUIDFromBytes((ticketId + " " + seq).getBytes(StandardCharsets.UTF_8));
        return new TicketEvent.Header(id, ticketId, seq, operation.at(), author, visibility);
    }
}
