package io.github.counterfoil.internal.imports;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people who must be there for a ticket to come in, in the order in which it is told that one is not. */
final class ImportedPeople {
    private static final String CREATED_BY = "created_by";

    private final Map<Named, Person> people = new LinkedHashMap<>();

    private ImportedPeople() {}

    /** @param role null if either will do */
    private record Named(String field, @Nullable Role role, UUID id) {}

    /** @param seq of the first event that names the person there; 0 if the ticket itself does */
    record Person(String field, @Nullable Role role, UUID id, int seq) {}

    static Collection<Person> of(ImportedTicket ticket, TicketState state, List<TicketEvent> events) {
        ImportedPeople people = new ImportedPeople();
        for (TicketEvent event : events) {
            people.add(CREATED_BY, event.author().role(), event.author().id(), event.seq());
        }
        for (TicketEvent event : events) {
            if (event instanceof TicketEvent.AssignmentAdded added) {
                people.add("agent_id", Role.AGENT, added.agentId(), event.seq());
            } else if (event instanceof TicketEvent.CustomerUpdate update) {
                people.add("new_value", Role.CUSTOMER, update.newValue(), event.seq());
            } else if (event instanceof TicketEvent.ParticipantAdded added) {
                people.add("customer_id", Role.CUSTOMER, added.customerId(), event.seq());
            }
        }
        people.add("customer", Role.CUSTOMER, ticket.customerId(), 0);
        people.add("customer", Role.CUSTOMER, state.customerId(), 0);
        people.add(CREATED_BY, null, ticket.createdBy(), 0);
        return people.people.values();
    }

    private void add(String field, @Nullable Role role, UUID id, int seq) {
        people.putIfAbsent(new Named(field, role, id), new Person(field, role, id, seq));
    }

    static void put(Person person, JsonObject one) {
        one.put("field", person.field())
                .put("role", person.role() == null ? null : person.role().wireName())
                .put("id", person.id().toString())
                .put("seq", person.seq());
    }
}
