package io.github.counterfoil.ticket;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents who follow a ticket without being assigned. */
@Tag("storage")
class FollowersTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();
    private final AgentHandle ticket = team.jane().on(id);

    @Test
    void following_leaves_no_event_and_no_version_and_the_ticket_as_it_was() {
        Ticket before = ticket.ticket();
        assertThat(ticket.follow().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(ticket.follow().events()).isEmpty();
        ticket.apply(Command.follow(TOM));
        assertThat(ticket.ticket()).isEqualTo(before);
        assertThat(ids()).containsExactly(JANE, TOM);
        ticket.unfollow();
        ticket.unfollow();
        assertThat(ids()).containsExactly(TOM);
        ticket.apply(Command.unfollow(TOM));
        assertThat(ids()).isEmpty();
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    private List<UUID> ids() {
        return ticket.participants().followers().stream()
                .map(Participants.Follower::id)
                .toList();
    }

    @Test
    void what_an_agent_follows_is_a_list_in_pages_and_narrows_with_the_other_conditions() {
        List<UUID> followed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            UUID other = team.ticket();
            if (i % 2 == 0) {
                team.tom().on(other).follow();
                followed.add(other);
            }
            if (i == 2) {
                team.jane().on(other).apply(Command.close(), Command.assign(JANE));
            }
        }
        TicketQuery toms = TicketQuery.all().followedBy(TOM);
        Page<TicketSummary> first = team.jane().find(toms, PageRequest.oldestFirst(2));
        Page<TicketSummary> second = team.jane()
                .find(toms, PageRequest.oldestFirst(2).after(first.next().orElseThrow()));
        assertThat(Stream.concat(first.items().stream(), second.items().stream())
                        .map(TicketSummary::id))
                .containsExactlyElementsOf(followed);
        assertThat(second.next()).isEmpty();
        PageRequest page = PageRequest.newestFirst(50);
        for (TicketQuery one : List.of(
                toms.status(TicketStatus.CLOSED),
                toms.assignedTo(JANE),
                toms.assignedTo(JANE).ofCustomer(ADA))) {
            assertThat(team.jane().find(one, page).items())
                    .extracting(TicketSummary::id)
                    .containsExactly(followed.get(1));
        }
        assertThat(team.jane().find(toms.ofCustomer(BOB), page).items()).isEmpty();
        assertThat(team.jane().find(TicketQuery.all().followedBy(JANE), page).items())
                .isEmpty();
        team.tom().on(followed.get(0)).unfollow();
        assertThat(team.jane().find(toms, page).items()).hasSize(2);
    }

    @Test
    void it_is_a_command_among_others_on_one_ticket_and_on_many() {
        UUID other = team.ticket();
        team.tom().onEach(List.of(id, other)).apply(Command.follow(), Command.note("I keep an eye on it."));
        assertThat(ids()).containsExactly(TOM);
        assertThat(team.tom().on(other).participants().followers()).hasSize(1);
        assertThatThrownBy(() -> ticket.apply(Command.follow(), Command.assign(BOB)))
                .isInstanceOf(PersonNotFound.class);
        assertThat(ids()).as("all or none").containsExactly(TOM);
        assertThatThrownBy(() -> ticket.expecting(0).follow()).isInstanceOf(StaleTicket.ForAgent.class);
    }

    @Test
    void only_active_agents_follow() {
        UUID system = UUID.randomUUID();
        team.tickets().people().registerSystem(system, "Auto-close");
        for (UUID person : List.of(system, BOB, UUID.randomUUID())) {
            assertThatThrownBy(() -> ticket.apply(Command.follow(person)))
                    .isInstanceOfSatisfying(
                            PersonNotFound.class, e -> assertThat(e.code()).isEqualTo("worker.not_found"));
        }
        assertThatThrownBy(() -> team.tickets().agent(system).on(id).follow()).isInstanceOf(PersonNotFound.class);
        team.tom().on(id).follow();
        team.tickets().admin(EVE).deactivate(TOM);
        assertThat(ids()).isEmpty();
        assertThatThrownBy(() -> ticket.apply(Command.follow(TOM))).isInstanceOf(PersonNotFound.class);
        team.tickets().admin(EVE).reactivate(TOM);
        assertThat(ids()).as("who comes back goes on").containsExactly(TOM);
    }

    @Test
    void at_most_a_hundred_follow_one_ticket() {
        List<Command> all = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            UUID worker = new UUID(8, i);
            team.tickets().people().registerWorker(NewWorker.of(worker, worker + "@example.com", "W" + i, ""));
            all.add(Command.follow(worker));
        }
        ticket.apply(all.subList(0, 50));
        ticket.apply(all.subList(50, 100));
        assertThatThrownBy(() -> ticket.apply(all.get(100)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll("followers", "too_many", "100");
        team.tickets().admin(EVE).deactivate(new UUID(8, 0));
        ticket.apply(all.get(100));
        assertThat(ids()).hasSize(100);
    }
}
