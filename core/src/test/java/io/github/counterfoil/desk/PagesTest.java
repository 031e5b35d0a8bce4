package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Histories and lists, page by page. */
@Tag("storage")
class PagesTest {
    private static TestDatabase database;
    private static SupportTeam team;
    private static UUID ticketId;
    private static final List<UUID> ADAS = new ArrayList<>();

    @BeforeAll
    static void fill() {
        database = TestDatabase.withSchema();
        team = SupportTeam.in(database);
        ticketId = team.ticket();
        for (int i = 1; i <= 12; i++) {
            team.jane().on(ticketId).note("Note " + i);
            team.jane().on(ticketId).reply("Reply " + i);
        }
        // All created at one moment: the id decides.
        Instant moment = Instant.parse("2026-01-01T00:00:00Z");
        TicketService stopped = TicketService.builder(database.connections())
                .clock(() -> moment)
                .build();
        for (int i = 0; i < 7; i++) {
            ADAS.add(
                    stopped.customer(ADA).open(NewTicket.of("Ada " + i, "Text")).id());
            stopped.customer(BOB).open(NewTicket.of("Bob " + i, "Text"));
        }
        team.jane().on(ADAS.get(0)).assign(JANE);
        team.jane().on(ADAS.get(1)).assign(JANE);
        team.jane().on(ADAS.get(1)).assign(TOM);
        team.jane().on(ADAS.get(1)).close();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void a_history_read_in_pages_is_the_whole_history_in_either_direction() {
        List<TicketEvent> whole =
                team.jane().on(ticketId).history(PageRequest.oldestFirst(200)).items();
        assertThat(whole).extracting(TicketEvent::seq).first().isEqualTo(1);
        assertThat(whole).hasSize(24);
        for (int size : List.of(1, 5, 8, 23, 24, 25)) {
            assertThat(all(
                            PageRequest.oldestFirst(size),
                            page -> team.jane().on(ticketId).history(page)))
                    .isEqualTo(whole);
            List<TicketEvent> backwards = new ArrayList<>(whole);
            Collections.reverse(backwards);
            assertThat(all(
                            PageRequest.newestFirst(size),
                            page -> team.jane().on(ticketId).history(page)))
                    .isEqualTo(backwards);
        }
    }

    @Test
    void a_customers_pages_are_full_and_numbered_without_gaps_whatever_is_private() {
        Page<CustomerEvent> first = team.ada().on(ticketId).history(PageRequest.oldestFirst(5));
        assertThat(first.items()).hasSize(5);
        List<CustomerEvent> whole =
                all(PageRequest.oldestFirst(5), page -> team.ada().on(ticketId).history(page));
        assertThat(whole).extracting(CustomerEvent::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(whole).allSatisfy(event -> assertThat(event).isInstanceOf(CustomerEvent.Message.class));
    }

    @Test
    void tickets_listed_in_pages_are_all_tickets_once() {
        List<TicketSummary> newest =
                all(PageRequest.newestFirst(4), page -> team.jane().find(TicketQuery.all(), page));
        List<TicketSummary> oldest =
                all(PageRequest.oldestFirst(3), page -> team.jane().find(TicketQuery.all(), page));
        assertThat(newest).hasSize(15).doesNotHaveDuplicates();
        Collections.reverse(oldest);
        assertThat(newest).isEqualTo(oldest);
    }

    @Test
    void tickets_are_listed_by_status_assignee_and_customer() {
        PageRequest page = PageRequest.newestFirst(50);
        assertThat(team.jane().find(TicketQuery.all().assignedTo(JANE), page).items())
                .extracting(TicketSummary::id)
                .containsExactlyInAnyOrder(ADAS.get(0), ADAS.get(1));
        assertThat(team.jane()
                        .find(TicketQuery.all().assignedTo(JANE).status(TicketStatus.OPEN), page)
                        .items())
                .extracting(TicketSummary::id)
                .containsExactly(ADAS.get(0));
        assertThat(team.jane().find(TicketQuery.all().ofCustomer(BOB), page).items())
                .hasSize(7);
        assertThat(team.jane()
                        .find(TicketQuery.all().status(TicketStatus.CLOSED, TicketStatus.PENDING), page)
                        .items())
                .extracting(TicketSummary::id)
                .containsExactly(ADAS.get(1));
        assertThat(team.jane().find(TicketQuery.all().assignedTo(ADA), page).items())
                .isEmpty();
    }

    @Test
    void customers_list_their_own_tickets_only() {
        assertThat(all(PageRequest.oldestFirst(3), page -> team.bob().find(TicketQuery.all(), page)))
                .hasSize(7)
                .allSatisfy(ticket -> assertThat(ticket.title()).startsWith("Bob"));
        assertThat(team.ada()
                        .find(TicketQuery.all().status(TicketStatus.CLOSED), PageRequest.oldestFirst(3))
                        .items())
                .hasSize(1);
    }

    @Test
    void a_cursor_is_good_only_for_its_own_list_reader_and_direction() {
        String cursor = team.jane()
                .on(ticketId)
                .history(PageRequest.oldestFirst(5))
                .next()
                .orElseThrow();
        for (Runnable misuse : List.<Runnable>of(
                () -> team.tom().on(ticketId).history(PageRequest.oldestFirst(5).after(cursor)),
                () -> team.ada().on(ticketId).history(PageRequest.oldestFirst(5).after(cursor)),
                () -> team.jane()
                        .on(ticketId)
                        .history(PageRequest.newestFirst(5).after(cursor)),
                () -> team.jane()
                        .on(ADAS.get(0))
                        .history(PageRequest.oldestFirst(5).after(cursor)),
                () -> team.jane()
                        .find(TicketQuery.all(), PageRequest.oldestFirst(5).after(cursor)),
                () -> team.jane()
                        .on(ticketId)
                        .history(PageRequest.oldestFirst(5).after(cursor + "AAAA")),
                () -> team.jane()
                        .on(ticketId)
                        .history(PageRequest.oldestFirst(5).after("")),
                () -> team.jane()
                        .on(ticketId)
                        .history(PageRequest.oldestFirst(5).after("é*")))) {
            assertThatThrownBy(misuse::run).isInstanceOf(InvalidInput.class).hasMessage("cursor.invalid");
        }
    }

    @Test
    void a_page_holds_between_1_and_200_items() {
        for (int size : List.of(0, -1, 201, Integer.MAX_VALUE)) {
            String refusal = "page_size.out_of_range (limit " + (size < 1 ? 1 : 200) + ")";
            assertThatThrownBy(() -> team.jane().find(TicketQuery.all(), PageRequest.newestFirst(size)))
                    .hasMessage(refusal);
            assertThatThrownBy(() -> team.ada().on(ticketId).history(PageRequest.newestFirst(size)))
                    .hasMessage(refusal);
        }
    }

    private static <T> List<T> all(PageRequest first, Function<PageRequest, Page<T>> list) {
        List<T> items = new ArrayList<>();
        Page<T> page = list.apply(first);
        items.addAll(page.items());
        while (page.next().isPresent()) {
            page = list.apply(first.after(page.next().get()));
            items.addAll(page.items());
        }
        return items;
    }
}
