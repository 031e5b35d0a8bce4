package io.github.counterfoil.internal.imports;

import static io.github.counterfoil.internal.jooq.Tables.REGISTER_PLACEHOLDERS;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.JSONB;

/** The people whom a batch of tickets names, each by the event that names them first. Who is not registered is made up. */
final class Placeholders {
    private final Map<Actor, Mention> mentions = new LinkedHashMap<>();

    /**
     * Where a person is named.
     *
     * @param either whether a customer of this id would do as well
     */
    private record Mention(Fault place, Author author, boolean either) {}

    /** @param read the candidate's events, as they are read once they are stored */
    void add(long item, Candidate candidate, List<TicketEvent> read) {
        ImportedTicket ticket = candidate.ticket();
        for (TicketEvent event : read) {
            Author author = candidate.unnamed().contains(event.id())
                    ? unnamed(event.author().id(), event.author().role())
                    : event.author();
            mention(place(item, ticket, event.seq(), "created_by"), author, false);
        }
        for (TicketEvent event : read) {
            if (event instanceof TicketEvent.AssignmentAdded added) {
                mention(place(item, ticket, event.seq(), "agent_id"), unnamed(added.agentId(), Role.AGENT), false);
            } else if (event instanceof TicketEvent.ParticipantAdded added) {
                mention(
                        place(item, ticket, event.seq(), "customer_id"),
                        unnamed(added.customerId(), Role.CUSTOMER),
                        false);
            }
        }
        mention(place(item, ticket, 0, "created_by"), unnamed(ticket.createdBy(), Role.AGENT), true);
    }

    private static Fault place(long item, ImportedTicket ticket, int seq, String field) {
        return new Fault(item, ticket.id(), seq, field, "placeholder", null);
    }

    private static Author unnamed(UUID personId, Role role) {
        return new Author(personId, "Unknown", role == Role.CUSTOMER ? "Customer" : "Worker", role);
    }

    private void mention(Fault place, Author author, boolean either) {
        Actor person = new Actor(author.role(), author.id());
        boolean customer = mentions.containsKey(new Actor(Role.CUSTOMER, author.id()));
        if (!either || !customer) {
            mentions.putIfAbsent(person, new Mention(place, author, either));
        }
    }

    /** Makes up who is not registered; what is to be said of it. */
    List<Fault> register(Database database) {
        if (mentions.isEmpty()) {
            return List.of();
        }
        String people = JsonObject.array(
                mentions.values().stream().map(Placeholders::person).toList());
        List<Fault> made = database
                .write((dsl, frame) ->
                        dsl.fetch(REGISTER_PLACEHOLDERS(JSONB.valueOf(people), frame.patience(), frame.durable())))
                .stream()
                .map(row -> new Actor(Role.ofWireName(row.getRole()).orElseThrow(), row.getId()))
                .map(person -> Objects.requireNonNull(mentions.get(person)).place())
                .toList();
        mentions.clear();
        return made;
    }

    private static JsonObject person(Mention mention) {
        return new JsonObject()
                .put("id", mention.author().id().toString())
                .put("role", mention.author().role().wireName())
                .put("first_name", mention.author().firstName())
                .put("last_name", mention.author().lastName())
                .put("either", JsonValue.of(mention.either()));
    }
}
