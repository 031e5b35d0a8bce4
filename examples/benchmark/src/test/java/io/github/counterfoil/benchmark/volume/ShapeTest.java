package io.github.counterfoil.benchmark.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether generated tickets are as unevenly spread as those of the log. */
class ShapeTest {
    private static final int TICKETS = 4_000;
    private static final GeneratedTickets GENERATED = new GeneratedTickets(TICKETS);
    private static final List<ImportedTicket> ALL =
            LongStream.range(0, TICKETS).mapToObj(GENERATED::ticket).toList();

    private static <E> Stream<E> events(Class<E> type) {
        return ALL.stream()
                .flatMap(ticket -> ticket.events().stream())
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** How many each has, most first. */
    private static List<Integer> counts(Stream<UUID> owners) {
        Map<UUID, Integer> counts = new HashMap<>();
        owners.forEach(owner -> counts.merge(owner, 1, Integer::sum));
        return counts.values().stream().sorted(Collections.reverseOrder()).toList();
    }

    private static double shareOfFirst(List<Integer> counts, int first) {
        return sum(counts.subList(0, first)) / sum(counts);
    }

    private static double sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void a_ticket_has_12_events_on_average_and_a_few_have_many() {
        int[] events = ALL.stream()
                .skip(1)
                .mapToInt(ticket -> ticket.events().size())
                .sorted()
                .toArray();
        assertThat(Arrays.stream(events).average().orElseThrow()).isBetween(11.5, 12.5);
        assertThat(events[events.length / 2]).isBetween(9, 12);
        assertThat(events[events.length * 9 / 10]).isBetween(16, 22);
        assertThat(events[events.length - 1]).isGreaterThan(45);
    }

    @Test
    void the_first_ticket_has_a_long_history() {
        assertThat(ALL.get(0).events()).hasSizeBetween(TICKETS / 10 - 10, TICKETS / 10);
    }

    @Test
    void few_customers_have_many_tickets() {
        List<Integer> counts = counts(ALL.stream().map(ImportedTicket::customerId));
        assertThat(counts.get(0) / (double) TICKETS).isBetween(0.015, 0.05);
        assertThat(shareOfFirst(counts, GENERATED.people().customers() / 5)).isBetween(0.35, 0.5);
    }

    @Test
    void a_tenth_of_the_workers_have_nearly_half_of_the_assignments() {
        List<Integer> counts =
                counts(events(TicketEvent.AssignmentAdded.class).map(TicketEvent.AssignmentAdded::agentId));
        assertThat(shareOfFirst(counts, 1)).isBetween(0.07, 0.12);
        assertThat(shareOfFirst(counts, GENERATED.people().workers() / 10)).isBetween(0.4, 0.52);
    }

    @Test
    void ten_tickets_are_the_new_workers() {
        UUID id = GENERATED.people().newWorker().id();
        assertThat(events(TicketEvent.AssignmentAdded.class)
                        .filter(added -> added.agentId().equals(id)))
                .hasSizeBetween(8, 10);
    }

    @Test
    void most_tickets_are_closed_and_few_are_reopened() {
        List<TicketEvent.StatusUpdate> moves =
                events(TicketEvent.StatusUpdate.class).toList();
        double closings = moves.stream()
                .filter(move -> move.newValue() == TicketStatus.CLOSED)
                .count();
        double reopenings = moves.stream()
                .filter(move -> move.oldValue() == TicketStatus.CLOSED)
                .count();
        assertThat(reopenings / closings).isBetween(0.008, 0.02);
        assertThat((closings - reopenings) / TICKETS).isBetween(0.94, 0.99);
        assertThat(moves.size() / (double) TICKETS).isBetween(1.7, 2.1);
    }

    @Test
    void everything_happens_within_the_year_and_tickets_come_in_order() {
        List<Instant> opened = ALL.stream().map(ImportedTicket::createdAt).toList();
        assertThat(opened).isSorted();
        assertThat(opened.get(0)).isAfterOrEqualTo(GeneratedTickets.START);
        assertThat(events(TicketEvent.class).map(TicketEvent::createdAt)).allMatch(GeneratedTickets.END::isAfter);
    }

    @Test
    void every_id_and_address_is_there_once_and_the_same_in_every_run() {
        Set<UUID> ids = new HashSet<>();
        ALL.forEach(ticket -> ids.add(ticket.id()));
        events(TicketEvent.class).forEach(event -> ids.add(event.id()));
        assertThat(ids.size())
                .isEqualTo(TICKETS + (int) events(TicketEvent.class).count());
        assertThat(new GeneratedTickets(TICKETS).ticket(17)).isEqualTo(ALL.get(17));
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(n -> People.email(GENERATED.people().customer(n))))
                .doesNotHaveDuplicates();
    }
}
