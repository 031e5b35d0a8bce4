package io.github.counterfoil.internal.document;

import static io.github.counterfoil.internal.jooq.Tables.CUSTOMERS;

import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.database.DocumentJson;
import io.github.counterfoil.internal.desk.PostgresCustomerDesk;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.HistoryRepository;
import io.github.counterfoil.internal.event.ReferenceRepository;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.ticket.QueryRepository;
import io.github.counterfoil.internal.ticket.SummaryShape;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Field;

/** Writes what a customer's own desk shows them, and no other: what is the staff's is not even read. */
final class CustomerExport {
    private static final PageRequest FIRST_PAGE = PageRequest.oldestFirst(200);

    private static final int REFERENCES_AT_ONCE = 1_000;

    private final ServiceContext context;
    private final UUID customerId;
    private final Writer out;

    CustomerExport(ServiceContext context, UUID customerId, Writer out) {
        this.context = context.withoutReplica();
        this.customerId = customerId;
        this.out = out;
    }

    boolean write() throws IOException {
        // The feedback stands in the tickets, as far as customers see it.
        Field<?>[] columns = Stream.of(CUSTOMERS.fields())
                .filter(field -> !field.equals(CUSTOMERS.FEEDBACK_HISTORY))
                .toArray(Field<?>[]::new);
        Optional<String> row = context.database()
                .read(dsl -> dsl.select(DocumentJson.object(columns))
                        .from(CUSTOMERS)
                        .where(CUSTOMERS.ID.eq(customerId))
                        .fetchOptional(found -> found.value1().data()));
        if (row.isEmpty()) {
            return false;
        }
        out.write("{\"customer\": ");
        out.write(row.get());
        out.write(", \"tickets\": [");
        PostgresCustomerDesk desk = new PostgresCustomerDesk(context, customerId);
        Access access = context.access(new Actor(Role.CUSTOMER, customerId));
        SummaryShape<CustomerTicketSummary> shape = SummaryShape.customer(context.agentDisplay());
        TicketQuery own = TicketQuery.all().ofCustomer(customerId);
        String separator = "";
        PageRequest request = FIRST_PAGE;
        while (request != null) {
            Page<CustomerTicketSummary> page = QueryRepository.find(context.database(), access, shape, own, request);
            for (CustomerTicketSummary ticket : page.items()) {
                CustomerHandle handle = desk.on(ticket.id());
                // It may have gone to somebody else meanwhile.
                Optional<CustomerTicket> whole = handle.findTicket();
                if (whole.isPresent()) {
                    out.write(separator);
                    separator = ", ";
                    write(whole.get(), handle);
                }
            }
            request = page.next().map(FIRST_PAGE::after).orElse(null);
        }
        out.write("], \"events\": [");
        writeWrittenElsewhere(access);
        out.write("], \"read\": [");
        new MarksExport(context.database(), access, out).write();
        out.write("], \"references\": [");
        writeReferences(access);
        out.write("]}");
        return true;
    }

    /** Also on tickets that have gone to others since: they chose them. */
    private void writeReferences(Access access) throws IOException {
        String separator = "";
        List<Map.Entry<UUID, Reference.Place>> given =
                ReferenceRepository.given(context.database(), access, null, REFERENCES_AT_ONCE);
        while (!given.isEmpty()) {
            for (Map.Entry<UUID, Reference.Place> one : given) {
                Reference.Place place = one.getValue();
                out.write(separator);
                separator = ", ";
                out.write(new JsonObject()
                        .put("source", place.reference().source())
                        .put("id", place.reference().id())
                        .put("ticket_id", place.ticketId().toString())
                        .put("event_id", place.eventId().map(UUID::toString).orElse(null))
                        .text());
            }
            UUID last = given.get(given.size() - 1).getKey();
            given = ReferenceRepository.given(context.database(), access, last, REFERENCES_AT_ONCE);
        }
    }

    /** Of a ticket that is another's only what they wrote is theirs. */
    private void writeWrittenElsewhere(Access access) throws IOException {
        String separator = "";
        List<EventRow> events = HistoryRepository.writtenElsewhere(context.database(), access, null);
        while (!events.isEmpty()) {
            for (EventRow row : events) {
                Optional<CustomerEvent> event = context.events().forCustomer(row, context.agentDisplay());
                if (event.isPresent()) {
                    out.write(separator);
                    separator = ", ";
                    out.write(json(event.get())
                            .put("ticket_id", row.ticketId().toString())
                            .text());
                }
            }
            events = HistoryRepository.writtenElsewhere(context.database(), access, events.get(events.size() - 1));
        }
    }

    private void write(CustomerTicket ticket, CustomerHandle handle) throws IOException {
        String members = new JsonObject()
                .put("id", ticket.id().toString())
                .put(EventRepository.NUMBER, ticket.number())
                .put("title", ticket.title())
                .put("description", ticket.description())
                .put("status", ticket.status().wireName())
                .put("priority", ticket.priority().wireName())
                .put("source_channel", ticket.sourceChannel().orElse(null))
                .put("created_at", JsonMembers.momentText(ticket.createdAt()))
                .put("updated_at", JsonMembers.momentText(ticket.updatedAt()))
                .putStrings("assigned_to", ticket.assignedTo())
                .putText(
                        "feedback",
                        ticket.feedback().map(CustomerExport::feedback).orElse("null"))
                .text();
        out.write(members, 0, members.length() - 1);
        out.write(", \"ticket_history\": {\"events\": [");
        String separator = "";
        PageRequest request = FIRST_PAGE;
        while (request != null) {
            Page<CustomerEvent> page = handle.history(request);
            for (CustomerEvent event : page.items()) {
                out.write(separator);
                separator = ", ";
                out.write(json(event).text());
            }
            request = page.next().map(FIRST_PAGE::after).orElse(null);
        }
        out.write("]}}");
    }

    private static String feedback(CustomerTicket.Feedback feedback) {
        return new JsonObject()
                .put("rating", feedback.rating())
                .put("comment", feedback.comment())
                .put("submitted_at", JsonMembers.momentText(feedback.submittedAt()))
                .text();
    }

    private static JsonObject json(CustomerEvent event) {
        JsonObject json = new JsonObject()
                .put("id", event.id().toString())
                .put("type", event.type())
                .put("created_at", JsonMembers.momentText(event.createdAt()))
                .put("created_by_name", event.authorName())
                .put("role", event.role().wireName())
                .put("visibility", Visibility.PUBLIC.wireName());
        EventTypes.writeShown(event, json);
        return json;
    }
}
