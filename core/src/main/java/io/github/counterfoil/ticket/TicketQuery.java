package io.github.counterfoil.ticket;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.search.Highlights;
import io.github.counterfoil.internal.search.Question;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets are wanted, and in which order. Each condition narrows; where one takes several values, it says whether any of
 * them will do or all must be there. Asked for twice, a condition is as it was asked for last; only fields add up.
 *
 * <p>Customers are answered by what they see of their own tickets and of those in which they take part. What is the staff's is
 * refused at their desk, with {@code staff_only}: assignees, customers, followers, tags, custom fields, what waits for the staff, and what
 * is put off.
 */
public final class TicketQuery implements AsJson {
    private final Map<Part, Object> parts;

    private enum Part {
        STATUSES,
        PRIORITIES,
        ASSIGNEES,
        UNASSIGNED,
        CUSTOMER,
        FOLLOWER,
        ALL_TAGS,
        ANY_TAG,
        NO_TAG,
        CHANNELS,
        FIELDS,
        HELD_FIELDS,
        CREATED,
        UPDATED,
        CLOSED,
        STATUS_SINCE,
        RESPONDED,
        UNANSWERED,
        SNOOZED,
        WOKE,
        NUMBER,
        TEXT,
        SORT
    }

    /** By what tickets are listed; of those that are alike, by their ids. {@code PageRequest} says in which direction. */
    public enum Sort implements AsJson {
        /** When they were opened. */
        CREATED,
        /** When something last happened to them that the reader sees. */
        UPDATED,
        /** High ones first, in either direction, and those of one priority by when they were opened. */
        PRIORITY,
        /** Since when they have the status that they have. */
        STATUS_SINCE,
        /**
         * How well they fit the text of {@link TicketQuery#matching}, without which it is refused with {@code needs_text}: the best first,
         * in either direction, and those that fit alike by when they were opened. A word in the title counts most.
         */
        RELEVANCE
    }

    /**
     * A span of time.
     *
     * @param from the first moment in it; empty for any
     * @param before the first moment after it; empty for any
     */
    public record Span(Optional<Instant> from, Optional<Instant> before) implements AsJson {
        /** All time. */
        static final Span ANY = new Span(Optional.empty(), Optional.empty());

        /** Whether it is all time. */
        public boolean isAny() {
            return from.isEmpty() && before.isEmpty();
        }
    }

    /**
     * How many tickets there are.
     *
     * @param number of them; 10,000 if there are more, and fewer where a text is in too many tickets to look at each
     * @param more whether there are, or for such a text may be, more than so many
     */
    public record Count(int number, boolean more) implements AsJson {}

    private TicketQuery(Map<Part, Object> parts) {
        this.parts = parts;
    }

    /** Every ticket, by when they were opened. */
    public static TicketQuery all() {
        return new TicketQuery(Map.of());
    }

    /** Every ticket that is not closed: new, open or pending. */
    public static TicketQuery unsolved() {
        return all().status(TicketStatus.NEW, TicketStatus.OPEN, TicketStatus.PENDING);
    }

    private TicketQuery with(Part part, @Nullable Object value) {
        Map<Part, Object> changed = new EnumMap<>(Part.class);
        changed.putAll(parts);
        boolean nothing = value == null || value instanceof Collection<?> many && many.isEmpty();
        if (nothing) {
            changed.remove(part);
        } else {
            changed.put(part, value);
        }
        return new TicketQuery(Collections.unmodifiableMap(changed));
    }

    /** Of any of these statuses; none for any status. */
    public TicketQuery status(TicketStatus... statuses) {
        return with(Part.STATUSES, constants(TicketStatus.class, Given.list("status", Given.held("status", statuses))));
    }

    /** Of any of these priorities; none for any priority. */
    public TicketQuery priority(Priority... priorities) {
        return with(
                Part.PRIORITIES, constants(Priority.class, Given.list("priority", Given.held("priority", priorities))));
    }

    /** Assigned to any of these workers now; none for anybody or nobody. In place of {@link #unassigned}. */
    public TicketQuery assignedTo(UUID... workerIds) {
        return with(Part.ASSIGNEES, values("assigned_to", workerIds)).with(Part.UNASSIGNED, null);
    }

    /** Assigned to nobody. In place of {@link #assignedTo}. */
    public TicketQuery unassigned() {
        return with(Part.UNASSIGNED, true).with(Part.ASSIGNEES, null);
    }

    /** Of this customer. */
    public TicketQuery ofCustomer(UUID customerId) {
        return with(Part.CUSTOMER, Given.value("customer", customerId));
    }

    /** Followed by this worker: {@code Command.follow()}. */
    public TicketQuery followedBy(UUID workerId) {
        return with(Part.FOLLOWER, Given.value("followed_by", workerId));
    }

    /** With each of these tags; none for any. */
    public TicketQuery tags(String... tags) {
        return with(Part.ALL_TAGS, values("tags", tags));
    }

