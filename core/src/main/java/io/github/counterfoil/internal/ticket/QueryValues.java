package io.github.counterfoil.internal.ticket;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.search.Question;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The names and values of a query's parameters.
 *
 * @param prefix of the names, where a statement holds several queries
 */
record QueryValues(String prefix) {

    String assignees() {
        return prefix + "assignees";
    }

    String assignee(int place) {
        return prefix + "assignee_" + place;
    }

    String customer() {
        return prefix + "customer";
    }

    String follower() {
        return prefix + "follower";
    }

    String allTags() {
        return prefix + "all_tags";
    }

    /** The first of all tags, or one of any. */
    String tag(int place) {
        return prefix + "tag_" + place;
    }

    String anyTags() {
        return prefix + "any_tags";
    }

    String noTags() {
        return prefix + "no_tags";
    }

    String channels() {
        return prefix + "channels";
    }

    String fieldName(int place) {
        return prefix + "field_name_" + place;
    }

    String fieldValue(int place) {
        return prefix + "field_value_" + place;
    }

    String heldFields() {
        return prefix + "held_fields";
    }

    String number() {
        return prefix + "number";
    }

    String textParts() {
        return prefix + "text_parts";
    }

    String textAny() {
        return prefix + "text_any";
    }

    String unanswered() {
        return prefix + "unanswered_since";
    }

    String from(String span) {
        return prefix + span + "_from";
    }

    String before(String span) {
        return prefix + span + "_before";
    }

    /** Puts more than one text may need: what it does not name is not looked at. */
    void put(TicketQuery query, Role side, Map<String, Object> values) {
        texts(query.assigneeIds(), assignees(), values);
        int place = 0;
        for (Object id : query.assigneeIds()) {
            values.put(assignee(place++), id);
        }
        query.customerId().ifPresent(id -> values.put(customer(), id));
        query.followerId().ifPresent(id -> values.put(follower(), id));
        texts(query.allTags(), allTags(), values);
        texts(query.anyTags(), anyTags(), values);
        place = 0;
        for (String tag : query.allTags().isEmpty() ? query.anyTags() : query.allTags()) {
            values.put(tag(place++), tag);
        }
        texts(query.noTags(), noTags(), values);
        texts(query.channels(), channels(), values);
        place = 0;
        for (Map.Entry<String, JsonValue> field : query.fields().entrySet()) {
            values.put(fieldName(place), field.getKey());
            values.put(fieldValue(place++), field.getValue().text());
        }
        texts(query.heldFields(), heldFields(), values);
        query.number().ifPresent(number -> values.put(number(), number));
        query.text().map(Question::of).ifPresent(question -> {
            values.put(textParts(), question.queries());
            values.put(textAny(), question.any());
        });
        query.unansweredSince()
                .map(MomentRules::ceiling)
                .ifPresent(moment -> values.put(unanswered(), sent(moment, false)));
        put("woke", query.woke(), false, values);
        put("created", query.created(), false, values);
        put("updated", query.updated(), false, values);
        put("closed", query.closed(), side == Role.CUSTOMER, values);
        put("status_since", query.statusSince(), side == Role.CUSTOMER, values);
    }

    private static void texts(Collection<?> given, String name, Map<String, Object> values) {
        values.put(name, given.stream().map(Object::toString).toArray(String[]::new));
    }

    private void put(String name, Span span, boolean micros, Map<String, Object> values) {
        put(from(name), span.from(), micros, values);
        put(before(name), span.before(), micros, values);
    }

    private static void put(String name, Optional<Instant> end, boolean micros, Map<String, Object> values) {
        end.map(MomentRules::ceiling).ifPresent(moment -> values.put(name, sent(moment, micros)));
    }

    static Object sent(Instant moment, boolean micros) {
        return micros ? (Object) Shown.micros(moment) : moment.atOffset(ZoneOffset.UTC);
    }
}
