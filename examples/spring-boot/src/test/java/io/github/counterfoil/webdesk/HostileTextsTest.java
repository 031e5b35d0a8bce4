package io.github.counterfoil.webdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.CleanText;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.webdesk.accounts.Account;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whatever people type is shown as the text that it is. */
class HostileTextsTest {
    /** Strings that others collected: used where they are, beside those below. */
    private static final Path COLLECTED = Path.of("../../../shared/data/naughty-strings/blns.json");

    static final List<String> HOSTILE = List.of(
            "<script>document.title = 'taken'</script>",
            "<img src=x onerror=\"document.title = 'taken'\">",
            "\"><svg onload=alert(1)>",
            "'; drop table account; --",
            "</textarea><script>alert(1)</script>",
            "javascript:alert(1)",
            "<!-- a comment that goes on",
            "]]>",
            "&lt;b&gt; stays as it is",
            "${7*7} #{7*7} *{7*7} [[${7*7}]] [(${7*7})] __${7*7}__ {{7*7}} <%= 7*7 %>",
            "=HYPERLINK(\"http://example.com\")",
            "\u202Ereversed\u202C and \u200Binvisible",
            "e\u0301 \u0BA8\u0BBF \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
            "line one\r\nline two\tand a tab",
            "\u0001\u0008\u001B[31m",
            "%00 %0d%0aSet-Cookie: a=b",
            "../../etc/passwd");

    @Test
    void every_hostile_text_is_shown_as_text_on_the_pages_of_both_sides() throws Exception {
        List<String> texts = new ArrayList<>(HOSTILE);
        if (Files.exists(COLLECTED)) {
            JsonValue.parse(Files.readString(COLLECTED)).elements().forEach(text -> texts.add(text.string()));
        }
        Account ada = RunningDesk.account("ada");
        Account jane = RunningDesk.account("jane");
        for (int from = 0; from < texts.size(); from += 40) {
            List<String> some = texts.subList(from, Math.min(from + 40, texts.size())).stream()
                    .map(text -> CleanText.body(text, "-"))
                    .toList();
            UUID id = RunningDesk.tickets()
                    .customer(ada.supportId())
                    .open(NewTicket.of(CleanText.title(texts.get(from), "-"), some.get(0)))
                    .id();
            List<CustomerCommand> replies = new ArrayList<>();
            some.forEach(text -> replies.add(Command.reply(text)));
            RunningDesk.tickets().customer(ada.supportId()).on(id).apply(replies);
            for (String page : List.of(page(ada, "/portal/tickets/" + id), page(jane, "/desk/tickets/" + id))) {
                for (String text : some) {
                    assertThat(page).contains("<p class=\"text\">" + escaped(text) + "</p>");
                }
            }
        }
    }

    @Test
    void hostile_titles_tags_names_and_searches_are_shown_as_text() throws Exception {
        Account ada = RunningDesk.account("ada");
        Account jane = RunningDesk.account("jane");
        for (String text : HOSTILE) {
            String line = CleanText.title(text, "-");
            UUID id = RunningDesk.tickets()
                    .agent(jane.supportId())
                    .open(ada.supportId(), NewTicket.of(line, "-").tags(line.length() > 64 ? "<b>" : line))
                    .id();
            assertThat(page(jane, "/desk/tickets/" + id)).contains("<span>" + escaped(line) + "</span>");
            assertThat(page(jane, "/desk?queue=UNASSIGNED")).contains("<span>" + escaped(line) + "</span>");
            assertThat(page(ada, "/portal/tickets/" + id)).contains("<span>" + escaped(line) + "</span>");
            assertThat(RunningDesk.pages()
                            .perform(get("/portal").param("q", text + " word").with(user(ada)))
                            .andReturn()
                            .getResponse()
                            .getContentAsString(StandardCharsets.UTF_8))
                    .doesNotContain(List.of("<script>", "<svg", "<img src=x"));
        }
    }

    private static String page(Account account, String path) throws Exception {
        return RunningDesk.pages()
                .perform(get(path).with(user(account)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
