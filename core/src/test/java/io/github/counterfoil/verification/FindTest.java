package io.github.counterfoil.verification;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants.Kind;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Count;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is found is what plain Java finds among the tickets themselves, as who asks sees each of them. */
@ExtendWith(Chance.class)
class FindTest {
    private static final int TICKETS = Integer.getInteger("counterfoil.find.tickets", 100);
    private static final int QUERIES = Integer.getInteger("counterfoil.find.queries", 60);
    private static final Instant START = Instant.parse("2026-02-01T10:00:00Z");

    private static HistoriesWorld world;
    private static final Random RANDOM = Chance.random();
    private static final List<AnyQuery.Listed> AGENTS = new ArrayList<>();
    private static final Map<UUID, List<AnyQuery.Listed>> CUSTOMERS = new HashMap<>();

    @BeforeAll
    static void fill() {
        world = new HistoriesWorld();
        List<UUID> ids = imported(TICKETS);
        ids.forEach(FindTest::change);
        read(ids);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    /** Many opened at one moment, with any history. */
    private static List<UUID> imported(int count) {
        List<ImportedTicket> tickets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NewTicket start = NewTicket.of("Title " + i, "Text").priority(any(Priority.values()));
            List<String> tags = new ArrayList<>(AnyQuery.TAGS);
            tags.add("long".repeat(20));
            tags.removeIf(tag -> RANDOM.nextInt(3) > 0);
            if (RANDOM.nextInt(3) > 0) {
                start = start.channel(any("web", "mail"));
            }
            if (RANDOM.nextBoolean()) {
                start = start.field("f0", any(AnyQuery.VALUES));
            }
            Instant at = START.plusSeconds(60L * RANDOM.nextInt(20));
            tickets.add(AnyImport.of(start.tags(tags.toArray(String[]::new)), any(ADA, BOB), at, RANDOM));
        }
        assertThat(world.team.tickets().imports().run(tickets.iterator()).faults())
                .isEmpty();
        return tickets.stream().map(ImportedTicket::id).toList();
    }

    @SafeVarargs
    private static <T> T any(T... values) {
        return values[RANDOM.nextInt(values.length)];
    }

    /** Mostly at moments that others have too. */
    private static void change(UUID id) {
        AgentHandle ticket = (RANDOM.nextBoolean() ? world.team.jane() : world.team.tom()).on(id);
        world.now(Instant.parse("2026-03-01T10:00:00Z").plusSeconds(RANDOM.nextInt(5)));
        for (int n = RANDOM.nextInt(3); n > 0; n--) {
            switch (RANDOM.nextInt(11)) {
                case 0 -> ticket.follow();
                case 1 -> ticket.addParticipant(any(ADA, BOB), any(Kind.values()));
                case 2 -> ticket.changePriority(any(Priority.values()));
                case 3 -> ticket.apply(Command.tag(any("a", "c")), Command.untag("b"));
                case 4 -> ticket.apply(Command.assign(any(JANE, TOM)));
                case 5 -> ticket.note("Note");
                case 6 -> ticket.close();
                case 7 -> putOff(ticket);
                case 8 -> ticket.unsnooze();
                case 9 ->
                    world.team
                            .ada()
                            .on(id)
                            .findTicket()
                            .ifPresent(seen -> world.team.ada().on(id).reply("Mine"));
                default -> ticket.reply("Reply");
            }
        }
    }

    /** Until the same moment as others, which has come, or has not. */
    private static void putOff(AgentHandle ticket) {
        if (ticket.ticket().status() != TicketStatus.CLOSED) {
            ticket.snooze(Instant.parse(RANDOM.nextBoolean() ? "2026-03-01T10:00:30Z" : "2034-01-01T00:00:00Z"));
        }
    }

