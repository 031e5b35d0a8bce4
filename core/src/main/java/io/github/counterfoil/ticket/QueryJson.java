package io.github.counterfoil.ticket;

import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.TicketQuery.Span;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Queries as JSON: a member for each condition, with the name that its faults have, and none for what does not matter. */
final class QueryJson {

    private QueryJson() {}

    static JsonValue of(TicketQuery query) {
        JsonObject json = new JsonObject();
        many(json, "status", query.statuses());
        many(json, "priority", query.priorities());
        many(json, "assigned_to", query.assigneeIds());
        json.putPresent("unassigned", query.isUnassigned() ? true : null);
        json.putPresent("customer", query.customerId());
        json.putPresent("followed_by", query.followerId());
        many(json, "tags", query.allTags());
        many(json, "any_tag", query.anyTags());
        many(json, "no_tag", query.noTags());
        many(json, "channel", query.channels());
        if (!query.fields().isEmpty()) {
            json.putAny("fields", query.fields());
        }
        many(json, "has_field", query.heldFields());
        span(json, "created", query.created());
        span(json, "updated", query.updated());
        span(json, "closed", query.closed());
        span(json, "status_since", query.statusSince());
        json.putPresent("responded", query.responded());
        json.putPresent("unanswered_since", query.unansweredSince());
        json.putPresent("snoozed", query.snoozed());
        span(json, "woke", query.woke());
        json.putPresent("number", query.number());
        json.putPresent("text", query.text());
        return JsonValue.parse(json.putAny("sort", query.sort()).text());
    }

    private static void many(JsonObject json, String name, Collection<?> values) {
        if (!values.isEmpty()) {
            json.putAny(name, values);
        }
    }

    private static void span(JsonObject json, String name, Span span) {
        json.putPresent(name + "_from", span.from());
        json.putPresent(name + "_before", span.before());
    }

    static TicketQuery read(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        TicketQuery query = TicketQuery.all()
                .status(fields.constants("status", TicketStatus.class).toArray(TicketStatus[]::new))
                .priority(fields.constants("priority", Priority.class).toArray(Priority[]::new))
                .assignedTo(fields.ids("assigned_to").toArray(UUID[]::new))
                .tags(texts(fields, "tags"))
                .anyTag(texts(fields, "any_tag"))
                .noTag(texts(fields, "no_tag"))
                .channel(texts(fields, "channel"))
                .hasField(texts(fields, "has_field"));
        query = unassigned(query, fields);
        query = with(query, fields.optionalId("customer"), TicketQuery::ofCustomer);
        query = with(query, fields.optionalId("followed_by"), TicketQuery::followedBy);
        query = query.fields(fields.object("fields"));
        query = with(query, fields.optionalBool("responded"), TicketQuery::responded);
        query = with(query, fields.optionalBool("snoozed"), TicketQuery::snoozed);
        query = with(query, fields.optionalNumber("number"), TicketQuery::number);
        query = with(query, fields.optionalText("text"), TicketQuery::matching);
        query = with(query, fields.optionalConstant("sort", TicketQuery.Sort.class), TicketQuery::sort);
        return fields.done(moments(query, fields));
    }

    private static TicketQuery moments(TicketQuery query, JsonFields fields) {
        TicketQuery asked = query;
        asked = at(asked, fields, "created_from", TicketQuery::createdFrom);
        asked = at(asked, fields, "created_before", TicketQuery::createdBefore);
        asked = at(asked, fields, "updated_from", TicketQuery::updatedFrom);
        asked = at(asked, fields, "updated_before", TicketQuery::updatedBefore);
        asked = at(asked, fields, "closed_from", TicketQuery::closedFrom);
        asked = at(asked, fields, "closed_before", TicketQuery::closedBefore);
        asked = at(asked, fields, "status_since_from", TicketQuery::statusSinceFrom);
        asked = at(asked, fields, "status_since_before", TicketQuery::statusSinceBefore);
        asked = at(asked, fields, "unanswered_since", TicketQuery::unansweredSince);
        asked = at(asked, fields, "woke_from", TicketQuery::wokeFrom);
        return at(asked, fields, "woke_before", TicketQuery::wokeBefore);
    }

    /** False is what matters to nobody; both at once are none that a query can hold. */
    private static TicketQuery unassigned(TicketQuery query, JsonFields fields) {
        if (!Boolean.TRUE.equals(fields.optionalBool("unassigned"))) {
            return query;
        }
        if (!query.assigneeIds().isEmpty()) {
            fields.add("unassigned", "unexpected");
        }
        return query.unassigned();
    }

    private static TicketQuery at(
            TicketQuery query,
            JsonFields fields,
            String name,
            BiFunction<TicketQuery, Instant, TicketQuery> condition) {
        return with(query, fields.optionalMoment(name), condition);
    }

    private static <T> TicketQuery with(
            TicketQuery query, @Nullable T value, BiFunction<TicketQuery, T, TicketQuery> condition) {
        return value == null ? query : condition.apply(query, value);
    }

    private static String[] texts(JsonFields fields, String name) {
        return fields.texts(name).toArray(String[]::new);
    }
}
