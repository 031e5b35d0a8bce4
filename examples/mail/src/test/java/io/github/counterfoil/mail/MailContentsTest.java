package io.github.counterfoil.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.mail.MailIn.Outcome;
import io.github.counterfoil.mail.MailIn.Result;
import io.github.counterfoil.ticket.Participants;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is taken of a mail, whatever state it is in. */
class MailContentsTest {
    private static MailPlace place;

    private final Correspondent writer = Correspondent.of(place, "ada");
    private final String ada = writer.address();

    @BeforeAll
    static void open() {
        place = MailPlace.open();
    }

    @AfterAll
    static void close() {
        place.close();
    }

    @Test
    void files_of_a_mail_are_in_the_ticket_with_the_mail() throws Exception {
        Eml mail = Eml.of(ada, writer.id("1"), "Photo", "")
                .mixed(
                        "mixed",
                        "Content-Type: text/plain\r\n\r\nSee it",
                        "Content-Type: image/png; name=\"../b\\\\u.png\"\r\nContent-Transfer-Encoding: base64\r\n"
                                + "Content-Disposition: attachment\r\n\r\niVBORw==");
        UUID opened = place.ticket(new Eml(
                mail.headers().stream()
                        .filter(h -> !h.startsWith("Content-Type: text"))
                        .toList(),
                mail.body()));
        TicketEvent.Message message = (TicketEvent.Message) place.events(opened).get(0);
        assertThat(message.attachments()).singleElement().satisfies(file -> {
            assertThat(file.members().get("name").string()).doesNotContain("/", "\\");
            assertThat(file.members().get("size").number().intValue()).isEqualTo(4);
        });
        assertThat(place.jane().on(opened).ticket().description()).isEqualTo("See it");
    }

    @Test
    void of_more_files_than_a_message_holds_the_first_are_there_and_the_whole_mail_is_kept_for_the_staff() {
        String[] parts = new String[30];
        Arrays.fill(parts, "Content-Type: application/pdf; name=x.pdf\r\n\r\nx");
        UUID ticket =
                place.ticket(Eml.from(ada).header("Message-ID", writer.id("1")).mixed("mixed", parts));
        TicketEvent.Message message = (TicketEvent.Message) place.events(ticket).get(0);
        assertThat(message.attachments()).hasSize(20);
        assertThat(place.count("mail.original where ticket_id = '" + ticket + "'"))
                .isEqualTo(1);
        assertThat(place.events(ticket)).last().isInstanceOf(TicketEvent.NoteAdded.class);
    }

    @Test
    void a_file_larger_than_the_desk_takes_keeps_the_mail_aside() {
        String large = "Content-Type: application/pdf; name=x.pdf\r\n\r\n" + "x".repeat(MailPlace.MOST_FILE + 1);
        writer.assertNotTaken(
                Eml.from(ada).header("Message-ID", writer.id("1")).mixed("mixed", large), "content.too_large");
    }

    @Test
    void a_text_larger_than_a_message_is_cut_and_a_mail_larger_than_the_limit_is_kept_aside() {
        TicketService tickets =
                TicketService.builder(place.dataSource).attachmentsInDatabase().build();
        MailIn in = new MailIn(place.dataSource, tickets, MailPlace.SETTINGS);
        UUID ticket = taken(in, writer.mail("1", "Long", "x".repeat(5_000_000)))
                .ticketId()
                .orElseThrow();
        assertThat(place.jane().on(ticket).ticket().description()).endsWith("…");
        assertThat(((TicketEvent.Message) place.events(ticket).get(0)).attachments())
                .hasSize(1);
        MailIn small = new MailIn(place.dataSource, tickets, MailPlace.SETTINGS.mostBytes(1_000));
        assertThat(taken(small, writer.mail("2", "Longer", "x".repeat(1_001))).reason())
                .contains("mail.too_large");
    }

