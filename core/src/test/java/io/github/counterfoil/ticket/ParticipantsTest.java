package io.github.counterfoil.ticket;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.ticket.Participants.Kind.COPY;
import static io.github.counterfoil.ticket.Participants.Kind.REQUESTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.leaks.Traces;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Customers who take part in a ticket that is another's. */
@Tag("storage")
class ParticipantsTest {
    private static final PageRequest PAGE = PageRequest.oldestFirst(50);
    private static final UUID CARL = UUID.fromString("00000000-0000-4000-8000-00000000000c");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();
    private final AgentHandle ticket = team.jane().on(id);

    @Test
    void who_is_in_copy_reads_what_the_customer_reads_and_replies_under_their_own_name() {
        ticket.note("Secret");
        ticket.reply("Please unplug it.");
        ticket.changeStatus(TicketStatus.PENDING);
        ticket.addParticipant(BOB, COPY);

        assertThat(Traces.of(team.bob().on(id).ticket()))
                .isEqualTo(Traces.of(team.ada().on(id).ticket()))
                .doesNotContain("@");
        assertThat(team.bob().on(id).history(PAGE).items())
                .isEqualTo(team.ada().on(id).history(PAGE).items());
        team.bob().on(id).reply("I did.");
        assertThat(ticket.ticket().status()).isEqualTo(TicketStatus.OPEN);
        CustomerEvent reply = team.ada().on(id).history(PAGE).items().get(2);
        assertThat(reply).isInstanceOf(CustomerEvent.Message.class);
        assertThat(reply.role()).isEqualTo(Role.CUSTOMER);
        assertThat(reply.authorName()).isEqualTo("Bob Babbage");
        assertThat(ticket.ticket().customerEmail()).isEqualTo("ada@example.com");
        assertThat(Traces.of(team.ada().on(id).history(PAGE))).doesNotContain("bob@", BOB.toString());
        assertVerified();
    }

    @Test
    void who_is_in_copy_neither_closes_nor_reopens_nor_rates_alone_or_among_several() {
        ticket.addParticipant(BOB, COPY);
        inCopy(() -> team.bob().on(id).close(), OptionalInt.empty());
        inCopy(() -> team.bob().on(id).expecting(5).close(), OptionalInt.empty());
        inCopy(() -> team.bob().on(id).apply(Command.reply("Text"), Command.close()), OptionalInt.of(1));
        ticket.close();
        inCopy(() -> team.bob().on(id).reopen(), OptionalInt.empty());
        inCopy(() -> team.bob().on(id).rate(1, "Bad"), OptionalInt.empty());
        assertThat(team.bob().on(id).ticket().feedback()).isEmpty();
        team.bob().on(id).reply("It burns again.");
        assertThat(ticket.ticket().status()).isEqualTo(TicketStatus.OPEN);
        assertVerified();
    }

    private static void inCopy(ThrowingCallable call, OptionalInt place) {
        assertThatThrownBy(call).isInstanceOfSatisfying(NotAllowed.class, e -> {
            assertThat(e.code()).isEqualTo("actor.in_copy");
            assertThat(e.commandIndex()).isEqualTo(place);
        });
    }

    @Test
    void a_requester_does_what_the_tickets_own_customer_does_and_a_closing_is_rated_once() {
        ticket.addParticipant(BOB, REQUESTER);
        team.bob().on(id).apply(Command.reply("Text"), Command.close(), CustomerCommand.rate(4, "Fine"));
        refused("feedback.exists", () -> team.ada().on(id).rate(1, "Bad"));
        team.bob().on(id).reopen();
        team.bob().on(id).close();
        team.ada().on(id).rate(2, "Again");
        assertThat(database.value("select feedback_history from counterfoil.customers where id = '" + BOB + "'"))
                .contains("Fine")
                .doesNotContain("Again");
        assertThat(team.bob().on(id).ticket().feedback().orElseThrow().rating()).isEqualTo(2);
        assertVerified();
    }

