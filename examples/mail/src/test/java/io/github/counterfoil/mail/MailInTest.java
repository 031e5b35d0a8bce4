package io.github.counterfoil.mail;

import static io.github.counterfoil.mail.MailPlace.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.mail.MailIn.Outcome;
import io.github.counterfoil.mail.MailIn.Result;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.Workflow;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of mails, one at a time, most of them bad. */
class MailInTest {
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static MailPlace place;

    private final String ada = "ada" + PEOPLE.incrementAndGet() + "@example.com";
    private final String bob = "bob" + PEOPLE.incrementAndGet() + "@example.com";

    @BeforeAll
    static void open() {
        place = MailPlace.open();
    }

    @AfterAll
    static void close() {
        place.close();
    }

    private Eml mail(String id, String subject, String text) {
        return Eml.of("Ada Lovelace <" + ada + ">", id(id), subject, text);
    }

    /** The same names in all tests, and no mail of another's. */
    private String id(String name) {
        return "<" + name + "." + ada + ">";
    }

    private void assertNotTaken(Eml mail, String reason) {
        long aside = place.count("mail.aside");
        long tickets = place.count("counterfoil.ticket");
        Result result = place.take(mail);
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_TAKEN);
        assertThat(result.reason()).contains(reason);
        assertThat(place.count("mail.aside")).isEqualTo(aside + 1);
        assertThat(place.count("counterfoil.ticket")).isEqualTo(tickets);
    }

    @Test
    void a_mail_of_an_unknown_sender_registers_them_and_opens_a_ticket() {
        UUID id = place.ticket(mail("1", "Printer on fire", "It burns.\r\n> quoted\r\n"));
        Ticket ticket = place.jane().on(id).ticket();
        assertThat(ticket.title()).isEqualTo("Printer on fire");
        assertThat(ticket.description()).isEqualTo("It burns.\n> quoted\n");
        assertThat(ticket.sourceChannel()).contains("mail");
        Customer customer = place.customer(ada);
        assertThat(List.of(customer.firstName(), customer.lastName())).containsExactly("Ada", "Lovelace");
    }

    @Test
    void the_same_mail_again_is_there_already() {
        Eml mail = mail("1", "Once", "Only once.");
        UUID ticket = place.ticket(mail);
        assertThat(place.take(mail.header("Received", "by another way")))
                .isEqualTo(Result.of(Outcome.ALREADY_THERE, ticket));
        assertThat(place.ticketsOf(ada)).hasSize(1);
    }

    @Test
    void mails_of_somebody_unknown_that_come_to_several_nodes_at_once_are_there_once_and_of_one_customer()
            throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            List<Future<Result>> results = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Eml mail = mail(String.valueOf(i % 2), "At once " + i % 2, "Text");
                results.add(nodes.submit(() -> place.take(mail)));
            }
            Set<UUID> tickets = new HashSet<>();
            for (Future<Result> result : results) {
                tickets.add(result.get().ticketId().orElseThrow());
            }
            assertThat(tickets).hasSize(2);
        } finally {
            nodes.shutdown();
        }
        assertThat(place.ticketsOf(ada)).hasSize(2);
    }

    @Test
    void a_mail_whose_row_was_deleted_is_there_already_by_its_reference() {
        Eml mail = mail("1", "Once", "Only once.");
        UUID ticket = place.ticket(mail);
        place.sql("delete from mail.incoming where sender = '" + ada + "'");
        assertThat(place.take(mail)).isEqualTo(Result.of(Outcome.ALREADY_THERE, ticket));
    }

    @Test
    void another_mail_under_the_same_message_id_is_kept_aside() {
        place.ticket(mail("1", "One", "The first."));
        assertNotTaken(mail("1", "Two", "The second."), "message_id.reused");
    }

    @Test
    void a_message_id_that_somebody_else_used_keeps_no_mail_out() {
        UUID first = place.ticket(Eml.of(ada, "<shared." + ada + ">", "One", "Ada's"));
        UUID second = place.ticket(Eml.of(bob, "<shared." + ada + ">", "Two", "Bob's"));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void an_answer_to_a_mail_of_their_own_goes_on_in_its_ticket() {
        UUID ticket = place.ticket(mail("1", "One", "First"));
        Result result = place.take(mail("2", "Re: One", "Second").answering(id("0"), id("1")));
        assertThat(result).isEqualTo(Result.of(Outcome.REPLIED, ticket));
        assertThat(place.messages(ticket)).containsExactly("Second");
    }

    @Test
    void an_answer_to_a_mail_from_here_goes_on_in_its_ticket_whatever_its_subject_says() {
        UUID ticket = place.ticket(mail("1", "One", "First"));
        UUID other = place.ticket(mail("2", "Two", "Other"));
        String acknowledged = place.settle().stream()
                .map(sent -> MailPlace.header(sent, "Message-ID"))
                .filter(id -> id.contains(ticket.toString()))
                .findFirst()
                .orElseThrow();
        long number = place.jane().on(other).ticket().number();
        Result result = place.take(mail("3", "[#" + number + "] Re", "Third").answering(acknowledged));
        assertThat(result).isEqualTo(Result.of(Outcome.REPLIED, ticket));
    }

    @Test
    void a_number_in_the_subject_leads_who_takes_part_to_the_ticket() {
        UUID ticket = place.ticket(mail("1", "One", "First"));
        place.customer(bob, "Bob", "Babbage");
        place.jane().on(ticket).addParticipant(place.customer(bob).id(), Participants.Kind.COPY);
        long number = place.jane().on(ticket).ticket().number();
        assertThat(place.take(mail("2", "AW: [#" + number + "] One", "Ada's")).ticketId())
                .contains(ticket);
        assertThat(place.take(Eml.of(bob, "<b." + bob + ">", "Re: [#" + number + "] One", "Bob's"))
                        .ticketId())
                .contains(ticket);
        assertThat(place.messages(ticket)).containsExactly("Ada's", "Bob's");
    }

    @Test
    void neither_number_nor_references_lead_a_stranger_into_a_ticket() {
        UUID ticket = place.ticket(mail("1", "One", "First"));
        long number = place.jane().on(ticket).ticket().number();
        String ours = new OwnMessageIds("example.com")
                .of(ticket, null, place.customer(ada).id());
        Eml stranger = Eml.of(bob, "<s." + bob + ">", "Re: [#" + number + "] One", "Let me in")
                .answering(id("1"), ours);
        UUID opened = place.ticket(stranger);
        assertThat(opened).isNotEqualTo(ticket);
        assertThat(place.events(ticket)).isEmpty();
        assertThat(place.jane().on(opened).ticket().title()).isEqualTo("Re: One");
    }

    @Test
    void a_number_that_no_ticket_has_opens_a_new_one() {
        assertThat(place.take(mail("1", "[#999999999999999999] One", "Text")).outcome())
                .isEqualTo(Outcome.OPENED);
        assertThat(place.take(mail("2", "[#0] Two", "Text")).outcome()).isEqualTo(Outcome.OPENED);
    }

    @Test
    void a_mail_into_a_closed_ticket_opens_it_again_or_a_new_one_as_the_workflow_says() {
        UUID ticket = place.ticket(mail("1", "One", "First"));
        place.jane().on(ticket).close();
        place.take(mail("2", "Re: One", "Second").answering(id("1")));
        assertThat(place.jane().on(ticket).ticket().status()).isEqualTo(TicketStatus.OPEN);
        try (MailPlace strict =
                new MailPlace(MailPlace.SETTINGS, Workflow.standard().replyToClosed(Workflow.ReplyToClosed.REFUSED))) {
            UUID closed = strict.ticket(mail("1", "One", "First"));
            strict.jane().on(closed).close();
            Result result = strict.take(mail("2", "Re: One", "Second").answering(id("1")));
            assertThat(result.outcome()).isEqualTo(Outcome.OPENED);
            assertThat(result.ticketId()).isNotEqualTo(Optional.of(closed));
        }
    }

    @Test
    void a_mail_into_a_ticket_that_was_moved_or_purged_opens_a_new_one() {
        UUID moved = place.ticket(mail("1", "One", "First"));
        UUID purged = place.ticket(mail("2", "Two", "First"));
        place.jane().on(moved).moveToCustomer(place.customer(bob, "Bob", "Babbage"));
        place.tickets.admin(MailPlace.EVE).purge(purged, UUID.randomUUID());
        for (String parent : List.of("1", "2")) {
            Result result = place.take(mail("after" + parent, "Re", "Again").answering(id(parent)));
            assertThat(result.outcome()).isEqualTo(Outcome.OPENED);
        }
        assertThat(place.take(mail("1", "One", "First")).outcome()).isEqualTo(Outcome.ALREADY_THERE);
        assertThat(place.take(mail("2", "Two", "First")).outcome()).isEqualTo(Outcome.ALREADY_THERE);
        assertThat(place.events(moved)).hasSize(1); // that it was moved
    }

    @Test
    void who_is_blocked_is_kept_aside() {
        place.tickets.admin(MailPlace.EVE).block(place.customer(ada, "Ada", "Lovelace"));
        assertNotTaken(mail("1", "One", "First"), "actor.blocked");
    }

    @Test
    void an_agents_address_is_kept_aside_since_anybody_can_write_it() {
        assertNotTaken(Eml.of("Jane <JANE@example.com>", id("1"), "One", "First"), "sender.is_worker");
    }

    @Test
    void what_left_here_and_comes_back_is_kept_aside() {
        assertNotTaken(Eml.of(SUPPORT, id("1"), "One", "First"), "mail.own");
        assertNotTaken(mail("2", "One", "First").header("X-Loop", "Support@Example.com"), "mail.own");
        String ours = new OwnMessageIds("example.com").of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        assertNotTaken(Eml.of(ada, ours, "One", "First"), "mail.own");
    }

    @Test
    void a_mail_of_nobody_or_of_several_is_kept_aside() {
        assertNotTaken(new Eml(List.of("Subject: Nobody " + ada), "Text"), "sender.missing");
        assertNotTaken(mail("1", "Two", "Text").header("From", bob), "sender.several");
        assertNotTaken(Eml.of(ada + ", " + bob, id("2"), "Two in one", "Text"), "sender.several");
        assertNotTaken(Eml.of("undisclosed", id("3"), "None", "Text"), "sender.malformed");
        assertNotTaken(
                Eml.of("<" + "x".repeat(190) + "@" + "y".repeat(90) + ".example>", id("5"), "Long", "Text"),
                "email.invalid");
        assertNotTaken(Eml.of("<a\0b" + ada + ">", id("4"), "NUL", "Text"), "sender.malformed");
    }

    @Test
    void an_unknown_sender_is_kept_aside_where_the_host_wants_it_so() {
        MailSettings strict = MailPlace.SETTINGS.unknownSenders(UnknownSenders.refuse());
        try (MailPlace closed = new MailPlace(strict, Workflow.standard())) {
            assertThat(closed.take(mail("1", "One", "Text")).reason()).contains("sender.unknown");
            closed.customer(ada, "Ada", "Lovelace");
            UUID aside = closed.aside();
            assertThat(closed.takeAgain(aside).outcome()).isEqualTo(Outcome.OPENED);
            assertThat(closed.count("mail.aside")).isZero();
        }
    }

    @Test
    void machines_and_lists_that_nobody_knows_are_kept_aside_and_those_of_customers_are_not_answered() {
        assertNotTaken(mail("1", "News", "Buy").header("List-Id", "<news.example.com>"), "sender.unknown");
        place.customer(ada, "Ada", "Lovelace");
        assertThat(place.take(mail("2", "Disk full", "sda1").header("Auto-Submitted", "auto-generated"))
                        .outcome())
                .isEqualTo(Outcome.OPENED);
        assertThat(place.settle()).noneMatch(sent -> MailPlace.to(sent).equals(ada));
    }

    @Test
    void an_automatic_answer_is_a_note_in_its_ticket_and_opens_nothing() {
        UUID ticket = place.ticket(mail("1", "One", "First"));
        place.jane().on(ticket).close();
        Eml away = mail("2", "Out of office", "Back on Monday").header("Auto-Submitted", "auto-replied (vacation)");
        assertThat(place.take(away.answering(id("1"))).outcome()).isEqualTo(Outcome.NOTED);
        assertThat(place.jane().on(ticket).ticket().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(place.events(ticket)).last().isInstanceOf(TicketEvent.NoteAdded.class);
        assertNotTaken(mail("3", "Away", "Too").header("Return-Path", "<>"), "mail.auto_reply");
    }

    @Test
    void what_did_not_arrive_is_told_in_the_ticket_once() {
        UUID ticket = place.ticket(mail("1", "One", "First"));
        place.settle();
        place.jane().on(ticket).reply("Answer");
        MimeMessage answer = place.settle().get(0);
        Eml report = Eml.from("MAILER-DAEMON@mx.example.com")
                .header("Message-ID", id("bounce"))
                .mixed(
                        "report",
                        "Content-Type: text/plain\r\n\r\nSorry.",
                        "Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                                + "Diagnostic-Code: smtp; 550 no such mailbox",
                        "Content-Type: message/rfc822\r\n\r\nMessage-ID: " + MailPlace.header(answer, "Message-ID")
                                + "\r\nX-Loop: " + SUPPORT + "\r\n\r\nAnswer");
        assertThat(place.take(report)).isEqualTo(Result.of(Outcome.BOUNCED, ticket));
        assertThat(place.take(report).outcome()).isEqualTo(Outcome.ALREADY_THERE);
        assertNotTaken(report.header("X-Way", "another").header("Message-ID", id("2")), "mail.report");
        assertThat(place.events(ticket))
                .last()
                .isInstanceOfSatisfying(
                        TicketEvent.DeliveryFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("smtp; 550 no such mailbox"));
    }

    @Test
    void files_of_a_mail_are_in_the_ticket_with_the_mail() throws Exception {
        Eml mail = Eml.of(ada, id("1"), "Photo", "")
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
    void more_files_than_a_message_holds_are_there_in_the_whole_mail() {
        String[] parts = new String[30];
        Arrays.fill(parts, "Content-Type: application/pdf; name=x.pdf\r\n\r\nx");
        UUID ticket = place.ticket(Eml.from(ada).header("Message-ID", id("1")).mixed("mixed", parts));
        TicketEvent.Message message = (TicketEvent.Message) place.events(ticket).get(0);
        assertThat(message.attachments()).hasSize(20);
        assertThat(message.attachments().get(19).members().get("name").string()).isEqualTo("mail.eml");
    }

    @Test
    void a_file_larger_than_the_desk_takes_keeps_the_mail_aside() {
        String large = "Content-Type: application/pdf; name=x.pdf\r\n\r\n" + "x".repeat(MailPlace.MOST_FILE + 1);
        assertNotTaken(Eml.from(ada).header("Message-ID", id("1")).mixed("mixed", large), "content.too_large");
    }

    @Test
    void a_text_larger_than_a_message_is_cut_and_a_mail_larger_than_the_limit_is_kept_aside() {
        MailSettings small = MailPlace.SETTINGS.mostBytes(6_000_000);
        MailIn in = new MailIn(
                place.dataSource,
                TicketService.builder(place.dataSource).attachmentsInDatabase().build(),
                small);
        UUID ticket =
                taken(in, mail("1", "Long", "x".repeat(5_000_000))).ticketId().orElseThrow();
        assertThat(place.jane().on(ticket).ticket().description()).endsWith("…");
        assertThat(((TicketEvent.Message) place.events(ticket).get(0)).attachments())
                .hasSize(1);
        assertThat(taken(in, mail("2", "Longer", "x".repeat(6_000_001))).reason())
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
        UUID nothing = place.ticket(mail("1", "", ""));
        assertThat(place.jane().on(nothing).ticket().title()).isEqualTo("(no subject)");
        assertThat(place.jane().on(nothing).ticket().description()).isEqualTo("(no text)");
        UUID odd = place.ticket(mail("2", "a\0b\u202Ec " + "x".repeat(2_000), "n\0ul"));
        assertThat(place.jane().on(odd).ticket().title()).startsWith("abc x").endsWith("…");
        assertThat(place.jane().on(odd).ticket().description()).isEqualTo("nul");
        String japanese = "=?ISO-2022-JP?B?GyRCOzNFREJATzobKEI=?=";
        place.take(Eml.of(japanese + " <cjk" + ada + ">", id("3"), "=?UTF-8?B?44OX44Oq44Oz44K/44O8?=", "火事"));
        assertThat(place.customer("cjk" + ada).firstName()).isEqualTo("山田太郎");
        assertThat(place.ticketsOf("cjk" + ada).get(0).title()).isEqualTo("プリンター");
        UUID unknown = place.ticket(mail("4", "=?x-nobody?Q?=FF?=", "Text"));
        assertThat(place.jane().on(unknown).ticket().title()).isEqualTo("=?x-nobody?Q?=FF?=");
    }

    @Test
    void broken_mails_are_taken_with_what_can_be_read_and_the_whole_mail_beside() {
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
            UUID ticket = place.ticket(mail.header("Message-ID", id("broken" + number++)));
            assertThat(place.events(ticket))
                    .as(mail.asText())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            TicketEvent.Message.class,
                            message -> assertThat(message.attachments()).isNotEmpty());
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
        byte[] bytes = ("From: " + ada + "\r\nMessage-ID: " + id("1") + "\r\n" + nested + "--b100\r\n\r\ndeep")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(place.take(bytes).outcome()).isEqualTo(Outcome.OPENED);
        assertThat(place.ticketsOf(ada)).hasSize(1);
    }

    @Test
    void of_plain_text_and_html_the_plain_text_is_taken_else_what_the_html_says() {
        Eml both = Eml.from(ada)
                .header("Message-ID", id("1"))
                .mixed(
                        "alternative",
                        "Content-Type: text/plain\r\n\r\nplain",
                        "Content-Type: text/html\r\n\r\n<b>rich</b>");
        assertThat(place.jane().on(place.ticket(both)).ticket().description()).isEqualTo("plain");
        Eml html = Eml.from(ada)
                .header("Message-ID", id("2"))
                .header("Content-Type", "text/html")
                .body(
                        "<html><head><style>p {}</style></head><p>Fire &amp; <b>smoke</b></p><script>x</script>&#x1F525;");
        assertThat(place.jane().on(place.ticket(html)).ticket().description()).isEqualTo("Fire & smoke\n🔥");
    }
}
