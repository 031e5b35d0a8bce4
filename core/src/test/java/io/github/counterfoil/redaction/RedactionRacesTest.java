package io.github.counterfoil.redaction;

import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.TextSearch;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redactions that meet all that others do to a ticket. A longer run: {@code -Dcounterfoil.rounds=1000}. */
@Tag("storage")
class RedactionRacesTest {
    private static final int ROUNDS = Integer.getInteger("counterfoil.rounds", 100);
    private static final String CARD = "zebra";

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final Redactions redactions = team.tickets().admin(EVE).redactions();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void of_a_redaction_that_meets_four_repliers_no_text_is_left_and_no_reply_is_lost() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            UUID id = team.ticket();
            UUID written = team.ada()
                    .on(id)
                    .reply("My card is " + CARD + round)
                    .events()
                    .get(0)
                    .id();
            Set<String> expected = new TreeSet<>(List.of(TicketEvent.REDACTED));
            List<Callable<Object>> all = new ArrayList<>();
            all.add(() -> redactions.redact(id, Redaction.ofEverythingIn(written)));
            for (int replier = 0; replier < 4; replier++) {
                List<String> texts = List.of("First of " + replier, "Second of " + replier);
                expected.addAll(texts);
                boolean customer = replier % 2 == 0;
                all.add(() -> {
                    texts.forEach(text -> {
                        if (customer) {
                            team.ada().on(id).reply(text);
                        } else {
                            team.jane().on(id).reply(text);
                        }
                    });
                    return "replied";
                });
            }
            atOnce(all);
            assertThat(contents(id)).as("round %s", round).isEqualTo(expected);
        }
        requireGone(CARD);
    }

    @Test
    void of_redactions_that_meet_every_command_imports_and_an_erasing_no_text_is_left() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            UUID customer = UUID.randomUUID();
            team.tickets()
                    .people()
                    .registerCustomer(NewCustomer.of(customer, "yak" + round + "@example.com", "Yak" + round, "Yak"));
            UUID id = team.tickets()
                    .customer(customer)
                    .open(NewTicket.of("Title " + CARD + round, "Text " + CARD + round))
                    .id();
            List<UUID> written = write(customer, id, CARD + round);
            JsonValue before = team.tickets().documents().ticket(id).orElseThrow();
            List<Callable<Object>> all = new ArrayList<>();
            all.add(() -> redactions.redact(id, Redaction.ofWholeBeginning()));
            written.forEach(event -> all.add(() -> redactions.redact(id, Redaction.ofEverythingIn(event))));
            commands(customer, id).forEach(command -> all.add(() -> unlessRefused(command)));
            all.add(() ->
                    team.tickets().documents().importTickets(List.of(before).iterator()));
            all.add(() -> {
                team.tickets().admin(EVE).erase(customer);
                return "erased";
            });
            atOnce(all);
            assertThat(contents(id)).as("round %s", round).contains("Another reply");
        }
        requireGone(CARD);
        requireGone("yak");
    }

    @Test
    void of_all_that_a_person_wrote_nothing_is_left_while_others_write() throws Exception {
        for (int round = 0; round < ROUNDS / 10 + 1; round++) {
            UUID customer = UUID.randomUUID();
            team.tickets()
                    .people()
                    .registerCustomer(NewCustomer.of(customer, "ox" + round + "@example.com", "Ox", "Ox"));
            List<UUID> ids = new ArrayList<>();
            for (int ticket = 0; ticket < 3; ticket++) {
                UUID id = team.tickets()
                        .customer(customer)
                        .open(NewTicket.of("Title " + CARD, "Text " + CARD))
                        .id();
                team.tickets().customer(customer).on(id).reply("Message " + CARD);
                ids.add(id);
            }
            List<Callable<Object>> all = new ArrayList<>();
            all.add(() -> redactions.redactAll(customer));
            all.add(() -> redactions.redactAll(customer, "Twice", UUID.randomUUID()));
            ids.forEach(id -> all.add(() -> team.jane().on(id).reply("Another reply")));
            ids.forEach(id -> all.add(() -> team.jane().on(id).changeTitle("Another title")));
            atOnce(all);
            for (UUID id : ids) {
                assertThat(contents(id)).contains("Another reply");
                assertThat(team.jane().on(id).ticket().title()).isEqualTo("Another title");
            }
        }
        requireGone(CARD);
    }

    /** The events that hold the text. */
    private List<UUID> write(UUID customer, UUID id, String text) {
        AgentHandle jane = team.jane().on(id);
        List<TicketEvent> events = new ArrayList<>();
        events.addAll(jane.apply(
                        Command.note("Note " + text),
                        Command.reply("Reply " + text, List.of(JsonValue.parse("{\"name\": \"" + text + "\"}"))),
                        Command.changeTitle("New title " + text),
                        Command.changeDescription("New text " + text),
                        Command.setField("card", JsonValue.of("Field " + text)),
                        Command.assign(JANE),
                        Command.close())
                .events());
        List<UUID> ids = events.stream().map(TicketEvent::id).collect(Collectors.toList());
        ids.add(team.tickets()
                .customer(customer)
                .on(id)
                .rate(3, "Comment " + text)
                .events()
                .get(0)
                .id());
        return ids;
    }

    private List<Callable<Object>> commands(UUID customer, UUID id) {
        AgentHandle jane = team.jane().on(id);
        return List.of(
                () -> jane.reply("Another reply"),
                () -> jane.changeTitle("Another title"),
                () -> jane.changeDescription("Another text"),
                () -> jane.setField("card", "Another field"),
                jane::reopen,
                () -> jane.tag("a"),
                () -> jane.changePriority(Priority.HIGH),
                () -> jane.moveToCustomer(SupportTeam.BOB),
                () -> jane.unassign(JANE),
                jane::close,
                () -> team.tickets().customer(customer).on(id).reply("Hello?"));
    }

    private static Object unlessRefused(Callable<Object> command) throws Exception {
        try {
            return command.call();
        } catch (Refusal e) {
            return e.code();
        }
    }

    private void atOnce(List<Callable<Object>> all) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(all.size());
        List<Future<Object>> running = all.stream()
                .map(one -> threads.submit(() -> {
                    barrier.await(30, TimeUnit.SECONDS);
                    return one.call();
                }))
                .toList();
        for (Future<Object> one : running) {
            one.get(60, TimeUnit.SECONDS);
        }
    }

    private Set<String> contents(UUID id) {
        return team.jane().on(id).history(PageRequest.oldestFirst(200)).items().stream()
                .filter(TicketEvent.Message.class::isInstance)
                .map(event -> ((TicketEvent.Message) event).content())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void requireGone(String text) {
        assertThat(TextSearch.hostsTables(database, text)).isEmpty();
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }
}