    /** With any of these tags; none for any. */
    public TicketQuery anyTag(String... tags) {
        return with(Part.ANY_TAG, values("any_tag", tags));
    }

    /** With none of these tags. */
    public TicketQuery noTag(String... tags) {
        return with(Part.NO_TAG, values("no_tag", tags));
    }

    /** From any of these source channels; none for any, and for none. */
    public TicketQuery channel(String... channels) {
        return with(Part.CHANNELS, values("channel", channels));
    }

    /** Whose custom field of this name holds just this value, as JSON compares: 1 equals 1.0. Of several names each must. */
    public TicketQuery field(String name, JsonValue value) {
        Given.both("field_name", name, "value", value);
        Map<String, JsonValue> fields = new LinkedHashMap<>(fields());
        fields.put(name, value);
        return fields(fields);
    }

    /** In place of those that were asked for; none for any. */
    TicketQuery fields(Map<String, JsonValue> fields) {
        return with(Part.FIELDS, fields.isEmpty() ? null : Collections.unmodifiableMap(fields));
    }

    /** That have custom fields of each of these names; none for any. */
    public TicketQuery hasField(String... names) {
        return with(Part.HELD_FIELDS, values("has_field", names));
    }

    /** Opened at this moment or later. */
    public TicketQuery createdFrom(Instant moment) {
        return from(Part.CREATED, "created_from", moment);
    }

    /** Opened before this moment. */
    public TicketQuery createdBefore(Instant moment) {
        return before(Part.CREATED, "created_before", moment);
    }

    /** Whose last event, as the reader sees them, is of this moment or later. */
    public TicketQuery updatedFrom(Instant moment) {
        return from(Part.UPDATED, "updated_from", moment);
    }

    /** Whose last event, as the reader sees them, is of before this moment. */
    public TicketQuery updatedBefore(Instant moment) {
        return before(Part.UPDATED, "updated_before", moment);
    }

    /** That are closed, and were at this moment or later. */
    public TicketQuery closedFrom(Instant moment) {
        return from(Part.CLOSED, "closed_from", moment);
    }

    /** That are closed, and were before this moment. */
    public TicketQuery closedBefore(Instant moment) {
        return before(Part.CLOSED, "closed_before", moment);
    }

    /** That got their status at this moment or later. */
    public TicketQuery statusSinceFrom(Instant moment) {
        return from(Part.STATUS_SINCE, "status_since_from", moment);
    }

    /** That got their status before this moment. */
    public TicketQuery statusSinceBefore(Instant moment) {
        return before(Part.STATUS_SINCE, "status_since_before", moment);
    }

    /** That an agent has answered, or has not: a system actor's messages are no answer. */
    public TicketQuery responded(boolean responded) {
        return with(Part.RESPONDED, responded);
    }

    /**
     * Whose customers have waited for an agent's answer since before this moment: opened before it, or written to before it, by a customer, and
     * with no message of an agent after that. What a customer adds while waiting begins no new wait, and a system actor's messages are no
     * answer. It is asked of each ticket that the other conditions leave.
     */
    public TicketQuery unansweredSince(Instant moment) {
        return with(Part.UNANSWERED, Given.value("unanswered_since", moment));
    }

    /**
     * That are put off and have not come back, or that are not: {@code Command.snooze}. By PostgreSQL's clock. Those that are put off are
     * found by an index; those that are not are asked one by one.
     */
    public TicketQuery snoozed(boolean snoozed) {
        return with(Part.SNOOZED, snoozed);
    }

    /**
     * That came back by themselves at this moment or later, and have since neither been put off again, nor brought back by hand, nor closed,
     * nor had a message of a customer's.
     */
    public TicketQuery wokeFrom(Instant moment) {
        return from(Part.WOKE, "woke_from", moment);
    }

    /** As {@link #wokeFrom}, before this moment; what has not come back yet is not among them. */
    public TicketQuery wokeBefore(Instant moment) {
        return before(Part.WOKE, "woke_before", moment);
    }

    /** With this number, which people say as #1042: one ticket at most, whose row alone is read. */
    public TicketQuery number(long number) {
        return with(Part.NUMBER, number);
    }

    /**
     * That have each part of this text somewhere: a word; the beginning of one, of three characters or more, {@code print*}; words that
     * stand together, in quotation marks. Case and accents make no difference; numbers, ids, addresses and error codes are found
     * whole, and in Chinese, Japanese, Thai and other scripts without blanks, whatever stands together. In titles, descriptions and
     * messages, and for agents in notes and custom fields too.
     *
     * <p>Only where the service stores what texts are found by: see {@code searchable()} of its builder, which also says what of a text
     * counts. Of parts that are all in more than 1,000 texts, tickets are found that have them in one text, the newest of these.
     * The desks refuse a text of more than 1,000 characters or 16 parts, a shorter beginning, and a text without a word.
     */
    public TicketQuery matching(String text) {
        return with(Part.TEXT, Given.value("text", text));
    }