    private static Result taken(MailIn in, Eml mail) {
        try {
            return in.take(mail.bytes());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_message_id_that_is_none_is_replaced_by_a_digest() {
        for (String id :
                List.of("", "no brackets", "<" + "x".repeat(2_000) + "@x>", "<a b@x>", "<ä@x>", "<a@x> <b@x>")) {
            Eml mail = Eml.of(ada, id, "Subject " + id.length() + id.hashCode(), "Text");
            assertThat(place.take(mail).outcome()).isEqualTo(Outcome.OPENED);
            assertThat(place.take(mail).outcome()).isEqualTo(Outcome.ALREADY_THERE);
        }
        assertThat(place.take(new Eml(List.of("From: " + ada), "")).outcome()).isEqualTo(Outcome.OPENED);
    }

    @Test
    void subjects_names_and_texts_are_taken_however_they_come() {
        UUID nothing = place.ticket(writer.mail("1", "", ""));
        assertThat(place.jane().on(nothing).ticket().title()).isEqualTo("(no subject)");
        assertThat(place.jane().on(nothing).ticket().description()).isEqualTo("(no text)");
        UUID odd = place.ticket(writer.mail("2", "a\0b\u202Ec " + "x".repeat(2_000), "n\0ul"));
        assertThat(place.jane().on(odd).ticket().title()).startsWith("abc x").endsWith("…");
        assertThat(place.jane().on(odd).ticket().description()).isEqualTo("nul");
        String japanese = "=?ISO-2022-JP?B?GyRCOzNFREJATzobKEI=?=";
        place.take(Eml.of(japanese + " <cjk" + ada + ">", writer.id("3"), "=?UTF-8?B?44OX44Oq44Oz44K/44O8?=", "火事"));
        assertThat(place.customer("cjk" + ada).firstName()).isEqualTo("山田太郎");
        assertThat(place.ticketsOf("cjk" + ada).get(0).title()).isEqualTo("プリンター");
        UUID unknown = place.ticket(writer.mail("4", "=?x-nobody?Q?=FF?=", "Text"));
        assertThat(place.jane().on(unknown).ticket().title()).isEqualTo("=?x-nobody?Q?=FF?=");
    }

    @Test
    void broken_mails_are_taken_with_what_can_be_read_and_the_whole_mail_is_kept_for_the_staff() {
        List<Eml> broken = List.of(
                Eml.from(ada)
                        .header("Content-Type", "text/plain; charset=x-nobody")
                        .body("text \u00e4"),
                Eml.from(ada)
                        .header("Content-Type", "multipart/mixed; boundary=b")
                        .body("no part at all"),
                Eml.from(ada).header("Content-Transfer-Encoding", "base64").body("*** not base 64 ***"),
                Eml.from(ada).header("Content-Transfer-Encoding", "x-unknown").body("text"));
        int number = 0;
        for (Eml mail : broken) {
            UUID ticket = place.ticket(mail.header("Message-ID", writer.id("broken" + number++)));
            assertThat(place.events(ticket)).as(mail.asText()).last().isInstanceOf(TicketEvent.NoteAdded.class);
            assertThat(place.count("mail.original where ticket_id = '" + ticket + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void nothing_of_a_mails_headers_is_in_a_file_that_others_see_or_are_mailed() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        UUID bob = place.customer("bob." + ada, "Bob", "Babbage");
        place.jane().on(ticket).addParticipant(bob, Participants.Kind.COPY);
        List<Eml> odd = List.of(
                Eml.from(ada)
                        .header("Content-Type", "text/plain; charset=x-nobody")
                        .body("body \u00e4"),
                Eml.from(ada).header("Content-Transfer-Encoding", "base64").body("*** not base 64: body ***"),
                Eml.from(ada)
                        .header("Content-Type", "multipart/mixed; boundary=b")
                        .body("body"),
                Eml.from(ada).header("Content-Type", "text/plain").body("body \0 " + "long ".repeat(30_000)));
        int number = 2;
        for (Eml mail : odd) {
            Eml reply = mail.header("Cc", "secret-friend@example.com")
                    .header("Message-ID", writer.id(String.valueOf(number++)))
                    .answering(writer.id("1"));
            assertThat(place.take(reply).outcome()).isEqualTo(Outcome.REPLIED);
        }
        List<MimeMessage> mails = place.settle().stream()
                .filter(mail -> MailPlace.to(mail).startsWith("bob."))
                .toList();
        assertThat(mails).hasSize(odd.size());
        for (MimeMessage mail : mails) {
            IncomingMail read = IncomingMail.read(MailPlace.all(mail).getBytes(StandardCharsets.UTF_8));
            for (IncomingMail.File file : read.files()) {
                assertThat(file.name()).isEqualTo("original.txt");
                assertThat(new String(file.bytes(), StandardCharsets.UTF_8))
                        .contains("body")
                        .doesNotContain("Message-ID", "secret-friend", ada, "From:");
            }
        }
        assertThat(mails)
                .filteredOn(mail -> MailPlace.all(mail).contains("original.txt"))
                .hasSize(3);
    }

    @Test
    void charsets_by_names_that_some_mail_programs_give_them_are_known() {
        int number = 0;
        for (String charset : List.of("unknown-8bit", "x-unknown", "iso-8859-8-i", "iso-8859-6-e", "\"utf-8 \"")) {
            UUID ticket = place.ticket(Eml.from(ada)
                    .header("Message-ID", writer.id("charset" + number++))
                    .header("Content-Type", "text/plain; charset=" + charset)
                    .body("plain"));
            assertThat(place.jane().on(ticket).ticket().description()).isEqualTo("plain");
            assertThat(place.events(ticket)).as(charset).isEmpty();
        }
    }

    @Test
    void a_hundred_parts_inside_each_other_are_one_ticket() {
        StringBuilder nested = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\r\n\r\n");
        for (int i = 0; i < 100; i++) {
            nested.append("--b")
                    .append(i)
                    .append("\r\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\r\n\r\n");
        }
        byte[] bytes = ("From: " + ada + "\r\nMessage-ID: " + writer.id("1") + "\r\n" + nested + "--b100\r\n\r\ndeep")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(place.take(bytes).outcome()).isEqualTo(Outcome.OPENED);
        assertThat(place.ticketsOf(ada)).hasSize(1);
    }

    @Test
    void of_plain_text_and_html_the_plain_text_is_taken_else_what_the_html_says() {
        Eml both = Eml.from(ada)
                .header("Message-ID", writer.id("1"))
                .mixed(
                        "alternative",
                        "Content-Type: text/plain\r\n\r\nplain",
                        "Content-Type: text/html\r\n\r\n<b>rich</b>");
        assertThat(place.jane().on(place.ticket(both)).ticket().description()).isEqualTo("plain");
        Eml html = Eml.from(ada)
                .header("Message-ID", writer.id("2"))
                .header("Content-Type", "text/html")
                .body(
                        "<html><head><style>p {}</style></head><p>Fire &amp; <b>smoke</b></p><script>x</script>&#x1F525;");
        assertThat(place.jane().on(place.ticket(html)).ticket().description()).isEqualTo("Fire & smoke\n🔥");
    }

    @Test
    void html_that_ends_nowhere_is_read_whole_and_soon() {
        assertThat(HtmlText.of("a < b & c <p>d<title>e<!-- f &#xFFFFFFFF; &nosuch; g"))
                .isEqualTo("a < b & c \nde<!-- f &#xFFFFFFFF; &nosuch; g");
        for (String piece : List.of("<", "<a", "< ", "<!--", "&", "&#", "<style>", "</", "<p>", "\n")) {
            String html = piece.repeat(1_000_000) + ">;";
            assertTimeout(Duration.ofSeconds(30), () -> HtmlText.of(html));
        }
    }
}
