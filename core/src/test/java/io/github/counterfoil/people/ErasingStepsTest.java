package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.desk.AdminDesk.Erased;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Erasing goes step by step, through what is the person's alone, and says what it left. */
@Tag("storage")
class ErasingStepsTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final UUID COMMAND = UUID.randomUUID();
    private static final String NAMED =
            "select count(*) from counterfoil.ticket_event where created_by_first_name = 'Ada'";

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final AdminDesk eve = team.tickets().admin(EVE);

    @Test
    void the_answer_tells_what_was_renamed_and_where_a_reader_must_look() {
        UUID named = team.ticket();
        team.ada().on(named).reply("Call me.\nAda");
        team.jane().on(named).note("She is ada@EXAMPLE.com, a Lovelace");
        UUID titled =
                team.ada().open(NewTicket.of("The printer of ADA", "It burns")).id();
        UUID silent = team.ticket();
        team.ada().on(silent).reply("The adapter of Canada");
        UUID bobs = team.bob().open(NewTicket.of("Ada", "Lovelace")).id();

        Erased erased = eve.erase(ADA);
        assertThat(erased.events()).isEqualTo(2);
        assertThat(erased.texts()).isEqualTo(3);
        assertThat(erased.tickets()).containsExactlyInAnyOrder(named, titled).doesNotContain(silent, bobs);
        assertThat(eve.erase(ADA)).isEqualTo(new Erased(0, 0, List.of()));
    }

    /** Of the first person each text names them, of the last none does. */
    @Test
    void names_are_found_in_any_script_and_case_however_they_are_typed() {
        assertThat(toldOf(
                        "\u00c9lodie",
                        "\u00dcnal",
                        "yours, \u00e9lodie",
                        "E\u0301LODIE!",
                        "an \u00fcnal",
                        "Elodie Unal"))
                .isEqualTo(4);
        assertThat(toldOf(
                        "\u0410\u043d\u043d\u0430",
                        "\u0416\u0443\u043a",
                        "\u0430\u043d\u043d\u0430",
                        "\u0410\u041d\u041d\u0410",
                        "\u0436\u0443\u043a"))
                .isEqualTo(3);
        assertThat(toldOf("\u738b", "\u4f1f", "\u6211\u662f\u738b\u4f1f\u3002", "\u738b\u5148\u751f", "\u4f1f\u738b"))
                .isEqualTo(3);
        assertThat(toldOf(
                        "\u0e2a\u0e21\u0e0a\u0e32\u0e22",
                        "",
                        "\u0e1c\u0e21\u0e0a\u0e37\u0e48\u0e2d\u0e2a\u0e21\u0e0a\u0e32\u0e22\u0e04\u0e23\u0e31\u0e1a"))
                .isEqualTo(1);
        assertThat(toldOf("Mary  Ann".replace("  ", " "), "O'Neil", "Mary  Ann", "O\u2019Neil", "O'NEIL\nmary\tann"))
                .isEqualTo(3);
        assertThat(toldOf("A", "Bee", "A Bee.", "the bee", "BeeA")).isEqualTo(3);
        assertThat(toldOf("Ana", "Li", "Canada", "analysis", "a line", "Aña1")).isZero();
    }

    private long toldOf(String firstName, String lastName, String... texts) {
        UUID id = UUID.randomUUID();
        database.execute("insert into auth.users values ('" + id + "')");
        team.tickets().people().registerCustomer(NewCustomer.of(id, id + "@example.com", firstName, lastName));
        UUID ticket =
                team.tickets().customer(id).open(NewTicket.of("Title", "Text")).id();
        Stream.of(texts).forEach(text -> team.jane().on(ticket).note(text));
        return eve.erase(id).texts();
    }

    @Test
    void a_workers_tickets_are_looked_through_also_where_they_wrote_nothing() {
        UUID assigned = team.ticket();
        team.jane().on(assigned).assign(TOM);
        team.jane().on(assigned).note("For Tom Jones");
        team.jane().on(assigned).close();
        eve.deactivate(TOM);
        assertThat(eve.erase(TOM)).isEqualTo(new Erased(0, 1, List.of(assigned)));
    }

    @Test
    void who_asks_reads_what_is_left() {
        TicketService tickets = team.tickets();
        UUID eveId = EVE;
        UUID adaId = ADA;
        UUID commandId = COMMAND;
        UUID id = team.ticket();
        team.ada().on(id).reply("Yours, Ada");
        // region: erase
        Erased erased = tickets.admin(eveId).erase(adaId, commandId);
        List<UUID> toBeRead = erased.tickets(); // texts there hold her name or address still: only a reader can tell
        // endregion
        assertThat(toBeRead).containsExactly(id);
    }

    @Test
    void names_that_a_person_had_before_are_looked_for() {
        UUID id = team.ticket();
        team.ada().on(id).reply("Hello?");
        team.tickets().people().updateCustomer(ADA, Customer.Changes.none().name("Augusta", "King"));
        team.ada().on(id).reply("Lady Lovelace, married King");
        assertThat(eve.erase(ADA).texts()).isEqualTo(1);
        assertThat(database.value("select count(*) from counterfoil.receipt where answer::text ~ 'King|Lovelace'"))
                .isEqualTo("0");
    }

    @Test
    void members_that_an_import_brought_and_that_name_the_person_are_replaced() {
        UUID first = team.ticket();
        team.ada().on(first).reply("Hello?");
        team.jane().on(first).assign(TOM);
        UUID id = UUID.randomUUID();
        String document = team.tickets()
                .documents()
                .ticket(first)
                .orElseThrow()
                .text()
                .replace(first.toString(), id.toString())
                .replaceFirst("\"counterfoil_number\": ?\\d+", "\"counterfoil_number\": null")
                .replaceAll("(\"type\": ?\"message\")", "$1, \"from\": \"ADA@example.com\", \"size\": 3")
                .replaceAll("(\"type\": ?\"assignment-added\")", "$1, \"by\": \"Ada Lovelace\", \"ada\": [\"Ada\"]");
        assertThat(team.tickets()
                        .documents()
                        .importTickets(List.of(JsonValue.parse(document)).iterator())
                        .imported())
                .isEqualTo(1);

        Erased erased = eve.erase(ADA);
        assertThat(erased).isEqualTo(new Erased(4, 1, List.of(id)));
        assertThat(database.query("select body ->> 'from' from counterfoil.ticket_event where ticket_id = '" + id
                        + "' and body ? 'from'"))
                .containsExactly("Erased");
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_long_history_is_renamed_to_its_end() {
        imported(2_500);
        assertThat(eve.erase(ADA, COMMAND)).isEqualTo(new Erased(2_500, 0, List.of()));
        assertThat(database.value(NAMED)).isEqualTo("0");
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void what_broke_off_is_taken_up_again_and_answers_the_same() {
        imported(2_500);
        database.changeFunction(
                "erase_names",
                "if v_count = 0 then",
                "if c_after > '2023-01-01' then v_count := 1 / 0; end if; if v_count = 0 then");
        assertThatThrownBy(() -> eve.erase(ADA, COMMAND)).isInstanceOf(DatabaseFailure.class);
        assertThat(team.tickets().people().customer(ADA).orElseThrow().firstName())
                .isEqualTo("Erased");
        assertThat(database.value(NAMED)).isEqualTo("1500");

        database.changeFunction("erase_names", "if c_after > '2023-01-01' then v_count := 1 / 0; end if; ", "");
        assertThat(eve.erase(ADA, COMMAND)).isEqualTo(new Erased(2_500, 0, List.of()));
        assertThat(eve.erase(ADA, COMMAND)).isEqualTo(new Erased(2_500, 0, List.of()));
        assertThat(database.value(NAMED)).isEqualTo("0");
    }

    @Test
    void what_broke_off_after_it_had_begun_is_not_told_as_nothing() {
        UUID id = team.ticket();
        team.ada().on(id).reply("Hello?");
        database.execute("create function public.broken() returns trigger language plpgsql as"
                + " $$ begin raise exception 'no' using errcode = '25006'; end $$;"
                + " create trigger broken before update on counterfoil.ticket_event"
                + " for each row execute function public.broken()");
        assertThatExceptionOfType(OutcomeUnknown.class)
                .isThrownBy(() -> eve.erase(ADA, COMMAND))
                .satisfies(e -> assertThat(e.commandId()).contains(COMMAND));
        database.execute("drop function public.broken() cascade");
        assertThat(eve.erase(ADA, COMMAND)).isEqualTo(new Erased(1, 0, List.of()));
    }

    @Test
    void much_text_is_looked_through_in_many_steps() {
        String text = "x".repeat(3 * 1024 * 1024);
        UUID id = team.ticket();
        UUID unanswered = team.ticket();
        for (int i = 0; i < 7; i++) {
            team.ada().on(id).reply(text);
            team.jane().on(unanswered).note(text);
        }
        database.execute("create table public.step (tickets int)");
        database.changeFunction(
                "erase_mentions", "begin\n", "begin\n  insert into public.step values (cardinality(p_tickets));\n");
        eve.erase(ADA);
        assertThat(database.value("select count(*) > 2 and max(tickets) = 1 and sum(tickets) = 2 from public.step"))
                .isEqualTo("t");
    }

    @Test
    void an_erasing_under_another_id_ends_what_the_first_began() {
        UUID id = team.ticket();
        team.ada().on(id).reply("Yours, Ada Lovelace");
        database.changeFunction("erase_names", "if v_count = 0 then", "v_count := 1 / 0; if v_count = 0 then");
        assertThatThrownBy(() -> eve.erase(ADA, COMMAND)).isInstanceOf(DatabaseFailure.class);
        database.changeFunction("erase_names", "v_count := 1 / 0; ", "");
        assertThat(eve.erase(ADA)).isEqualTo(new Erased(1, 1, List.of(id)));
    }

    @Test
    void erasings_of_one_person_that_meet_get_one_report() {
        imported(2_500);
        String broken = "if c_after > '2023-01-01' then v_count := 1 / 0; end if; ";
        database.changeFunction("erase_names", "if v_count = 0 then", broken + "if v_count = 0 then");
        assertThatThrownBy(() -> eve.erase(ADA, COMMAND)).isInstanceOf(DatabaseFailure.class);
        UUID second = UUID.randomUUID();
        assertThatThrownBy(() -> eve.erase(ADA, second)).isInstanceOf(DatabaseFailure.class);
        database.changeFunction("erase_names", broken, "");
        Erased report = new Erased(2_500, 0, List.of());
        assertThat(eve.erase(ADA, second)).isEqualTo(report);
        assertThat(eve.erase(ADA)).isEqualTo(new Erased(0, 0, List.of()));
        assertThat(eve.erase(ADA, COMMAND)).isEqualTo(report);
        assertThat(eve.erase(ADA, second)).isEqualTo(report);
    }

    @Test
    void two_erasings_of_one_person_come_to_an_end() throws Exception {
        imported(2_500);
        CompletableFuture<Erased> first = Background.call(() -> eve.erase(ADA));
        CompletableFuture<Erased> second = Background.call(() -> eve.erase(ADA, COMMAND));
        assertThat(first.get(60, TimeUnit.SECONDS).events()
                        + second.get(60, TimeUnit.SECONDS).events())
                .isBetween(2_500L, 5_000L);
        assertThat(database.value(NAMED)).isEqualTo("0");
        assertThat(database.value("select count(*) from counterfoil.receipt where answer::text like '%Ada%'"))
                .isEqualTo("0");
        assertThat(database.deadlocks()).isEqualTo("0");
    }

    @Test
    void all_is_done_in_the_hosts_transaction_or_nothing() throws SQLException {
        UUID id = team.ticket();
        team.ada().on(id).reply("Hello?");
        try (Connection transaction = database.dataSource().getConnection()) {
            transaction.setAutoCommit(false);
            assertThat(team.tickets()
                            .joining(transaction)
                            .admin(EVE)
                            .erase(ADA, COMMAND)
                            .events())
                    .isEqualTo(1);
            assertThat(database.value(NAMED)).isEqualTo("1");
            transaction.rollback();
            assertThat(database.value(NAMED)).isEqualTo("1");
            team.tickets().joining(transaction).admin(EVE).erase(ADA, COMMAND);
            transaction.commit();
        }
        assertThat(database.value(NAMED)).isEqualTo("0");
    }

    @Test
    void a_row_that_an_adoption_kept_aside_goes_with_the_whole_name_alone() {
        database.execute("insert into counterfoil.adoption_problem values"
                + " ('tickets', gen_random_uuid(), '{\"from\": \"ADA LOVELACE\"}', '{}'),"
                + " ('tickets', gen_random_uuid(), '{\"from\": \"Ada\"}', '{}')");
        eve.erase(ADA);
        assertThat(database.query("select document ->> 'from' from counterfoil.adoption_problem"))
                .containsExactly("Ada");
    }

    /** Of 4,000 events, each step sees those that are the person's, whatever plan PostgreSQL has made its own. */
    @Test
    void erasing_and_figures_read_what_is_the_persons_alone() throws SQLException {
        for (int ticket = 0; ticket < 200; ticket++) {
            imported(20);
        }
        UUID id = team.ticket();
        team.bob().open(NewTicket.of("Title", "Text"));
        team.jane().on(id).reply("Text");
        database.asSuperuser("analyze");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int call = 0; call < 7; call++) {
                team.tickets().joining(connection).figures().worker(JANE, START, Instant.parse("2999-01-01T00:00:00Z"));
                team.tickets().joining(connection).admin(EVE).erase(BOB);
            }
            try (ResultSet read = statement.executeQuery("select seq_scan, seq_tup_read + coalesce(idx_tup_fetch, 0)"
                    + " from pg_stat_xact_user_tables where relname = 'ticket_event'")) {
                read.next();
                assertThat(read.getLong(1)).isZero();
                assertThat(read.getLong(2)).isLessThan(200);
            }
            connection.rollback();
        }
    }

    private void imported(int events) {
        UUID id = UUID.randomUUID();
        Author author = new Author(ADA, "Ada", "Lovelace", Role.CUSTOMER);
        List<TicketEvent> history = IntStream.rangeClosed(1, events)
                .<TicketEvent>mapToObj(seq -> new TicketEvent.Message(
                        new TicketEvent.Header(
                                UUID.randomUUID(), id, seq, START.plusSeconds(seq), author, Visibility.PUBLIC),
                        "Text",
                        List.of()))
                .toList();
        team.tickets()
                .imports()
                .run(List.of(ImportedTicket.of(id, NewTicket.of("Title", "Text"), ADA, START)
                                .events(history))
                        .iterator());
    }
}
