package io.github.counterfoil.search;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Lag;
import io.github.counterfoil.change.SearchIndex;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** Search is given what it has not: by the same words as if it had been there. */
@Tag("storage")
@ExtendWith(Chance.class)
class SearchIndexTest {
    private static final PageRequest ALL = PageRequest.newestFirst(200);
    private static final List<String> WORDS = List.of(
            "printer",
            "LP-1817",
            "v1.2.3",
            "Größe",
            "打印机着火了",
            "it's",
            "a\\b",
            "ada@example.com",
            "שָׁלוֹם",
            "[redacted]");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    /** Stores no words. */
    private final TicketService old = database.service();

    private final TicketService tickets =
            TicketService.builder(database.connections()).searchable().build();
    private final SupportTeam team = SupportTeam.registered(old);
    private final SearchIndex index = tickets.searchIndex();

    private List<UUID> found(String text) {
        return tickets.agent(JANE).find(TicketQuery.all().matching(text), ALL).items().stream()
                .map(TicketSummary::id)
                .toList();
    }

    private List<UUID> foundByAda(String text) {
        return tickets.customer(ADA).find(TicketQuery.all().matching(text), ALL).items().stream()
                .map(CustomerTicketSummary::id)
                .toList();
    }

    /** Other databases' transactions on the server hold changes back for a moment. */
    private static void catchUp(SearchIndex index, int atMost) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        Lag lag;
        do {
            while (index.catchUp(atMost) > 0) {}
            lag = index.lag();
            assertThat(Instant.now()).isBefore(end);
        } while (lag.changes() + lag.heldBack() > 0);
    }

    private List<String> rows() {
        return database.query("select s.ticket_id || ' ' || s.seq || ' ' || s.private || ' '"
                // What a redaction left stands where it stood.
                + " || case when exists (select from counterfoil.ticket_event e where e.ticket_id = s.ticket_id"
                + " and e.type = 'event-redacted') then strip(s.words) else s.words end"
                + " from counterfoil.ticket_search s order by 1");
    }

    @Test
    void what_was_there_before_and_what_was_imported_is_found_once_it_is_caught_up() {
        UUID before = team.ticket();
        team.jane().on(before).note("A wombat");
        team.jane().on(before).setField("serial", JsonValue.parse("{\"a\": [\"quokka\", 4711]}"));
        UUID imported = UUID.randomUUID();
        Instant at = Instant.parse("2020-01-01T00:00:00Z");
        TicketEvent.Header header = new TicketEvent.Header(
                UUID.randomUUID(),
                imported,
                1,
                at.plusSeconds(1),
                new Author(ADA, "Ada", "Lovelace", Role.CUSTOMER),
                Visibility.PUBLIC);
        tickets.imports()
                .run(List.of(ImportedTicket.of(imported, NewTicket.of("Old numbat", "Text"), ADA, at)
                                .events(List.of(new TicketEvent.Message(header, "A dugong", List.of()))))
                        .iterator());
        database.awaitOthers();
        assertThat(index.lag().changes()).isEqualTo(5);
        assertThat(found("wombat")).isEmpty();

        catchUp(index, 2);
        assertThat(found("fire wombat quokka 4711")).containsExactly(before);
        assertThat(found("numbat dugong")).containsExactly(imported);
        assertThat(foundByAda("numbat dugong")).containsExactly(imported);
        assertThat(foundByAda("fire")).containsExactly(before);
        assertThat(foundByAda("wombat")).isEmpty();
        assertThat(foundByAda("quokka")).isEmpty();
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(index.lag().since()).isEmpty();
    }

    @Test
    void what_a_service_writes_that_is_not_searchable_is_found_later() {
        UUID id = tickets.agent(JANE).open(ADA, NewTicket.of("Kakapo", "Text")).id();
        old.agent(JANE).on(id).changeTitle("Takahe");
        old.agent(JANE).on(id).addParticipant(BOB, Participants.Kind.COPY);
        tickets.agent(JANE).on(id).reply("Kea");
        assertThat(found("takahe")).isEmpty();

        catchUp(index, 100);
        assertThat(found("takahe kakapo kea")).containsExactly(id);
        assertThat(tickets.verify(id).discrepancies()).isEmpty();
        String weights = database.value("select s.words::text from counterfoil.ticket_search s where s.seq = 1");
        assertThat(weights).contains("'takahe':1A");
    }

    @Test
    void where_commands_store_no_words_texts_are_found_after_the_next_call() {
        TicketService later =
                TicketService.builder(database.connections()).searchableLater().build();
        UUID id = later.agent(JANE).open(ADA, NewTicket.of("Kakapo", "Text")).id();
        later.agent(JANE).on(id).note("Kea");
        TicketQuery query = TicketQuery.all().matching("kakapo kea");
        assertThat(rows()).isEmpty();
        assertThat(later.agent(JANE).find(query, ALL).items()).isEmpty();
        catchUp(later.searchIndex(), 100);
        assertThat(later.agent(JANE).find(query, ALL).items())
                .singleElement()
                .extracting(TicketSummary::id)
                .isEqualTo(id);
    }

    @Test
    void what_is_left_of_a_redacted_beginning_stays_findable() {
        NewTicket ticket = NewTicket.of("Bettong", "Potoroo")
                .customFields(Map.of("one", JsonValue.of("LP-1"), "two", JsonValue.of("LP-2")));
        for (String member : List.of("title", "description", "custom_fields.one")) {
            UUID id = tickets.agent(JANE).open(ADA, ticket).id();
            tickets.admin(EVE).redactions().redact(id, Redaction.ofBeginning(member));
            assertThat(found("bettong").contains(id)).isEqualTo(!member.equals("title"));
            assertThat(found("potoroo").contains(id)).isEqualTo(!member.equals("description"));
            assertThat(foundByAda("potoroo").contains(id)).isEqualTo(!member.equals("description"));
            catchUp(index, 100);
            assertThat(found("bettong").contains(id)).isEqualTo(!member.equals("title"));
            assertThat(found("potoroo").contains(id)).isEqualTo(!member.equals("description"));
            assertThat(found("lp-1").contains(id)).isEqualTo(!member.startsWith("custom_fields"));
            assertThat(found("lp-2")).contains(id);
            assertThat(found("redacted")).isEmpty();
            assertThat(tickets.verify(id).discrepancies()).isEmpty();
        }
    }

    @Test
    void a_portion_that_is_given_up_is_done_again_and_none_is_done_twice() throws SQLException {
        UUID id = team.ticket();
        team.jane().on(id).note("A wombat");
        assertThat(index.lag().paused()).isFalse();
        database.awaitOthers();
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(tickets.joining(connection).searchIndex().catchUp(10)).isEqualTo(2);
            assertThat(index.catchUp(10)).as("what another is at").isZero();
            connection.rollback();
        }
        assertThat(found("wombat")).isEmpty();
        database.awaitOthers();
        assertThat(index.lag().changes()).isEqualTo(2);
        catchUp(index, 1);
        assertThat(found("fire wombat")).containsExactly(id);
        assertThat(index.catchUp(10)).isZero();
    }

    @Test
    void a_text_that_is_redacted_after_it_was_read_does_not_come_back() throws SQLException {
        UUID id = team.ticket();
        UUID message = team.jane().on(id).reply("A secret").events().get(0).id();
        team.jane().on(id).reply("A wombat");
        database.awaitOthers();
        assertThat(index.lag().changes()).isEqualTo(3);
        String token = UUID.randomUUID().toString();
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            String read;
            try (var rows = connection
                    .createStatement()
                    .executeQuery(
                            "select jsonb_agg(jsonb_build_object('ticket', r.ticket_id, 'seq', r.seq, 'digest', r.digest,"
                                    + " 'words', jsonb_build_object('text', '''secret'':1'))) filter (where r.seq = 1)"
                                    + " from counterfoil.read_unsearched('" + token
                                    + "', 10, counterfoil.change_horizon(), 1000, true) as r")) {
                rows.next();
                read = rows.getString(1);
            }
            assertThat(read).isNotNull();
            tickets.admin(EVE).redactions().redact(id, Redaction.of(message, "content"));
            try (var rows = connection
                    .createStatement()
                    .executeQuery("select * from counterfoil.index_unsearched('" + token + "', '"
                            + read.replace("'", "''") + "', 1000, true)")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isNull();
            }
            connection.commit();
        }
        assertThat(rows()).isEmpty();
        catchUp(index, 100);
        assertThat(found("wombat fire")).containsExactly(id);
        assertThat(found("secret")).isEmpty();
        assertThat(rows()).noneMatch(row -> row.contains("secret"));
    }

    @Test
    void two_that_catch_up_at_once_beside_who_writes_leave_out_nothing() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            ids.add(team.ticket());
        }
        List<CompletableFuture<Void>> both = Stream.of(old, tickets)
                .map(service -> Background.run(() -> {
                    for (UUID id : ids) {
                        service.searchIndex().catchUp(3);
                        service.agent(JANE).on(id).reply("A wombat");
                    }
                }))
                .toList();
        both.forEach(CompletableFuture::join);
        catchUp(index, 100);
        assertThat(found("fire wombat")).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(database.value("select count(*) from counterfoil.ticket_search"))
                .isEqualTo("72");
    }

    @Test
    void a_look_that_finds_nothing_to_do_takes_five_round_trips() {
        team.ticket();
        catchUp(index, 100);
        try (CountingProxy proxy = CountingProxy.before(database.url())) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(proxy.url());
            try (var pool = TestDatabase.pool(source, 1)) {
                SearchIndex counted = TicketService.builder(pool).build().searchIndex();
                counted.catchUp(100);
                assertThat(proxy.count(() -> counted.catchUp(100))).isLessThanOrEqualTo(5);
            }
        }
        assertThatThrownBy(() -> index.catchUp(1_001)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> index.catchUp(0)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void what_is_caught_up_equals_what_was_stored_at_once_on_random_histories() {
        Random random = Chance.random();
        for (int i = 0; i < 12; i++) {
            played(random);
        }
        catchUp(index, 1_000);
        List<String> stored = rows();
        assertThat(stored).hasSizeGreaterThan(40);
        database.behindTheGuards(
                "delete from counterfoil.ticket_search where random() < " + (random.nextBoolean() ? "0.5" : "2"));
        database.execute("delete from counterfoil.change_place where consumer = '';"
                + " delete from counterfoil.change_consumer where name = ''");
        catchUp(index, 1 + random.nextInt(50));
        assertThat(rows()).isEqualTo(stored);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder(WORDS.get(random.nextInt(WORDS.size())));
        for (int more = random.nextInt(4); more > 0; more--) {
            text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }

    private static JsonValue value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> JsonValue.of(random.nextInt(1_000));
            case 1 -> JsonValue.parse("[1.50, 2e3, true, null, \"" + random.nextInt(9) + "\"]");
            case 2 ->
                JsonValue.ofObject(
                        Map.of("zz", JsonValue.of("x1"), "b", JsonValue.of("x2"), "ccc", JsonValue.of("x3")));
            default -> JsonValue.of(text(random));
        };
    }

    private void played(Random random) {
        NewTicket ticket = NewTicket.of(text(random), text(random))
                .customFields(Map.of("alpha", value(random), "b", value(random), "cc", value(random)));
        UUID id = tickets.agent(JANE)
                .open(random.nextBoolean() ? ADA : BOB, ticket)
                .id();
        List<UUID> events = new ArrayList<>();
        for (int i = random.nextInt(14); i > 0; i--) {
            AgentHandle desk = tickets.agent(JANE).on(id);
            try {
                var result = switch (random.nextInt(9)) {
                    case 0 -> desk.note(text(random));
                    case 1 -> desk.changeTitle(text(random));
                    case 2 -> desk.changeDescription(text(random));
                    case 3 -> desk.setField("f" + random.nextInt(2), value(random));
                    case 4 -> desk.removeField("alpha");
                    case 5 -> desk.addParticipant(random.nextBoolean() ? ADA : BOB, Participants.Kind.COPY);
                    case 6 -> desk.moveToCustomer(random.nextBoolean() ? ADA : BOB);
                    default -> desk.reply(text(random));
                };
                result.events().forEach(event -> events.add(event.id()));
            } catch (Refusal e) {
                // A history is as good without it.
            }
        }
        if (random.nextInt(3) == 0) {
            Redaction redaction = events.isEmpty() || random.nextBoolean()
                    ? Redaction.ofBeginning(
                            List.of("title", "description", "custom_fields.b").get(random.nextInt(3)))
                    : Redaction.ofEverythingIn(events.get(random.nextInt(events.size())));
            tickets.admin(EVE).redactions().redact(id, redaction);
        }
    }
}