    /**
     * Where what {@link #matching} looks for stands in a text that is shown, such as a title or a message: nothing is asked of the
     * database. Of a long text the first 16,384 characters are searched, as for {@link #matching}. In the order of the text; empty where
     * it holds nothing of it, or the query looks for no text.
     *
     * @throws InvalidInput for what {@link #matching} looks for, as the desks throw it
     */
    public List<Fragment.Highlight> highlights(String shown) {
        Given.value("shown", shown);
        return text().stream()
                .flatMap(sought -> Highlights.in(shown, Question.of(sought)).stream())
                .map(one -> new Fragment.Highlight(one.from(), one.to()))
                .toList();
    }

    /** In this order. */
    public TicketQuery sort(Sort sort) {
        return with(Part.SORT, Given.value("sort", sort) == Sort.CREATED ? null : sort);
    }

    private TicketQuery from(Part part, String field, Instant moment) {
        return with(
                part,
                new Span(Optional.of(Given.value(field, moment)), span(part).before()));
    }

    private TicketQuery before(Part part, String field, Instant moment) {
        return with(part, new Span(span(part).from(), Optional.of(Given.value(field, moment))));
    }

    @SafeVarargs
    private static <T> Set<T> values(String field, T... values) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Given.list(field, Given.held(field, values))));
    }

    private static <E extends Enum<E>> Set<E> constants(Class<E> type, List<E> values) {
        Set<E> set = EnumSet.noneOf(type);
        set.addAll(values);
        return Collections.unmodifiableSet(set);
    }

    /** Any of these; empty for any status. */
    public Set<TicketStatus> statuses() {
        return get(Part.STATUSES, Set.of());
    }

    /** Any of these; empty for any priority. */
    public Set<Priority> priorities() {
        return get(Part.PRIORITIES, Set.of());
    }

    /** Any of these; empty for anybody or nobody. */
    public Set<UUID> assigneeIds() {
        return get(Part.ASSIGNEES, Set.of());
    }

    public boolean isUnassigned() {
        return get(Part.UNASSIGNED, false);
    }

    public Optional<UUID> customerId() {
        return Optional.ofNullable((UUID) parts.get(Part.CUSTOMER));
    }

    public Optional<UUID> followerId() {
        return Optional.ofNullable((UUID) parts.get(Part.FOLLOWER));
    }

    public Set<String> allTags() {
        return get(Part.ALL_TAGS, Set.of());
    }

    public Set<String> anyTags() {
        return get(Part.ANY_TAG, Set.of());
    }

    public Set<String> noTags() {
        return get(Part.NO_TAG, Set.of());
    }

    /** Any of these; empty for any, and for none. */
    public Set<String> channels() {
        return get(Part.CHANNELS, Set.of());
    }

    /** What custom fields hold, by their names. */
    public Map<String, JsonValue> fields() {
        return get(Part.FIELDS, Map.of());
    }

    public Set<String> heldFields() {
        return get(Part.HELD_FIELDS, Set.of());
    }

    public Span created() {
        return span(Part.CREATED);
    }

    public Span updated() {
        return span(Part.UPDATED);
    }

    public Span closed() {
        return span(Part.CLOSED);
    }

    public Span statusSince() {
        return span(Part.STATUS_SINCE);
    }

    /** Empty for either. */
    public Optional<Boolean> responded() {
        return Optional.ofNullable((Boolean) parts.get(Part.RESPONDED));
    }

    /** Since when nobody has answered; empty for any. */
    public Optional<Instant> unansweredSince() {
        return Optional.ofNullable((Instant) parts.get(Part.UNANSWERED));
    }

    /** Empty for either. */
    public Optional<Boolean> snoozed() {
        return Optional.ofNullable((Boolean) parts.get(Part.SNOOZED));
    }

    /** When they came back by themselves. */
    public Span woke() {
        return span(Part.WOKE);
    }

    /** Empty for any. */
    public Optional<Long> number() {
        return Optional.ofNullable((Long) parts.get(Part.NUMBER));
    }

    /** What is looked for in the tickets' texts; empty for any. */
    public Optional<String> text() {
        return Optional.ofNullable((String) parts.get(Part.TEXT));
    }

    /** {@link Sort#CREATED} unless said otherwise. */
    public Sort sort() {
        return get(Part.SORT, Sort.CREATED);
    }

    private Span span(Part part) {
        return get(part, Span.ANY);
    }

    @SuppressWarnings("unchecked")
    private <T> T get(Part part, T otherwise) {
        return (T) parts.getOrDefault(part, otherwise);
    }

    /** This, a member for each condition, named as its faults are, and none for what does not matter. */
    @Override
    public JsonValue json() {
        return QueryJson.of(this);
    }

    /**
     * What {@link #json()} gave. One that is without a condition asks for all tickets.
     *
     * @throws InvalidInput if it is anything else
     */
    public static TicketQuery fromJson(JsonValue json) {
        return QueryJson.read(json);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TicketQuery that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** Which parts are asked for, and no tag, field, channel or text. */
    @Override
    public String toString() {
        return "TicketQuery" + parts.keySet();
    }
}