    /** What each side sees of these tickets, one by one. */
    private static void read(List<UUID> ids) {
        for (UUID id : ids) {
            AgentHandle handle = world.team.jane().on(id);
            Set<UUID> followers = new HashSet<>();
            handle.participants().followers().forEach(one -> followers.add(one.id()));
            List<AnyQuery.Message> messages = handle.history(PageRequest.oldestFirst(200)).items().stream()
                    .filter(TicketEvent.Message.class::isInstance)
                    .filter(event -> event.visibility() == Visibility.PUBLIC)
                    .map(event -> new AnyQuery.Message(
                            event.createdAt(), event.author().role() == Role.AGENT))
                    .toList();
            AGENTS.add(AnyQuery.Listed.of(handle.ticket(), followers, messages));
            for (UUID customer : List.of(ADA, BOB)) {
                List<AnyQuery.Listed> theirs = CUSTOMERS.computeIfAbsent(customer, first -> new ArrayList<>());
                Optional<CustomerTicket> seen =
                        world.team.tickets().customer(customer).on(id).findTicket();
                seen.ifPresent(one -> theirs.add(AnyQuery.Listed.of(one)));
            }
        }
    }

    @Test
    void agents_find_and_count_what_fits_in_either_direction() {
        compare(
                AnyQuery::ofAgent,
                AGENTS,
                (query, page) -> ids(world.team.jane().find(query, page), TicketSummary::id),
                world.team.jane()::counts);
    }

    @Test
    void customers_find_and_count_what_fits_as_they_see_it() {
        CUSTOMERS.forEach((customer, theirs) -> {
            CustomerDesk desk = world.team.tickets().customer(customer);
            compare(
                    AnyQuery::ofCustomer,
                    theirs,
                    (query, page) -> ids(desk.find(query, page), CustomerTicketSummary::id),
                    desk::counts);
        });
    }

    private interface Find {
        Page<UUID> page(TicketQuery query, PageRequest page);
    }

    private static <T> Page<UUID> ids(Page<T> page, Function<T, UUID> id) {
        return new Page<>(page.items().stream().map(id).toList(), page.next());
    }

    private static void compare(
            Function<Random, AnyQuery> queries,
            List<AnyQuery.Listed> tickets,
            Find find,
            Function<Map<String, TicketQuery>, Map<String, Count>> counts) {
        Map<String, TicketQuery> counted = new LinkedHashMap<>();
        Map<String, Count> expected = new LinkedHashMap<>();
        int found = 0;
        for (int i = 0; i < QUERIES; i++) {
            AnyQuery any = queries.apply(RANDOM);
            boolean newest = RANDOM.nextBoolean();
            int size = RANDOM.nextInt(3) == 0 ? 200 : 3 + RANDOM.nextInt(20);
            PageRequest first = newest ? PageRequest.newestFirst(size) : PageRequest.oldestFirst(size);
            List<UUID> matching = any.among(tickets, newest);
            assertThat(walked(find, any.query(), first)).as(any + " " + first).isEqualTo(matching);
            found += matching.size();
            counted.put("query " + i, any.query());
            expected.put("query " + i, new Count(matching.size(), false));
            if (counted.size() == 50 || i == QUERIES - 1) {
                assertThat(counts.apply(counted)).as(counted.toString()).isEqualTo(expected);
                counted.clear();
                expected.clear();
            }
        }
        assertThat(found).as("what was found at all").isGreaterThan(QUERIES * 2);
    }

    private static List<UUID> walked(Find find, TicketQuery query, PageRequest first) {
        List<UUID> found = new ArrayList<>();
        Page<UUID> page = find.page(query, first);
        found.addAll(page.items());
        while (page.next().isPresent()) {
            assertThat(page.items()).as("a page before the last").hasSize(first.size());
            page = find.page(query, first.after(page.next().get()));
            assertThat(page.items()).as("a page after the first").isNotEmpty();
            found.addAll(page.items());
        }
        return found;
    }

