package io.github.counterfoil.internal.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.event.EventBody;
import io.github.counterfoil.internal.ticket.TicketState;
import java.util.List;
import java.util.function.Function;

/**
 * A ticket on its way in.
 *
 * @param bodies of its events, in their order: with members that the types do not know, where it comes from a document
 * @param differences what else is wrong, seen from the ticket's state after all its events
 */
public record Candidate(
        ImportedTicket ticket, List<ObjectNode> bodies, Function<TicketState, List<Fault>> differences) {

    static Candidate of(ImportedTicket ticket) {
        return new Candidate(ticket, ticket.events().stream().map(EventBody::of).toList(), state -> List.of());
    }
}
