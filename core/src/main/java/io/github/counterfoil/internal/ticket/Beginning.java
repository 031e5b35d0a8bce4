package io.github.counterfoil.internal.ticket;

import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a ticket started with. {@code ticket.beginning} holds the parts of it that have changed since; all others are as
 * they are now.
 *
 * @param customerId whose ticket it was
 */
public record Beginning(NewTicket start, UUID customerId) {
    private static final String TITLE = "title";
    private static final String DESCRIPTION = "description";
    private static final String PRIORITY = "priority";
    private static final String CHANNEL = "source_channel";
    private static final String TAGS = "tags";
    private static final String FIELDS = "custom_fields";
    private static final String CUSTOMER = "customer_id";
    private static final Set<String> PARTS = Set.of(TITLE, DESCRIPTION, PRIORITY, CHANNEL, TAGS, FIELDS, CUSTOMER);

    /** @throws UnfitMember if {@code ticket.beginning} holds something else than parts of a ticket */
    public static Beginning of(TicketRecord row) throws UnfitMember {
        NewTicket now = now(row);
        JsonMembers changed = JsonMembers.read(row.getBeginning().data());
        changed.requireOnly(PARTS);
        NewTicket start = NewTicket.of(
                        changed.has(TITLE) ? changed.text(TITLE) : now.title(),
                        changed.has(DESCRIPTION) ? changed.text(DESCRIPTION) : now.description())
                .priority(changed.has(PRIORITY) ? changed.constant(PRIORITY, Priority::ofWireName) : now.priority())
                .channel(changed.has(CHANNEL) ? changed.optionalText(CHANNEL) : now.channel())
                .tags((changed.has(TAGS) ? changed.texts(TAGS) : now.tags()).toArray(String[]::new))
                .customFields(changed.has(FIELDS) ? changed.object(FIELDS).values() : now.customFields());
        return new Beginning(start, changed.has(CUSTOMER) ? changed.id(CUSTOMER) : row.getCustomerId());
    }

    /** As if nothing had changed since. */
    public static Beginning asNow(TicketRecord row) {
        return new Beginning(now(row), row.getCustomerId());
    }

    /** What no ticket has is left out, so that it differs from what the history says. */
    private static NewTicket now(TicketRecord row) {
        return NewTicket.of(row.getTitle(), row.getDescription())
                .priority(Priority.ofWireName(row.getPriority()).orElse(Priority.MEDIUM))
                .channel(row.getSourceChannel())
                .tags(Stream.of(row.getTags()).filter(Objects::nonNull).toArray(String[]::new))
                .customFields(JsonValue.parse(row.getCustomFields().data()).members());
    }

    /** The state before the first event. */
    public TicketState state() {
        return new TicketState(start, customerId);
    }

    /** The digest that {@code ticket.opening} holds. */
    public UUID digest(UUID createdBy) {
        return Opening.digest(OpenTicket.of(customerId, start), createdBy);
    }

    /** What {@code ticket.beginning} holds of it once the ticket is so. */
    public JsonObject changedIn(TicketState now) {
        JsonObject changed = new JsonObject();
        if (!now.all().title().equals(start.title())) {
            changed.put(TITLE, start.title());
        }
        if (!now.all().description().equals(start.description())) {
            changed.put(DESCRIPTION, start.description());
        }
        if (now.all().priority() != start.priority()) {
            changed.put(PRIORITY, start.priority().wireName());
        }
        if (!List.copyOf(now.tags()).equals(start.tags())) {
            changed.putStrings(TAGS, start.tags());
        }
        if (!now.fields().equals(start.customFields())) {
            changed.put(FIELDS, JsonValue.ofObject(start.customFields()));
        }
        if (!now.customerId().equals(customerId)) {
            changed.put(CUSTOMER, customerId.toString());
        }
        return changed;
    }
}
