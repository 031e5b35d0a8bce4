package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.LargeTickets;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One ticket's weight: what an answer holds is bounded, and what a ticket holds. */
class LargeTicketsTest {
    private static final int MIB = 1024 * 1024;
    private static final int THREE_MIB = 3 * MIB;

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    @Test
    void a_page_of_a_history_ends_by_bytes_as_well_as_by_items_and_the_next_one_goes_on() {
        LargeTickets.reply(database, id, 12, THREE_MIB);
        for (PageRequest first : List.of(PageRequest.oldestFirst(200), PageRequest.newestFirst(200))) {
            List<Page<TicketEvent>> pages =
                    pages(first, page -> team.jane().on(id).history(page));
            assertThat(pages).extracting(page -> page.items().size()).containsExactly(5, 5, 2);
            List<Integer> seqs = pages.stream()
                    .flatMap(page -> page.items().stream())
                    .map(TicketEvent::seq)
                    .toList();
            assertThat(seqs).hasSize(12).doesNotHaveDuplicates();
            assertThat(seqs.get(0)).isEqualTo(first.newestFirst() ? 12 : 1);

            assertThat(pages(first, page -> team.ada().on(id).history(page)))
                    .extracting(page -> page.items().size())
                    .containsExactly(5, 5, 2);
        }
        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(5)).items())
                .hasSize(5);
        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(3)).items())
                .hasSize(3);
    }

    @Test
    void a_page_holds_at_least_one_item_however_large() {
        // PostgreSQL prints each as six characters.
        team.ada().on(id).reply("a" + "\u0001".repeat(THREE_MIB));
        team.ada().on(id).reply("a" + "\u0001".repeat(THREE_MIB));
        team.ada().on(id).reply("small");
        assertThat(pages(PageRequest.oldestFirst(10), page -> team.ada().on(id).history(page)))
                .extracting(page -> page.items().size())
                .containsExactly(1, 1, 1);
        assertThat(pages(PageRequest.newestFirst(10), page -> team.jane().on(id).history(page)))
                .extracting(page -> page.items().size())
                .containsExactly(1, 1, 1);
    }

    @Test
    void a_customers_page_ends_at_the_same_event_whatever_is_private() {
        UUID other = team.ticket();
        for (int i = 0; i < 4; i++) {
            LargeTickets.reply(database, id, 2, THREE_MIB);
            LargeTickets.reply(database, other, 2, THREE_MIB);
            LargeTickets.note(database, other, 2, THREE_MIB);
        }
        for (PageRequest first : List.of(PageRequest.oldestFirst(7), PageRequest.newestFirst(7))) {
            assertThat(numbers(first, other)).isEqualTo(numbers(first, id)).hasSize(2);
        }
    }

    private List<List<Integer>> numbers(PageRequest first, UUID ticket) {
        return pages(first, page -> team.ada().on(ticket).history(page)).stream()
                .map(page -> page.items().stream().map(CustomerEvent::number).toList())
                .toList();
    }

    @Test
    void a_stale_ticket_tells_of_as_much_as_one_answer_holds() {
        LargeTickets.reply(database, id, 8, THREE_MIB);
        StaleTicket.ForAgent stale = catchThrowableOfType(
                StaleTicket.ForAgent.class,
                () -> team.jane().on(id).expecting(0).close());
        assertThat(stale.actual()).isEqualTo(8);
        assertThat(stale.since()).extracting(TicketEvent::seq).containsExactly(1, 2, 3, 4, 5);
        StaleTicket.ForCustomer customers = catchThrowableOfType(
                StaleTicket.ForCustomer.class,
                () -> team.ada().on(id).expecting(0).reply("Hello?"));
        assertThat(customers.since()).hasSize(5);
    }

    @Test
    void an_answer_about_many_tickets_leaves_out_the_events_that_pass_its_bound() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(team.ada()
                    .open(NewTicket.of("Long " + i, "x".repeat(THREE_MIB)))
                    .id());
        }
        List<BulkCommands.Result> results =
                team.jane().onEach(ids).apply(Command.changeDescription("Short"), Command.note("Cut"));
        assertThat(results).extracting(BulkCommands.Result::ticketId).containsExactlyElementsOf(ids);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.get().outcome()).isEqualTo(CommandResult.Outcome.APPLIED);
            assertThat(result.get().version()).isEqualTo(2);
            assertThat(result.get().events().size()).isIn(0, 2);
        });
        assertThat(results.stream().filter(result -> result.get().events().isEmpty()))
                .hasSize(4);
        assertThat(team.jane().on(ids.get(0)).ticket().description()).isEqualTo("Short");
    }

    @Test
    void a_page_of_tickets_ends_by_bytes_as_well_as_by_items() {
        for (int i = 0; i < 12; i++) {
            team.ada().open(NewTicket.of("Long " + i, "x".repeat(THREE_MIB)));
        }
        assertThat(team.jane()
                        .find(TicketQuery.all(), PageRequest.oldestFirst(200))
                        .items())
                .as("no list holds a description")
                .hasSize(13);
        // No command or import takes a list's bytes that far.
        database.behindTheGuards(
                "update counterfoil.ticket set title = repeat('x', " + THREE_MIB + ") where title like 'Long %'");
        List<Page<TicketSummary>> pages =
                pages(PageRequest.oldestFirst(200), page -> team.jane().find(TicketQuery.all(), page));
        assertThat(pages).extracting(page -> page.items().size()).containsExactly(6, 5, 2);
        assertThat(pages.stream().flatMap(page -> page.items().stream()).map(TicketSummary::id))
                .hasSize(13)
                .doesNotHaveDuplicates();
        assertThat(pages(PageRequest.newestFirst(200), page -> team.ada().find(TicketQuery.all(), page)))
                .extracting(page -> page.items().size())
                .containsExactly(5, 5, 3);
    }

    @Test
    void a_full_ticket_takes_no_replies_and_nothing_large_and_can_be_worked_on() {
        TicketService tickets = TicketService.builder(database.connections())
                .ticketLimit(MIB, 1_000)
                .build();
        AgentHandle jane = tickets.agent(JANE).on(id);
        CustomerHandle ada = tickets.customer(ADA).on(id);
        ada.reply("x".repeat(MIB));
        for (Runnable refused : List.<Runnable>of(
                () -> ada.reply("Hello"),
                () -> jane.reply("Hello"),
                () -> jane.note("x".repeat(17 * 1024)),
                () -> jane.changeDescription("x".repeat(17 * 1024)),
                () -> jane.apply(Command.note("one"), Command.reply("two")))) {
            assertThatExceptionOfType(Conflict.class).isThrownBy(refused::run).satisfies(e -> {
                assertThat(e.code()).isEqualTo("ticket.full");
                assertThat(e.id()).isEqualTo(id);
            });
        }
        assertThat(jane.ticket().version()).isEqualTo(1);

        jane.note("It is full.");
        jane.assign(JANE);
        jane.tag("full");
        jane.setField("size", JsonValue.of(1));
        jane.changeDescription("Short");
        jane.close();
        ada.rate(5, "Thanks");
        assertThat(jane.ticket().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(jane.history(PageRequest.newestFirst(50)).items()).hasSize(9);
        assertThat(tickets.verify(id).discrepancies()).isEmpty();
    }

    @Test
    void a_short_description_in_place_of_a_large_one_is_a_large_change() {
        TicketService tickets = TicketService.builder(database.connections())
                .ticketLimit(MIB, 1_000)
                .build();
        team.jane().on(id).changeDescription("x".repeat(MIB));
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).changeDescription("Short"))
                .hasMessageStartingWith("ticket.full");
    }

    @Test
    void a_ticket_is_full_by_its_number_of_events_too() {
        TicketService tickets = TicketService.builder(database.connections())
                .ticketLimit(Long.MAX_VALUE, 3)
                .build();
        CustomerHandle ada = tickets.customer(ADA).on(id);
        ada.reply("1");
        ada.reply("2");
        ada.reply("3");
        assertThatThrownBy(() -> ada.reply("4")).hasMessageStartingWith("ticket.full");
        tickets.agent(JANE).on(id).close();
    }

    @Test
    void a_customer_does_not_learn_how_much_is_private() {
        TicketService tickets = TicketService.builder(database.connections())
                .ticketLimit(MIB, 4)
                .build();
        CustomerHandle ada = tickets.customer(ADA).on(id);
        tickets.agent(JANE).on(id).note("x".repeat(2 * MIB));
        tickets.agent(JANE).on(id).note("y");
        tickets.agent(JANE).on(id).note("z");
        tickets.agent(JANE).on(id).note("z");
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply("Hello")).hasMessageStartingWith("ticket.full");
        ada.reply("1");
        ada.reply("2");
        ada.reply("3");
        ada.reply("4");
        assertThatThrownBy(() -> ada.reply("5")).hasMessageStartingWith("ticket.full");
    }

    @Test
    void a_limit_of_nothing_is_refused() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> TicketService.builder(database.connections()).ticketLimit(0, 1))
                .withMessage("ticket_limit.bytes.out_of_range (limit 1)");
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> TicketService.builder(database.connections()).ticketLimit(0, 0))
                .withMessage("ticket_limit.bytes.out_of_range (limit 1), ticket_limit.events.out_of_range (limit 1)");
    }

    private static <T> List<Page<T>> pages(PageRequest first, Function<PageRequest, Page<T>> list) {
        List<Page<T>> pages = new ArrayList<>();
        pages.add(list.apply(first));
        while (pages.get(pages.size() - 1).next().isPresent()) {
            pages.add(list.apply(first.after(pages.get(pages.size() - 1).next().get())));
        }
        return pages;
    }
}
