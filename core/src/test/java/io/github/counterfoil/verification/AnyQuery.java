package io.github.counterfoil.verification;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;

import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A random query, and what it means said in plain Java. */
final class AnyQuery {
    static final List<String> TAGS = List.of("a", "b", "t1");
    static final JsonValue[] VALUES = {
        JsonValue.of(1), JsonValue.parse("1.0"), JsonValue.of("1"), JsonValue.of(true), JsonValue.ofNull()
    };
    private static final Instant START = Instant.parse("2026-02-01T10:00:00Z");

    private final Random random;
    private TicketQuery query = TicketQuery.all();
    private Predicate<Listed> fits = ticket -> true;

    /** A message that customers see. */
    record Message(Instant at, boolean agent) {}

    /** A ticket as who asks sees it; what is the staff's is empty for customers. */
    record Listed(
            UUID id,
            long number,
            TicketStatus status,
            Priority priority,
            Optional<String> channel,
            Instant createdAt,
            Instant updatedAt,
            Instant statusSince,
            Optional<Instant> closedAt,
            boolean responded,
            Set<String> tags,
            Map<String, JsonValue> fields,
            Optional<UUID> customerId,
            Set<UUID> assigned,
            Set<UUID> followers,
            Optional<Instant> snoozedUntil,
            List<Message> messages) {

        static Listed of(Ticket ticket, Set<UUID> followers, List<Message> messages) {
            return new Listed(
                    ticket.id(),
                    ticket.number(),
                    ticket.status(),
                    ticket.priority(),
                    ticket.sourceChannel(),
                    ticket.createdAt(),
                    ticket.updatedAt(),
                    ticket.statusSince(),
                    ticket.closedAt(),
                    ticket.firstResponseAt().isPresent(),
                    Set.copyOf(ticket.tags()),
                    ticket.customFields(),
                    Optional.of(ticket.customerId()),
                    ticket.assignedTo().stream().map(Ticket.Assignee::id).collect(Collectors.toSet()),
                    followers,
                    ticket.snoozedUntil(),
                    messages);
        }

        static Listed of(CustomerTicket ticket) {
            return new Listed(
                    ticket.id(),
                    ticket.number(),
                    ticket.status(),
                    ticket.priority(),
                    ticket.sourceChannel(),
                    ticket.createdAt(),
                    ticket.updatedAt(),
                    ticket.statusSince(),
                    ticket.closedAt(),
                    ticket.firstResponseAt().isPresent(),
                    Set.of(),
                    Map.of(),
                    Optional.empty(),
                    Set.of(),
                    Set.of(),
                    Optional.empty(),
                    List.of());
        }

        /** Of the messages that count the last is the customer's; the opening is the first of theirs. */
        boolean unansweredSince(Instant moment) {
            List<Message> counting = messages.stream()
                    .filter(message -> message.agent() || message.at().isBefore(moment))
                    .toList();
            return createdAt.isBefore(moment)
                    && (counting.isEmpty() || !counting.get(counting.size() - 1).agent());
        }
    }

    private AnyQuery(Random random) {
        this.random = random;
    }

    static AnyQuery ofCustomer(Random random) {
        AnyQuery any = new AnyQuery(random);
        for (int n = random.nextInt(4); n > 0; n--) {
            any.narrow(random.nextInt(9));
        }
        return any.sorted();
    }

    static AnyQuery ofAgent(Random random) {
        AnyQuery any = new AnyQuery(random);
        for (int n = random.nextInt(4); n > 0; n--) {
            any.narrow(random.nextInt(21));
        }
        return any.sorted();
    }

    private AnyQuery sorted() {
        query = query.sort(Sort.values()[random.nextInt(4)]);
        return this;
    }

    TicketQuery query() {
        return query;
    }

    private <T> Set<T> some(List<T> all) {
        return all.stream().filter(one -> random.nextInt(3) == 0).collect(Collectors.toSet());
    }