    @Test
    void a_line_of_a_list_says_of_a_ticket_what_the_ticket_says() {
        for (TicketSummary line : world.team
                .jane()
                .find(TicketQuery.all(), PageRequest.newestFirst(200))
                .items()) {
            Ticket ticket = world.team.jane().on(line.id()).ticket();
            assertThat(line)
                    .isEqualTo(new TicketSummary(
                            ticket.id(),
                            ticket.number(),
                            ticket.title(),
                            ticket.status(),
                            ticket.priority(),
                            ticket.tags(),
                            ticket.sourceChannel(),
                            ticket.assignedTo(),
                            line.customer(),
                            ticket.createdAt(),
                            ticket.updatedAt(),
                            ticket.statusSince(),
                            ticket.firstResponseAt(),
                            ticket.closedAt(),
                            ticket.snoozedUntil(),
                            ticket.lastWritten(),
                            line.unread(),
                            ticket.version(),
                            Optional.empty()));
            assertThat(line.customer().id()).isEqualTo(ticket.customerId());
            assertThat(line.customer().email()).isEqualTo(ticket.customerEmail());
        }
        for (CustomerTicketSummary line : world.team
                .ada()
                .find(TicketQuery.all(), PageRequest.newestFirst(200))
                .items()) {
            CustomerTicket ticket = world.team.ada().on(line.id()).ticket();
            assertThat(line)
                    .isEqualTo(new CustomerTicketSummary(
                            ticket.id(),
                            ticket.number(),
                            ticket.title(),
                            ticket.status(),
                            ticket.priority(),
                            ticket.sourceChannel(),
                            ticket.assignedTo(),
                            ticket.createdAt(),
                            ticket.updatedAt(),
                            ticket.statusSince(),
                            ticket.firstResponseAt(),
                            ticket.closedAt(),
                            ticket.lastWritten(),
                            line.unread(),
                            ticket.version(),
                            Optional.empty()));
        }
    }

    @Test
    void tickets_that_come_between_two_pages_make_none_repeat_or_vanish() {
        List<UUID> between = new ArrayList<>();
        for (Sort sort : EnumSet.complementOf(EnumSet.of(Sort.RELEVANCE))) {
            for (PageRequest first : List.of(PageRequest.newestFirst(40), PageRequest.oldestFirst(40))) {
                for (TicketQuery query : List.of(
                        TicketQuery.all().sort(sort), TicketQuery.unsolved().sort(sort))) {
                    List<UUID> before = walked(
                            (asked, page) -> ids(world.team.jane().find(asked, page), TicketSummary::id), query, first);
                    List<UUID> found = new ArrayList<>();
                    Page<TicketSummary> page = world.team.jane().find(query, first);
                    page.items().forEach(one -> found.add(one.id()));
                    between.addAll(imported(2));
                    while (page.next().isPresent()) {
                        page = world.team
                                .jane()
                                .find(query, first.after(page.next().get()));
                        page.items().forEach(one -> found.add(one.id()));
                    }
                    assertThat(found).doesNotHaveDuplicates().containsAll(before);
                    found.retainAll(before);
                    assertThat(found).isEqualTo(before);
                }
            }
        }
        read(between);
    }

    @Test
    void a_cursor_of_another_query_order_direction_or_reader_is_refused() {
        TicketQuery query = TicketQuery.unsolved();
        PageRequest first = PageRequest.newestFirst(1);
        String next = world.team.jane().find(query, first).next().orElseThrow();
        assertThat(world.team.jane().find(query, first.after(next)).items()).hasSize(1);
        PageRequest after = first.after(next);
        for (Runnable call : List.<Runnable>of(
                () -> world.team.jane().find(TicketQuery.all(), after),
                () -> world.team.jane().find(query.assignedTo(JANE), after),
                () -> world.team.jane().find(query.followedBy(JANE), after),
                () -> world.team.jane().find(query.sort(Sort.UPDATED), after),
                () -> world.team.jane().find(query.sort(Sort.PRIORITY), after),
                () -> world.team.jane().find(query, PageRequest.oldestFirst(1).after(next)),
                () -> world.team.tom().find(query, after),
                () -> world.team.tickets().agent(EVE).find(query, after),
                () -> world.team.ada().find(query, after))) {
            assertThatThrownBy(call::run).isInstanceOf(InvalidInput.class).hasMessageContaining("cursor.invalid");
        }
    }

