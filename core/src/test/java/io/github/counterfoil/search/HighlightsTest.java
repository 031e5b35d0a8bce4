package io.github.counterfoil.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.search.Highlights;
import io.github.counterfoil.internal.search.Piece;
import io.github.counterfoil.internal.search.Question;
import io.github.counterfoil.internal.search.Searched;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.TicketQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where in a text it stands what is searched for. */
@ExtendWith(Chance.class)
class HighlightsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Der Drucker ist zu groß.                  | GROSS                 | Der Drucker ist zu [groß].
                    Größe ist nicht groß                      | größ*                 | [Größe] ist nicht [groß]
                    Un cafe\u0301 noir                        | café                  | Un [cafe\u0301] noir
                    error E-1234, or e-1234-5                 | e-1234                | error [E-1234], or e-1234-5
                    see LP-1817.                              | 1817                  | see LP-[1817].
                    the print server and a server print       | "print server"        | the [print server] and a server print
                    the print server                          | server print          | the [print] [server]
                    プリンターが故障しています。                  | 故障                   | プリンターが[故障]しています。
                    ﾌﾟﾘﾝﾀｰ down                                 | プリンター               | [ﾌﾟﾘﾝﾀｰ] down
                    打印机着火了，请帮忙                          | 着火了                 | 打印机[着火了]，请帮忙
                    𝒫rinter 😀 printer                         | printer               | [𝒫rinter] 😀 [printer]
                    เครื่องพิมพ์ของฉันไม่ทำงาน                   | ไม่ทำงาน               | เครื่องพิมพ์ของฉัน[ไม่ทำงาน]
                    <b>bold</b> & <i>bold</i>                 | bold                  | <b>[bold]</b> & <i>[bold]</i>
                    nothing of it                             | else                  | nothing of it
                    """)
    void words_are_marked_as_they_stand_there(String text, String sought, String expected) {
        assertThat(marked(
                        text,
                        TicketQuery.all().matching(sought).highlights(text).stream()
                                .map(one -> new int[] {one.from(), one.to()})
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void a_query_without_a_text_marks_nothing_and_one_with_a_fault_says_so() {
        assertThat(TicketQuery.all().highlights("Anything")).isEmpty();
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> TicketQuery.all().matching("...").highlights("Anything"))
                .satisfies(
                        e -> assertThat(e.faults()).containsExactly(new InvalidInput.Fault("text", "no_words", null)));
    }

    @Test
    void the_piece_that_is_shown_has_most_of_the_question() {
        String text = "An apple a day. " + "Many words stand between. ".repeat(40)
                + "Here an apple and a pear lie together, and " + "more words follow. ".repeat(40);
        Piece piece = Highlights.best(text, Question.of("apple pear"));

        assertThat(piece.text()).contains("an apple and a pear lie").startsWith("Many words stand between. Here an");
        assertThat(marked(piece)).contains("an [apple] and a [pear] lie");
        assertThat(piece.before()).isTrue();
        assertThat(piece.after()).isTrue();
        assertThat(piece.text().codePointCount(0, piece.text().length())).isBetween(160, 200);
    }

    @Test
    void what_is_short_is_shown_whole() {
        assertThat(Highlights.best("A short text", Question.of("text")))
                .satisfies(piece -> assertThat(marked(piece)).isEqualTo("A short [text]"))
                .satisfies(piece -> assertThat(piece.before() || piece.after()).isFalse());
        assertThat(Highlights.best("", Question.of("text")).text()).isEmpty();
    }

    @Test
    void no_piece_ends_within_a_character() {
        for (String character : List.of("😀", "e\u0301", "ก\u0e34", "a\u200d\u0301")) {
            for (int lead = 0; lead < 5; lead++) {
                String text = "x".repeat(lead) + character.repeat(300) + " pear " + character.repeat(300);
                Piece piece = Highlights.best(text, Question.of("pear"));

                assertThat(marked(piece)).contains("[pear]");
                assertThat(text).contains(piece.text());
                assertThat(Character.isLowSurrogate(piece.text().charAt(0))).isFalse();
                assertThat(Character.getType(piece.text().codePointAt(0)))
                        .isNotEqualTo((int) Character.NON_SPACING_MARK);
                String rest =
                        text.substring(text.indexOf(piece.text()) + piece.text().length());
                assertThat(rest)
                        .satisfies(end -> assertThat(end.isEmpty()
                                        || Character.getType(end.codePointAt(0)) != Character.NON_SPACING_MARK)
                                .isTrue());
            }
        }
    }

    @Test
    void what_postgresql_finds_is_marked_and_nothing_else() throws SQLException {
        Random random = Chance.random();
        List<String> words = List.of(
                "print",
                "printer",
                "Print-Server",
                "LP-1817",
                "lp",
                "1817",
                "Größe",
                "grosse",
                "打印机",
                "打印",
                "故障",
                "プリンター",
                "user@example.com",
                "don’t",
                "ไม่ทำงาน",
                "\u0130stanbul",
                "ﬁre",
                "fire",
                "½",
                "e\u0301",
                "É");
        int found = 0;
        try (TestDatabase database = TestDatabase.empty();
                Connection connection = database.dataSource().getConnection();
                PreparedStatement asked =
                        connection.prepareStatement("select cast(? as tsvector) @@ cast(? as tsquery)")) {
            for (int i = 0; i < 1_500; i++) {
                String text = text(words, random, 1 + random.nextInt(8));
                String sought = text(words, random, 1 + random.nextInt(3));
                String quoted = random.nextBoolean() ? '"' + sought + '"' : sought.replaceAll(" .*", "");
                Question question = Question.of(quoted);
                asked.setString(
                        1,
                        JsonValue.parse(Searched.title(text).words().text())
                                .members()
                                .get("text")
                                .string());
                asked.setString(2, question.any());
                try (ResultSet row = asked.executeQuery()) {
                    row.next();
                    found += row.getBoolean(1) ? 1 : 0;
                    assertThat(!Highlights.in(text, question).isEmpty())
                            .as("%s in %s", quoted, text)
                            .isEqualTo(row.getBoolean(1));
                }
            }
        }
        assertThat(found).isBetween(200, 1_300);
    }

    private static String text(List<String> words, Random random, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> words.get(random.nextInt(words.size())))
                .collect(Collectors.joining(" "));
    }

    private static String marked(Piece piece) {
        return marked(
                piece.text(),
                piece.found().stream()
                        .map(one -> new int[] {one.from(), one.to()})
                        .toList());
    }

    private static String marked(String text, List<int[]> found) {
        StringBuilder marked = new StringBuilder(text);
        List<int[]> last = new ArrayList<>(found);
        for (int i = last.size() - 1; i >= 0; i--) {
            marked.insert(last.get(i)[1], ']').insert(last.get(i)[0], '[');
        }
        return marked.toString();
    }
}
