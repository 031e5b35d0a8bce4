package io.github.counterfoil.search;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.database.DataSourceConnections;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.internal.search.Question;
import io.github.counterfoil.internal.search.SearchRepository;
import io.github.counterfoil.internal.search.SearchRepository.Hit;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found, and by whom, in a database whose locale is {@code C}. */
@Tag("storage")
class SearchTest {
    private static TestDatabase database;
    private static TicketService tickets;

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
        tickets = TicketService.builder(database.connections()).searchable().build();
        SupportTeam.registered(tickets);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Der Drucker ist zu groß                         | GROSS
                    Der Drucker ist zu groß                         | Größ*
                    Un café noir                                    | CAFE
                    error E-1234 in v1.2.3                          | e-1234
                    error E-1234 in v1.2.3                          | V1.2.3
                    see LP-1817.                                    | LP-1817
                    see LP-1817.                                    | 1817
                    hresult (0x80070005)                            | 0x80070005
                    mail to <user@example.com>, please              | User@Example.com
                    id 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is gone | 3F2504E0-4F89-11D3-9A0C-0305E82C3301
                    the print server is down                        | "print server"
                    the print server is down                        | prin*
                    プリンターが故障しています。                       | 故障
                    プリンターが故障しています。                       | ﾌﾟﾘﾝﾀｰ
                    打印机着火了，请帮忙                              | 着火
                    打印机着火了，请帮忙                              | 火
                    เครื่องพิมพ์ของฉันไม่ทำงาน                         | ไม่ทำงาน
                    ເຄື່ອງພິມບໍ່ເຮັດວຽກ                                | ບໍ່ເຮັດ
                    ម៉ាស៊ីនបោះពុម្ពមិនដំណើរការ                        | ដំណើរការ
                    프린터가 고장났어요                                | 프린터
                    ΣΑΣ ΕΥΧΑΡΙΣΤΩ                                   | σας
                    принтер сломался                                | ПРИНТЕР
                    Straße and AT&T and don’t                       | "at&t" don't strasse
                    """)
    void each_is_found_by_both_sides(String text, String question) {
        UUID id = opened("Ein Titel", text);

        assertThat(found(JANE, Role.AGENT, question)).contains(id);
        assertThat(found(ADA, Role.CUSTOMER, question)).contains(id);
        assertThat(found(BOB, Role.CUSTOMER, question)).doesNotContain(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    see XP-1817-2                | XP-1817
                    server of the printing house | "printing server"
                    打印好的机器                    | 打印机
                    zebrafish                    | zebra
                    """)
    void nothing_else_is_found(String text, String question) {
        UUID id = opened("Another", text);

        assertThat(found(JANE, Role.AGENT, question)).doesNotContain(id);
    }

    @Test
    void words_of_a_question_may_stand_in_several_texts_of_a_ticket() {
        UUID id = opened("Quokka", "A text.");
        tickets.agent(JANE).on(id).reply("Wombat, numbat.");

        assertThat(found(ADA, Role.CUSTOMER, "quokka wombat \"wombat numbat\"")).containsExactly(id);
        assertThat(found(JANE, Role.AGENT, "quokka wombat kangaroo")).isEmpty();
    }

    @Test
    void a_title_counts_more_than_a_message() {
        UUID said = opened("Other", "Text");
        tickets.agent(JANE).on(said).reply("It is about an axolotl that somebody has.");
        UUID titled = opened("Axolotl", "Text");
        UUID again = opened("Other", "Text");
        tickets.agent(JANE).on(again).reply("It is about an axolotl that somebody has.");

        assertThat(found(JANE, Role.AGENT, "axolotl")).containsExactly(titled, again, said);
    }

    @Test
    void customers_neither_find_nor_rank_by_what_the_staff_keeps_for_itself() {
        UUID plain = opened("Capybara", "Text");
        UUID noted = opened("Capybara", "Text");
        List<Hit> before = hits(ADA, Role.CUSTOMER, "capybara");
        tickets.agent(JANE).on(noted).note("Capybara capybara, and tapir.");
        tickets.agent(JANE).on(noted).setField("animal", JsonValue.parse("{\"name\": [\"ocelot\", 4711]}"));

        assertThat(hits(ADA, Role.CUSTOMER, "capybara")).isEqualTo(before);
        for (String secret : List.of("tapir", "ocelot", "4711", "capybara tapir", "tap*", "\"and tapir\"")) {
            assertThat(found(ADA, Role.CUSTOMER, secret)).as(secret).isEmpty();
            assertThat(found(JANE, Role.AGENT, secret)).as(secret).containsExactly(noted);
        }
        assertThat(found(JANE, Role.AGENT, "capybara")).containsExactlyInAnyOrder(plain, noted);
    }

    @Test
    void a_ticket_that_is_moved_is_found_by_whoever_it_belongs_to() {
        UUID id = opened("Pangolin", "Text");
        tickets.agent(JANE).on(id).moveToCustomer(BOB);

        assertThat(found(ADA, Role.CUSTOMER, "pangolin")).isEmpty();
        assertThat(found(BOB, Role.CUSTOMER, "pangolin")).containsExactly(id);
    }

    @Test
    void what_was_redacted_or_purged_is_not_found() {
        UUID id = opened("Payment", "My card is 4929-1234");
        UUID event = tickets.agent(JANE)
                .on(id)
                .reply("Is it 4929-9876?")
                .events()
                .get(0)
                .id();
        UUID gone = opened("Thylacine", "Text");
        assertThat(found(JANE, Role.AGENT, "4929")).containsExactly(id);

        tickets.admin(EVE).redactions().redact(id, Redaction.of(event, "content"));
        assertThat(found(JANE, Role.AGENT, "9876")).isEmpty();
        assertThat(found(JANE, Role.AGENT, "4929-1234")).containsExactly(id);
        tickets.admin(EVE).redactions().redact(id, Redaction.ofWholeBeginning());
        assertThat(found(JANE, Role.AGENT, "4929")).isEmpty();
        tickets.admin(EVE).purge(gone, UUID.randomUUID());
        assertThat(found(JANE, Role.AGENT, "thylacine")).isEmpty();
        assertThat(database.query("select 1 from counterfoil.ticket_search s where s.words::text like '%4929%'"))
                .isEmpty();
    }

    @Test
    void a_reply_costs_at_most_2500_bytes_of_log_more_and_without_search_nothing() {
        UUID id = opened("Cost", "Text");
        long without = medianOfReplies(database.service(), id);
        long with = medianOfReplies(tickets, id);

        System.out.println("write-ahead log of a reply of 300 characters: " + without + " bytes, searchable " + with);
        assertThat(without).isLessThan(1_500);
        assertThat(with - without).isBetween(500L, 2_500L);
    }

    /** Of the replies themselves: what they leave to GIN's list is merged by one in thousands. */
    private static long medianOfReplies(TicketService service, UUID id) {
        List<Long> bytes = new ArrayList<>();
        for (int i = 0; i < 42; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; text.length() < 294; word++) {
                text.append("word").append((i * 31 + word * 17) % 97).append(' ');
            }
            String before = database.value("select pg_current_wal_insert_lsn()");
            service.agent(JANE).on(id).reply(text.toString());
            bytes.add(Long.parseLong(database.value("select pg_current_wal_insert_lsn() - '" + before + "'::pg_lsn")));
        }
        return bytes.subList(21, 42).stream().sorted().toList().get(10);
    }

    @Test
    void whoever_may_not_act_is_refused() {
        assertThatThrownBy(() -> found(ADA, Role.AGENT, "anything")).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> found(UUID.randomUUID(), Role.CUSTOMER, "anything"))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void hostile_texts_and_questions_break_nothing() {
        List<String> hostile = List.of(
                "'",
                "''",
                "\\",
                "\\'",
                "a'b\\c:*&|!<->()",
                "\"",
                "\"\"",
                "\"'",
                "* ** ***",
                "\u202E\u200B\uFEFF",
                "é\u0301\u0301",
                "\uFDFA".repeat(200),
                "a".repeat(900),
                "a.".repeat(400),
                "\u0E33".repeat(300),
                "x".repeat(70) + "*",
                "' | 'a':*",
                "/c" + ADA.toString().replace("-", ""),
                "/m202611",
                "%_",
                "{}[]",
                "\t\n\u2028",
                "🖨🔥",
                "ﬁ ½ ²",
                "İıſ");
        for (String text : hostile) {
            UUID id = tickets.customer(ADA)
                    .open(NewTicket.of("Title", text.isBlank() ? "." : "x " + text))
                    .id();
            tickets.agent(JANE).on(id).reply("y " + text);
            if (Question.of(text, "matching", new Faults()) != null) {
                found(JANE, Role.AGENT, text);
                found(ADA, Role.CUSTOMER, text);
            }
        }
        UUID large = opened("Large", "begin " + "漢字仮名交じり文 lorem-ipsum ".repeat(20_000) + " theend");
        assertThat(found(JANE, Role.AGENT, "begin \"漢字仮名交じり文\"")).contains(large);
        assertThat(found(JANE, Role.AGENT, "theend")).doesNotContain(large);
    }

    @Test
    void a_question_is_bounded_by_one_typed_fault() {
        assertThat(fault("a".repeat(1_001))).isEqualTo("[matching: too_long (1000)]");
        assertThat(fault("a ".repeat(17))).isEqualTo("[matching: too_many (16)]");
        assertThat(fault("ab*")).isEqualTo("[matching: too_short (3)]");
    }

    private static String fault(String question) {
        Faults faults = new Faults();
        assertThat(Question.of(question, "matching", faults)).isNull();
        try {
            faults.throwIfAny();
        } catch (InvalidInput e) {
            return e.faults().stream()
                    .map(one -> one.field() + ": " + one.code() + " (" + one.limit() + ")")
                    .toList()
                    .toString();
        }
        return "none";
    }

    private static UUID opened(String title, String description) {
        return tickets.customer(ADA).open(NewTicket.of(title, description)).id();
    }

    private static List<UUID> found(UUID actor, Role role, String question) {
        List<UUID> ids = new ArrayList<>();
        hits(actor, role, question).forEach(hit -> ids.add(hit.ticketId()));
        return ids;
    }

    private static List<Hit> hits(UUID actor, Role role, String text) {
        Database reading = new Database(new DataSourceConnections(database.connections()), Names.DEFAULT, dsl -> {});
        Question question = Objects.requireNonNull(Question.of(text, "matching", new Faults()));
        return SearchRepository.hits(reading, new Access(new Actor(role, actor), Set.of()), question, 200);
    }
}
