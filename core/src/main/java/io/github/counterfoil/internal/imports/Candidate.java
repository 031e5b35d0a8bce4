package io.github.counterfoil.internal.imports;

import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * A ticket on its way in.
 *
 * @param bodies puts the body of an event, by its place from 0, into an object: with members that the types do not know, where
 *     it comes from a document. Asked for only if nothing is wrong with the events
 * @param unnamed ids of events that do not tell their author's name: it is the one that the author has
 * @param differences what else is wrong, seen from the ticket's state after all its events
 * @param remarks what is to be said of it if it comes in; asked for after the differences
 */
public record Candidate(
        ImportedTicket ticket,
        ObjIntConsumer<JsonObject> bodies,
        Set<UUID> unnamed,
        Function<TicketState, List<Fault>> differences,
        Supplier<List<Fault>> remarks) {

    static Candidate of(ImportedTicket ticket) {
        return new Candidate(
                ticket,
                (body, place) -> EventTypes.writeBody(ticket.events().get(place), body),
                Set.of(),
                state -> List.of(),
                List::of);
    }
}