    @Test
    void the_same_query_said_in_another_order_goes_on() {
        PageRequest first = PageRequest.newestFirst(1);
        TicketQuery one =
                TicketQuery.all().anyTag("a", "b").field("f0", JsonValue.of(1)).channel("web", "mail");
        TicketQuery other = TicketQuery.all()
                .channel("mail", "web")
                .field("f0", JsonValue.of(1))
                .anyTag("b", "a");
        assertThat(one).isEqualTo(other);
        String next = world.team.jane().find(one, first).next().orElseThrow();
        assertThat(world.team.jane().find(other, first.after(next)))
                .isEqualTo(world.team.jane().find(one, first.after(next)));
    }

    @Test
    void what_is_the_staffs_is_refused_to_customers_all_of_it() {
        List<TicketQuery> staffs = List.of(
                TicketQuery.all().assignedTo(JANE),
                TicketQuery.all().unassigned(),
                TicketQuery.all().ofCustomer(ADA),
                TicketQuery.all().followedBy(JANE),
                TicketQuery.all().tags("a"),
                TicketQuery.all().anyTag("a"),
                TicketQuery.all().noTag("a"),
                TicketQuery.all().field("f0", JsonValue.of(1)),
                TicketQuery.all().hasField("f0"),
                TicketQuery.all().snoozed(true),
                TicketQuery.all().snoozed(false),
                TicketQuery.all().wokeFrom(START),
                TicketQuery.all().unansweredSince(START));
        for (TicketQuery query : staffs) {
            assertThatThrownBy(() -> world.team.ada().find(query, PageRequest.newestFirst(5)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("staff_only");
            assertThatThrownBy(() -> world.team.ada().counts(Map.of("one", query)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("staff_only");
        }
        assertThat(Collections.max(staffs.stream()
                        .map(TicketQuery::statuses)
                        .map(Set::size)
                        .toList()))
                .isZero();
    }

    @Test
    void a_span_may_begin_and_end_in_any_year_that_a_moment_has() {
        Instant first = Instant.parse("0001-01-02T00:00:00Z");
        Instant last = Instant.parse("9999-12-30T00:00:00Z");
        for (Instant moment : List.of(first, Instant.parse("1600-01-01T00:00:00.000000001Z"), last)) {
            List<TicketQuery> since = List.of(
                    TicketQuery.all().createdFrom(moment),
                    TicketQuery.all().updatedFrom(moment),
                    TicketQuery.all().closedFrom(moment),
                    TicketQuery.all().statusSinceFrom(moment));
            for (TicketQuery query : since) {
                assertThat(world.team
                                        .ada()
                                        .counts(Map.of("one", query))
                                        .get("one")
                                        .number()
                                > 0)
                        .as(query + " at " + moment)
                        .isEqualTo(!moment.equals(last));
                assertThat(world.team
                                .jane()
                                .find(query, PageRequest.newestFirst(1))
                                .items())
                        .hasSize(moment.equals(last) ? 0 : 1);
            }
        }
    }

    @Test
    void a_fault_names_the_field_that_it_is_of_in_the_words_of_the_query() {
        TicketQuery query = TicketQuery.all()
                .field("serial", JsonValue.of("x".repeat(17_000)))
                .field("a\0", JsonValue.of(1));
        assertThatThrownBy(() -> world.team.jane().find(query, PageRequest.newestFirst(5)))
                .hasMessage("query.fields.nul_char, query.fields[serial].too_large (limit 16384)");
        assertThatThrownBy(() -> TicketQuery.all().assignedTo(JANE, null)).hasMessage("assigned_to[1].required");
    }

    @Test
    void statuses_of_a_customer_are_those_that_they_see() {
        assertThat(AGENTS.stream()
                        .filter(one -> CUSTOMERS.values().stream()
                                .flatMap(List::stream)
                                .anyMatch(seen -> seen.id().equals(one.id()) && seen.status() != one.status())))
                .as("tickets that the two sides see in another status, without which the comparison shows little")
                .isNotEmpty();
        assertThat(CUSTOMERS.get(ADA).stream().filter(one -> one.status() == TicketStatus.CLOSED))
                .isNotEmpty();
    }
}