    /** Each condition comes once in a query: what comes twice would count once. */
    private void narrow(int kind) {
        switch (kind) {
            case 0 -> {
                Set<TicketStatus> statuses = some(List.of(TicketStatus.values()));
                add(
                        query.statuses().isEmpty(),
                        asked -> asked.status(statuses.toArray(TicketStatus[]::new)),
                        ticket -> statuses.isEmpty() || statuses.contains(ticket.status()));
            }
            case 1 -> {
                Set<Priority> priorities = some(List.of(Priority.values()));
                add(
                        query.priorities().isEmpty(),
                        asked -> asked.priority(priorities.toArray(Priority[]::new)),
                        ticket -> priorities.isEmpty() || priorities.contains(ticket.priority()));
            }
            case 2 -> {
                Set<String> channels = some(List.of("web", "mail", "none"));
                add(
                        query.channels().isEmpty(),
                        asked -> asked.channel(channels.toArray(String[]::new)),
                        ticket -> channels.isEmpty()
                                || ticket.channel().filter(channels::contains).isPresent());
            }
            case 3 -> {
                boolean responded = random.nextBoolean();
                add(
                        query.responded().isEmpty(),
                        asked -> asked.responded(responded),
                        ticket -> ticket.responded() == responded);
            }
            case 4 ->
                span(query.created(), TicketQuery::createdFrom, TicketQuery::createdBefore, at(Listed::createdAt), 0);
            case 5 ->
                span(query.updated(), TicketQuery::updatedFrom, TicketQuery::updatedBefore, at(Listed::updatedAt), 1);
            case 6 -> span(query.closed(), TicketQuery::closedFrom, TicketQuery::closedBefore, Listed::closedAt, 1);
            case 7 ->
                span(
                        query.statusSince(),
                        TicketQuery::statusSinceFrom,
                        TicketQuery::statusSinceBefore,
                        at(Listed::statusSince),
                        1);
            case 8 -> {
                long number = random.nextInt(120);
                add(
                        query.number().isEmpty() && random.nextBoolean(),
                        asked -> asked.number(number),
                        ticket -> ticket.number() == number);
            }
            default -> narrowAsStaff(kind);
        }
    }

    private void narrowAsStaff(int kind) {
        boolean free = query.assigneeIds().isEmpty() && !query.isUnassigned();
        Set<String> tags = some(TAGS);
        String[] texts = tags.toArray(String[]::new);
        switch (kind) {
            case 9, 10 -> {
                Set<UUID> workers = some(List.of(JANE, TOM, EVE));
                add(
                        free,
                        asked -> asked.assignedTo(workers.toArray(UUID[]::new)),
                        ticket -> workers.isEmpty() || !Collections.disjoint(workers, ticket.assigned()));
            }
            case 11 ->
                add(free, TicketQuery::unassigned, ticket -> ticket.assigned().isEmpty());
            case 12 -> {
                UUID customer = random.nextBoolean() ? ADA : BOB;
                add(
                        query.customerId().isEmpty(),
                        asked -> asked.ofCustomer(customer),
                        ticket -> ticket.customerId().orElseThrow().equals(customer));
            }
            case 13 -> {
                UUID worker = random.nextBoolean() ? JANE : TOM;
                add(
                        query.followerId().isEmpty(),
                        asked -> asked.followedBy(worker),
                        ticket -> ticket.followers().contains(worker));
            }
            case 14 ->
                add(
                        query.allTags().isEmpty(),
                        asked -> asked.tags(texts),
                        ticket -> ticket.tags().containsAll(tags));
            case 15 ->
                add(
                        query.anyTags().isEmpty(),
                        asked -> asked.anyTag(texts),
                        ticket -> tags.isEmpty() || !Collections.disjoint(tags, ticket.tags()));
            case 16 ->
                add(
                        query.noTags().isEmpty(),
                        asked -> asked.noTag(texts),
                        ticket -> Collections.disjoint(tags, ticket.tags()));
            case 18 -> {
                boolean snoozed = random.nextBoolean();
                Instant now = Instant.now();
                add(
                        query.snoozed().isEmpty(),
                        asked -> asked.snoozed(snoozed),
                        ticket -> ticket.snoozedUntil().filter(now::isBefore).isPresent() == snoozed);
            }
            case 19 -> {
                Instant now = Instant.now();
                span(
                        query.woke(),
                        TicketQuery::wokeFrom,
                        TicketQuery::wokeBefore,
                        ticket -> ticket.snoozedUntil().filter(now::isAfter),
                        1);
            }
            case 20 -> {
                Instant moment = random.nextBoolean()
                        ? START.plusSeconds(60L * random.nextInt(20)).plusMillis(random.nextInt(2_000))
                        : Instant.parse("2026-03-01T10:00:00Z").plusSeconds(random.nextInt(6));
                add(
                        query.unansweredSince().isEmpty(),
                        asked -> asked.unansweredSince(moment),
                        ticket -> ticket.unansweredSince(moment));
            }
            default -> {
                JsonValue value = VALUES[random.nextInt(VALUES.length)];
                add(
                        query.fields().isEmpty(),
                        asked -> asked.field("f0", value),
                        ticket -> same(ticket.fields().get("f0"), value));
                add(
                        query.heldFields().isEmpty() && random.nextBoolean(),
                        asked -> asked.hasField("f0", "f1"),
                        ticket -> ticket.fields().keySet().containsAll(Set.of("f0", "f1")));
            }
        }
    }