    @Test
    void a_customers_list_holds_their_own_and_those_in_which_they_take_part_in_one_order() {
        List<UUID> bobs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            UUID other = (i % 2 == 0 ? team.ada() : team.bob())
                    .open(NewTicket.of("Title " + i, "Text"))
                    .id();
            if (i % 2 == 0) {
                team.jane().on(other).addParticipant(BOB, i % 4 == 0 ? COPY : REQUESTER);
            }
            if (i % 3 == 0) {
                team.jane().on(other).close();
            }
            bobs.add(other);
        }
        assertThat(listed(team.bob(), TicketQuery.all(), PageRequest.oldestFirst(2)))
                .containsExactlyElementsOf(bobs);
        assertThat(listed(team.bob(), TicketQuery.all().status(TicketStatus.CLOSED), PageRequest.oldestFirst(1)))
                .containsExactly(bobs.get(0), bobs.get(3), bobs.get(6));
        assertThat(team.jane().find(TicketQuery.all().ofCustomer(BOB), PAGE).items())
                .hasSize(4);
        Collections.reverse(bobs);
        assertThat(listed(team.bob(), TicketQuery.all(), PageRequest.newestFirst(4)))
                .containsExactlyElementsOf(bobs);
    }

    private static List<UUID> listed(CustomerDesk desk, TicketQuery query, PageRequest first) {
        List<UUID> ids = new ArrayList<>();
        Page<CustomerTicketSummary> page = desk.find(query, first);
        while (true) {
            page.items().forEach(one -> ids.add(one.id()));
            if (page.next().isEmpty()) {
                return ids;
            }
            page = desk.find(query, first.after(page.next().get()));
        }
    }

    @Test
    void who_was_taken_out_is_answered_as_if_there_were_no_ticket() {
        UUID none = UUID.randomUUID();
        UUID command = UUID.randomUUID();
        ticket.addParticipant(BOB, REQUESTER);
        team.bob().on(id).once(command).reply("Text");
        ticket.removeParticipant(BOB);
        for (UUID one : List.of(id, none)) {
            assertThat(team.bob().on(one).findTicket()).isEmpty();
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> team.bob().on(one).ticket(),
                    () -> team.bob().on(one).history(PAGE),
                    () -> team.bob().on(one).ticketWithHistory(PAGE),
                    () -> team.bob().on(one).reply("Text"),
                    () -> team.bob().on(one).expecting(0).close())) {
                assertThatThrownBy(call)
                        .isInstanceOf(TicketNotFound.class)
                        .hasMessage(new TicketNotFound(one).getMessage());
            }
        }
        assertThat(team.bob().find(TicketQuery.all(), PAGE).items()).isEmpty();
        assertThat(team.bob().on(id).once(command).reply("Text").outcome())
                .as("what they stored before is told again")
                .isEqualTo(Outcome.REPLAYED);
        assertVerified();
    }

    @Test
    void adding_and_removing_change_nothing_that_customers_see_and_are_told_to_the_staff() {
        ticket.reply("Hello");
        String before = seen();
        int version = ticket.ticket().version();
        ticket.addParticipant(BOB, COPY);
        ticket.addParticipant(BOB, REQUESTER);
        ticket.removeParticipant(BOB);
        assertThat(seen()).isEqualTo(before);
        team.ada().on(id).expecting(team.ada().on(id).ticket().version()).reply("Hello?");
        List<TicketEvent> events = ticket.history(PAGE).items().subList(version, version + 4);
        assertThat(events)
                .extracting(event -> event.type() + " " + event.author().firstName())
                .containsExactly(
                        "participant-added Jane",
                        "participant-removed Jane",
                        "participant-added Jane",
                        "participant-removed Jane");
        assertThat(events).allMatch(event -> event.visibility() == Visibility.PRIVATE);
        assertThat(events.get(2)).isInstanceOfSatisfying(TicketEvent.ParticipantAdded.class, event -> {
            assertThat(event.customerId()).isEqualTo(BOB);
            assertThat(event.kind()).isEqualTo(REQUESTER);
        });
        assertVerified();
    }

    private String seen() {
        return Traces.of(team.ada().on(id).ticketWithHistory(PAGE))
                + Traces.of(team.ada().find(TicketQuery.all(), PAGE));
    }

    @Test
    void what_is_so_already_stores_nothing() {
        assertThat(ticket.addParticipant(ADA, COPY).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(ticket.removeParticipant(ADA).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(ticket.removeParticipant(BOB).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(ticket.addParticipant(BOB, COPY).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(ticket.addParticipant(BOB, COPY).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(ticket.ticket().version()).isEqualTo(1);
        assertThat(ticket.participants().customers())
                .containsExactly(new Participants.Participant(BOB, "bob@example.com", "Bob", "Babbage", COPY));
    }

    @Test
    void at_most_a_hundred_take_part() {
        List<Command> all = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            all.add(Command.addParticipant(customer(new UUID(7, i), "C" + i), COPY));
        }
        ticket.apply(all.subList(0, 50));
        ticket.apply(all.subList(50, 100));
        assertThat(ticket.apply(all.get(99)).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThatThrownBy(() -> ticket.apply(all.get(100)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll("participants", "too_many", "100");
        assertThat(ticket.participants().customers()).hasSize(100);
    }

    private UUID customer(UUID customerId, String name) {
        team.tickets().people().registerCustomer(NewCustomer.of(customerId, customerId + "@example.com", name, ""));
        return customerId;
    }

    @Test
    void who_is_not_there_or_was_erased_cannot_be_added() {
        team.tickets().admin(EVE).erase(BOB);
        for (UUID person : List.of(BOB, JANE, UUID.randomUUID())) {
            refused("customer.not_found", () -> ticket.addParticipant(person, COPY));
        }
        assertThat(ticket.ticket().version()).isZero();
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void a_ticket_that_moves_to_who_takes_part_is_theirs_and_no_more_its_customers_before() {
        ticket.addParticipant(BOB, COPY);
        ticket.addParticipant(customer(CARL, "Carl"), COPY);
        ticket.moveToCustomer(BOB);
        team.bob().on(id).close();
        assertThat(ticket.participants().customers())
                .extracting(Participants.Participant::id)
                .containsExactly(CARL);
        assertThat(team.ada().on(id).findTicket()).isEmpty();
        assertThat(listed(team.bob(), TicketQuery.all(), PAGE)).containsExactly(id);
        ticket.addParticipant(ADA, COPY);
        ticket.moveToCustomer(ADA);
        assertThat(team.bob().on(id).findTicket()).isEmpty();
        assertVerified();
    }

    @Test
    void who_is_blocked_reads_on_and_who_was_erased_writes_nothing() {
        ticket.addParticipant(BOB, REQUESTER);
        team.tickets().admin(EVE).block(BOB);
        assertThat(team.bob().on(id).findTicket()).isPresent();
        refused("actor.blocked", () -> team.bob().on(id).reply("Text"));
        team.tickets().admin(EVE).unblock(BOB);
        team.bob().on(id).reply("I am Bob Babbage.");
        team.tickets().admin(EVE).erase(BOB);
        refused("actor.blocked", () -> team.bob().on(id).reply("Text"));
        assertThat(Traces.of(team.ada().on(id).history(PAGE))).contains("Erased Customer");
        assertVerified();
    }

    @Test
    void erasing_looks_through_tickets_in_which_the_person_takes_part() {
        ticket.reply("Is Bob Babbage with you?");
        ticket.addParticipant(BOB, COPY);
        assertThat(team.tickets().admin(EVE).erase(BOB).tickets()).contains(id);
    }

    @Test
    void a_purge_takes_out_who_takes_part_and_who_follows() {
        ticket.addParticipant(BOB, COPY);
        ticket.follow();
        team.tickets().admin(EVE).purge(id, UUID.randomUUID());
        assertThat(database.query("select ticket_id from counterfoil.ticket_participant union all"
                        + " select ticket_id from counterfoil.ticket_follower"))
                .isEmpty();
        assertThat(team.bob().find(TicketQuery.all(), PAGE).items()).isEmpty();
    }

    @Test
    void verification_names_rows_that_no_event_tells_of() {
        ticket.addParticipant(BOB, COPY);
        ticket.follow();
        assertVerified();
        database.behindTheGuards("update counterfoil.ticket_participant set kind = 'requester'");
        assertThat(subjects()).containsExactly("1 ticket_participant missing", "1 ticket_participant unexpected");
        database.behindTheGuards("update counterfoil.ticket_participant set kind = 'copy', ticket_created_at = now()");
        assertThat(subjects()).containsExactly("0 ticket_participant differs");
        database.behindTheGuards("update counterfoil.ticket_participant set ticket_created_at = t.created_at"
                + " from counterfoil.ticket t; update counterfoil.ticket_follower set ticket_created_at = now()");
        assertThat(subjects()).containsExactly("0 ticket_participant differs");
        database.behindTheGuards("delete from counterfoil.ticket_follower; delete from counterfoil.ticket_participant");
        assertThat(subjects()).containsExactly("1 ticket_participant missing");
    }

    private List<String> subjects() {
        return team.tickets().verifyAll().discrepancies().stream()
                .map(one -> one.seq() + " " + one.subject() + " " + one.code())
                .sorted()
                .toList();
    }

    @Test
    void a_reply_that_waited_for_its_authors_removal_is_refused() throws Exception {
        replyBesideRemoval(
                () -> refused("ticket.not_found", () -> team.bob().on(id).reply("Late")));
    }

    @Tag("planted")
    @Test
    void it_would_be_stored_if_nobody_looked_again_after_the_lock() throws Exception {
        database.changeFunction("apply_command", "t.customer_id <> p_actor_id and v_kind is null", "false");
        replyBesideRemoval(() -> team.bob().on(id).reply("Late"));
    }

    private void replyBesideRemoval(Runnable replying) throws Exception {
        ticket.addParticipant(BOB, COPY);
        try (Connection holding = database.dataSource().getConnection()) {
            holding.setAutoCommit(false);
            team.tickets().joining(holding).agent(JANE).on(id).removeParticipant(BOB);
            CompletableFuture<Void> reply = Background.run(replying);
            database.awaitWaiting();
            holding.commit();
            reply.get(20, TimeUnit.SECONDS);
        }
        assertVerified();
    }

    @Test
    void nothing_is_stored_once_a_removal_has_answered() throws Exception {
        for (int round = 0; round < Integer.getInteger("counterfoil.rounds", 10); round++) {
            ticket.addParticipant(BOB, round % 2 == 0 ? COPY : REQUESTER);
            CyclicBarrier start = new CyclicBarrier(2);
            AtomicBoolean removed = new AtomicBoolean();
            CompletableFuture<Void> replies = Background.run(() -> reply(start, removed));
            start.await(20, TimeUnit.SECONDS);
            CommandResult<TicketEvent> removal = ticket.removeParticipant(BOB);
            removed.set(true);
            replies.get(20, TimeUnit.SECONDS);
            assertThat(ticket.ticket().version()).isEqualTo(removal.version());
        }
        assertVerified();
    }

    /** Until the first reply that began after the removal had answered. */
    private void reply(CyclicBarrier start, AtomicBoolean removed) {
        try {
            start.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        boolean last;
        do {
            last = removed.get();
            try {
                team.bob().on(id).reply("Text");
            } catch (TicketNotFound e) {
                assertThat(e.getMessage()).contains(id.toString());
            }
        } while (!last);
    }

    private void assertVerified() {
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }
}
