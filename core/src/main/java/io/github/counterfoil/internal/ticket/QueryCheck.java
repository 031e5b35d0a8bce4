package io.github.counterfoil.internal.ticket;

import static java.util.Map.entry;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.search.Question;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import io.github.counterfoil.ticket.TicketQuery.Span;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What queries may ask, and what makes two of them the same. */
final class QueryCheck {
    /** Of values of one condition. */
    private static final int MOST_VALUES = 20;

    private QueryCheck() {}

    /**
     * Adds what a side may not ask, or nobody.
     *
     * @param searched whether texts can be found
     */
    static void check(Role side, TicketQuery query, boolean searched, Faults faults) {
        if (side == Role.CUSTOMER) {
            checkPublic(query, faults);
        }
        checkMany("assigned_to", query.assigneeIds(), faults);
        checkTexts("tags", query.allTags(), faults);
        checkTexts("any_tag", query.anyTags(), faults);
        checkTexts("no_tag", query.noTags(), faults);
        checkTexts("channel", query.channels(), faults);
        checkMany("fields", query.fields().keySet(), faults);
        checkMany("has_field", query.heldFields(), faults);
        query.fields().forEach((name, value) -> {
            faults.add("fields", TextRules.storable(name));
            faults.add(
                    TextRules.fieldName(name) == null ? "fields[" + name + "]" : "fields",
                    ValueRules.value(value, ValueRules.MAX_VALUE_BYTES));
        });
        faults.each("has_field", List.copyOf(query.heldFields()), TextRules::storable);
        checkSpan("created", query.created(), faults);
        checkSpan("updated", query.updated(), faults);
        checkSpan("closed", query.closed(), faults);
        checkSpan("status_since", query.statusSince(), faults);
        checkEnd("unanswered_since", query.unansweredSince(), faults);
        checkSpan("woke", query.woke(), faults);
        checkText(query, searched, faults);
    }

    private static void checkText(TicketQuery query, boolean searched, Faults faults) {
        if (query.text().isPresent() && !searched) {
            faults.add("text", Problem.of("not_searchable"));
        } else if (query.text().isPresent()) {
            Question.of(query.text().get(), faults);
        } else if (query.sort() == Sort.RELEVANCE) {
            faults.add("sort", Problem.of("needs_text"));
        }
    }

    /** What is not named here is the staff's. */
    private static TicketQuery publicPart(TicketQuery query) {
        TicketQuery part = TicketQuery.all()
                .status(query.statuses().toArray(TicketStatus[]::new))
                .priority(query.priorities().toArray(Priority[]::new))
                .channel(query.channels().toArray(String[]::new));
        part = query.created().from().map(part::createdFrom).orElse(part);
        part = query.created().before().map(part::createdBefore).orElse(part);
        part = query.updated().from().map(part::updatedFrom).orElse(part);
        part = query.updated().before().map(part::updatedBefore).orElse(part);
        part = query.closed().from().map(part::closedFrom).orElse(part);
        part = query.closed().before().map(part::closedBefore).orElse(part);
        part = query.statusSince().from().map(part::statusSinceFrom).orElse(part);
        part = query.statusSince().before().map(part::statusSinceBefore).orElse(part);
        part = query.responded().map(part::responded).orElse(part);
        part = query.number().map(part::number).orElse(part);
        part = query.text().map(part::matching).orElse(part);
        return part.sort(query.sort());
    }

    private static void checkPublic(TicketQuery query, Faults faults) {
        Map<String, Boolean> staffs = Map.ofEntries(
                entry("assigned_to", !query.assigneeIds().isEmpty() || query.isUnassigned()),
                entry("customer", query.customerId().isPresent()),
                entry("followed_by", query.followerId().isPresent()),
                entry("tags", !query.allTags().isEmpty()),
                entry("any_tag", !query.anyTags().isEmpty()),
                entry("no_tag", !query.noTags().isEmpty()),
                entry("fields", !query.fields().isEmpty()),
                entry("has_field", !query.heldFields().isEmpty()),
                entry("unanswered_since", query.unansweredSince().isPresent()),
                entry("snoozed", query.snoozed().isPresent()),
                entry("woke", !query.woke().isAny()));
        staffs.forEach((field, asked) -> faults.add(field, asked ? Problem.of("staff_only") : null));
        if (!staffs.containsValue(true) && !publicPart(query).equals(query.sort(query.sort()))) {
            faults.add("query", Problem.of("staff_only"));
        }
    }

    private static void checkMany(String field, Collection<?> values, Faults faults) {
        faults.add(field, values.size() > MOST_VALUES ? Problem.of("too_many", MOST_VALUES) : null);
    }

    private static void checkTexts(String field, Collection<String> values, Faults faults) {
        checkMany(field, values, faults);
        faults.each(field, List.copyOf(values), QueryCheck::label);
    }

    /** As long as one that a command sets; what came from elsewhere may look otherwise. */
    private static @Nullable Problem label(String text) {
        Problem problem = TextRules.storable(text);
        boolean tooLong = problem == null && text.codePointCount(0, text.length()) > TextRules.MAX_LABEL;
        return tooLong ? Problem.of("too_long", TextRules.MAX_LABEL) : problem;
    }

    private static void checkSpan(String name, Span span, Faults faults) {
        checkEnd(name + "_from", span.from(), faults);
        checkEnd(name + "_before", span.before(), faults);
    }

    private static void checkEnd(String field, Optional<Instant> end, Faults faults) {
        end.ifPresent(moment -> faults.add(field, MomentRules.moment(moment)));
    }

    /** A text that no other query has. */
    static String text(TicketQuery query) {
        return exact(List.of(
                query.statuses(),
                query.priorities(),
                query.assigneeIds(),
                query.isUnassigned(),
                query.customerId().map(List::of).orElse(List.of()),
                query.followerId().map(List::of).orElse(List.of()),
                query.allTags(),
                query.anyTags(),
                query.noTags(),
                query.channels(),
                query.fields().entrySet().stream()
                        .map(field -> List.of(field.getKey(), field.getValue().text()))
                        .collect(Collectors.toSet()),
                query.heldFields(),
                query.created(),
                query.updated(),
                query.closed(),
                query.statusSince(),
                query.responded(),
                query.unansweredSince(),
                query.snoozed(),
                query.woke(),
                query.number(),
                query.text(),
                query.sort()));
    }

    private static String exact(Object value) {
        if (value instanceof Collection<?> many) {
            Stream<String> texts = many.stream().map(QueryCheck::exact);
            return (many instanceof Set ? texts.sorted() : texts).collect(Collectors.joining("", "[", "]"));
        }
        String text = value.toString();
        return text.length() + ":" + text;
    }
}