    private static boolean same(JsonValue held, JsonValue asked) {
        if (held == null || held.kind() != asked.kind()) {
            return false;
        }
        return held.kind() == JsonValue.Kind.NUMBER ? held.number().compareTo(asked.number()) == 0 : held.equals(asked);
    }

    private static Function<Listed, Optional<Instant>> at(Function<Listed, Instant> time) {
        return ticket -> Optional.of(time.apply(ticket));
    }

    private interface Narrowing {
        TicketQuery to(TicketQuery query, Instant moment);
    }

    /** At moments that tickets have, and a little beside them. */
    private void span(
            TicketQuery.Span asked,
            Narrowing from,
            Narrowing before,
            Function<Listed, Optional<Instant>> time,
            int later) {
        int place = random.nextInt(20);
        Instant start = START.plusSeconds(60L * place).plusNanos(random.nextInt(3) - 1);
        Instant end = random.nextInt(3) * later > 0
                ? Instant.parse("2026-03-01T10:00:00Z")
                        .plusSeconds(random.nextInt(5))
                        .plusNanos(random.nextInt(2))
                : START.plusSeconds(60L * (place + random.nextInt(12))).plusNanos(random.nextInt(3) - 1);
        boolean both = random.nextBoolean();
        add(
                asked.isAny(),
                one -> from.to(one, start),
                ticket -> time.apply(ticket)
                        .filter(moment -> !moment.isBefore(start))
                        .isPresent());
        add(
                asked.isAny() && both,
                one -> before.to(one, end),
                ticket -> time.apply(ticket)
                        .filter(moment -> moment.isBefore(end))
                        .isPresent());
    }

    private void add(boolean first, Function<TicketQuery, TicketQuery> asked, Predicate<Listed> matches) {
        if (first) {
            query = asked.apply(query);
            fits = fits.and(matches);
        }
    }

    List<UUID> among(List<Listed> tickets, boolean newestFirst) {
        Function<Listed, Instant> time = switch (query.sort()) {
            case CREATED, PRIORITY, RELEVANCE -> Listed::createdAt;
            case UPDATED -> Listed::updatedAt;
            case STATUS_SINCE -> Listed::statusSince;
        };
        Comparator<Listed> order =
                Comparator.comparing(time).thenComparing(ticket -> ticket.id().toString());
        order = newestFirst ? order.reversed() : order;
        if (query.sort() == Sort.PRIORITY) {
            order = Comparator.<Listed, Integer>comparing(
                            ticket -> List.of(Priority.HIGH, Priority.MEDIUM, Priority.LOW)
                                    .indexOf(ticket.priority()))
                    .thenComparing(order);
        }
        Stream<Listed> found = tickets.stream().filter(fits).sorted(order);
        return found.map(Listed::id).toList();
    }

    @Override
    public String toString() {
        return query + " " + query.sort() + " " + query.statuses() + query.priorities() + query.assigneeIds()
                + query.created() + query.updated() + query.closed() + query.statusSince();
    }
}
