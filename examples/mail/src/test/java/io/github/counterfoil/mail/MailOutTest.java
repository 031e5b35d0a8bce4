package io.github.counterfoil.mail;

import static io.github.counterfoil.mail.MailPlace.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.ticket.Participants;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is written what, and what is not. */
class MailOutTest {
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static MailPlace place;

    private final String ada = "ada" + PEOPLE.incrementAndGet() + "@example.com";
    private final String bob = "bob" + PEOPLE.get() + "@example.com";

    @BeforeAll
    static void open() {
        place = MailPlace.open();
    }

    @AfterAll
    static void close() {
        place.close();
    }

    private Eml mail(String name, String text) {
        return Eml.of("Ada Lovelace <" + ada + ">", "<" + name + "." + ada + ">", "Printer", text);
    }

    private UUID opened() {
        UUID ticket = place.ticket(mail("1", "It burns."));
        place.settle();
        return ticket;
    }

    private static List<String> told(List<MimeMessage> mails) {
        return mails.stream().map(MailPlace::to).toList();
    }

    @Test
    void who_opens_a_ticket_by_mail_is_answered_once_by_a_machine() {
        place.ticket(mail("1", "It burns."));
        List<MimeMessage> mails = place.settle();
        assertThat(told(mails)).containsExactly(ada);
        MimeMessage answer = mails.get(0);
        assertThat(MailPlace.header(answer, "Subject")).matches("\\[#\\d+] Printer");
        assertThat(MailPlace.header(answer, "Auto-Submitted")).isEqualTo("auto-replied");
        assertThat(MailPlace.header(answer, "X-Loop")).isEqualTo(SUPPORT);
        assertThat(MailPlace.header(answer, "In-Reply-To")).isEqualTo("<1." + ada + ">");
        assertThat(((SMTPMessage) answer).getEnvelopeFrom()).isEqualTo("<>");
        assertThat(place.settle()).isEmpty();
    }

    @Test
    void an_answer_stands_in_the_conversation_that_its_reader_knows() {
        UUID ticket = opened();
        place.take(mail("2", "Hurry").answering("<1." + ada + ">"));
        place.jane().on(ticket).reply("Unplug it.");
        MimeMessage answer = place.settle().get(0);
        String first = new OwnMessageIds("example.com")
                .of(ticket, null, place.customer(ada).id());
        assertThat(MailPlace.header(answer, "References")).isEqualTo("<1." + ada + "> " + first + " <2." + ada + ">");
        assertThat(MailPlace.header(answer, "In-Reply-To")).isEqualTo("<2." + ada + ">");
        assertThat(MailPlace.header(answer, "Auto-Submitted")).isEqualTo("null");
        assertThat(MailPlace.header(answer, "From")).isEqualTo("\"Jane Smith (Example Support)\" <" + SUPPORT + ">");
        assertThat(MailPlace.all(answer)).contains("Jane Smith wrote:").contains("Unplug it.");
    }

    @Test
    void notes_and_all_else_that_is_private_are_mailed_to_nobody() {
        UUID ticket = opened();
        place.jane()
                .on(ticket)
                .apply(
                        Command.note("canary"),
                        Command.tag("canary"),
                        Command.assign(MailPlace.JANE),
                        Command.setField("f", "canary"));
        assertThat(place.settle()).isEmpty();
    }

    @Test
    void a_customers_message_goes_to_the_others_each_by_a_mail_that_names_no_address_of_anybody_else() {
        UUID ticket = opened();
        UUID bobs = place.customer(bob, "Bob", "Babbage");
        place.jane().on(ticket).addParticipant(bobs, Participants.Kind.COPY);
        place.take(mail("2", "More smoke").answering("<1." + ada + ">"));
        place.tickets.customer(bobs).on(ticket).reply("From the web");
        place.jane().on(ticket).reply("Both of you");
        List<MimeMessage> mails = place.settle();
        assertThat(told(mails)).containsExactlyInAnyOrder(bob, ada, ada, bob);
        for (MimeMessage mail : mails) {
            assertThat(MailPlace.all(mail)).doesNotContain(MailPlace.to(mail).equals(ada) ? bob : ada);
        }
    }

    @Test
    void a_closing_is_told_and_so_is_it_to_who_did_not_do_it() {
        UUID ticket = opened();
        place.jane().on(ticket).close();
        assertThat(place.settle()).singleElement().satisfies(mail -> {
            assertThat(MailPlace.header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
            assertThat(MailPlace.all(mail)).contains("was closed");
        });
        UUID own = place.ticket(mail("own", "Another"));
        place.settle();
        place.tickets.customer(place.customer(ada).id()).on(own).close();
        assertThat(place.settle()).isEmpty();
    }

    @Test
    void imported_tickets_are_mailed_to_nobody() {
        UUID elsewhere = opened();
        place.jane().on(elsewhere).reply("Long ago");
        place.settle();
        JsonValue document = place.tickets.documents().ticket(elsewhere).orElseThrow();
        try (MailPlace other = MailPlace.open()) {
            other.tickets
                    .people()
                    .registerCustomer(NewCustomer.of(place.customer(ada).id(), ada, "Ada", "Lovelace"));
            other.tickets.documents().importTickets(List.of(document).iterator());
            assertThat(other.messages(elsewhere)).containsExactly("Long ago");
            assertThat(other.settle()).isEmpty();
        }
    }

    @Test
    void who_was_blocked_or_erased_gets_no_mail_not_even_what_waits() {
        UUID ticket = opened();
        Customer customer = place.customer(ada);
        place.jane().on(ticket).reply("Waits in the outbox");
        fill();
        place.tickets.admin(MailPlace.EVE).block(customer.id());
        place.jane().on(ticket).reply("Is not even there");
        assertThat(place.settle()).isEmpty();
        assertThat(place.count("mail.outgoing where ticket_id = '" + ticket + "' and body <> ''"))
                .isZero();
        UUID erased = place.ticket(Eml.of(bob, "<1." + bob + ">", "Gone", "Text"));
        place.settle();
        place.jane().on(erased).reply("Waits in the outbox");
        fill();
        place.tickets.admin(MailPlace.EVE).erase(place.customer(bob).id(), UUID.randomUUID());
        place.jane().on(erased).reply("Is not even there");
        assertThat(place.settle()).isEmpty();
    }

    @Test
    void what_waits_when_the_ticket_is_moved_is_not_sent_to_the_customer_before() {
        UUID ticket = opened();
        place.jane().on(ticket).reply("For Ada");
        fill();
        place.jane().on(ticket).moveToCustomer(place.customer(bob, "Bob", "Babbage"));
        assertThat(place.settle()).isEmpty();
    }

    @Test
    void files_of_an_answer_are_in_the_mail() throws Exception {
        UUID ticket = opened();
        UUID file = place.jane()
                .on(ticket)
                .attachments()
                .add("plan é.pdf", "application/pdf", new ByteArrayInputStream("PDF".getBytes(StandardCharsets.UTF_8)))
                .id();
        place.jane().on(ticket).apply(Command.reply("See the plan").with(List.of(file)));
        IncomingMail read = IncomingMail.read(bytes(place.settle().get(0)));
        assertThat(read.text()).contains("See the plan");
        assertThat(read.files()).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("plan é.pdf");
            assertThat(new String(one.bytes(), StandardCharsets.UTF_8)).isEqualTo("PDF");
        });
    }

    @Test
    void attachments_of_the_hosts_own_are_no_files_and_keep_no_mail_from_leaving() {
        UUID ticket = opened();
        place.jane().on(ticket).addParticipant(place.customer(bob, "Bob", "Babbage"), Participants.Kind.COPY);
        List<JsonValue> attachments = List.of(
                JsonValue.parse("{\"id\":\"my-7\",\"sha256\":\"abc\"}"),
                JsonValue.parse("{\"id\":\"" + UUID.randomUUID() + "\",\"sha256\":\"abc\"}"));
        place.tickets
                .customer(place.customer(ada).id())
                .on(ticket)
                .apply(new Command.Reply("With something else", attachments));
        place.jane().on(ticket).reply("Behind it");
        assertThat(told(place.settle())).containsExactlyInAnyOrder(bob, ada, bob);
    }

    @Test
    void a_letter_that_no_row_can_hold_keeps_no_other_from_leaving() {
        place.sql("create function mail.cursed() returns trigger language plpgsql as"
                + " $$ begin raise exception 'cursed' using errcode = '22000'; end $$");
        place.sql("create trigger cursed before insert on mail.outgoing for each row"
                + " when (new.subject like '%Cursed%') execute function mail.cursed()");
        place.take(Eml.of(ada, "<cursed." + ada + ">", "Cursed", "Text"));
        place.take(Eml.of(bob, "<1." + bob + ">", "Next", "Text"));
        assertThat(told(place.settle())).containsExactly(bob);
    }

    @Test
    void a_file_of_a_type_that_has_parts_is_mailed_as_a_file() throws Exception {
        UUID ticket = opened();
        for (String type : List.of("multipart/mixed", "message/rfc822", "message/delivery-status")) {
            UUID file = place.jane()
                    .on(ticket)
                    .attachments()
                    .add("n.txt", type, new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)))
                    .id();
            place.jane().on(ticket).apply(Command.reply("Typed").with(List.of(file)));
        }
        for (MimeMessage mail : place.settle()) {
            assertThat(IncomingMail.read(bytes(mail)).files()).singleElement().satisfies(one -> {
                assertThat(one.type()).isEqualTo("application/octet-stream");
                assertThat(new String(one.bytes(), StandardCharsets.UTF_8)).isEqualTo("hello");
            });
        }
        assertThat(place.count("mail.outgoing where ticket_id = '" + ticket + "' and sent_at is null"))
                .isZero();
    }

    @Test
    void what_was_redacted_while_it_waited_is_not_mailed() {
        UUID ticket = opened();
        place.jane().on(ticket).reply("CARD 4111");
        UUID redacted = last(ticket);
        for (int i = 0; i < 60; i++) {
            place.jane().on(ticket).note("Note " + i);
        }
        place.jane().on(ticket).reply("Another");
        fill();
        place.tickets
                .admin(MailPlace.EVE)
                .redactions()
                .redact(ticket, Redaction.of(redacted, "content").reason("card"));
        assertThat(place.settle())
                .singleElement()
                .satisfies(mail -> assertThat(MailPlace.all(mail)).contains("Another"));
        assertThat(place.count(
                        "mail.outgoing where ticket_id = '" + ticket + "' and given_up = 'redacted' and body = ''"))
                .isEqualTo(1);
    }

    @Test
    void a_title_that_was_changed_while_its_mails_waited_is_the_one_that_is_mailed() {
        UUID ticket = opened();
        place.jane().on(ticket).reply("Text");
        fill();
        place.jane().on(ticket).apply(Command.changeTitle("Other"));
        assertThat(MailPlace.header(place.settle().get(0), "Subject")).endsWith("Other");
    }

    private static UUID last(UUID ticket) {
        List<TicketEvent> events = place.events(ticket);
        return events.get(events.size() - 1).id();
    }

    @Test
    void no_title_makes_a_header_of_its_own() throws Exception {
        UUID ticket = place.ticket(Eml.of(ada, "<1." + ada + ">", "=?UTF-8?Q?a=0D=0ABcc:_eve@example.com?=", "Text"));
        MimeMessage mail = place.settle().get(0);
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(place.jane().on(ticket).ticket().title()).isEqualTo("a Bcc: eve@example.com");
    }

    @Test
    void what_the_mail_server_refuses_for_good_is_told_in_the_ticket_and_keeps_no_other_mail_waiting()
            throws Exception {
        UUID ticket = opened();
        place.jane().on(ticket).reply("Refused");
        UUID next = place.ticket(Eml.of(bob, "<1." + bob + ">", "Next", "Text"));
        fill();
        AtomicInteger sent = new AtomicInteger();
        outbox(mail -> {
                    if (MailPlace.to(mail).equals(ada)) {
                        throw new SendFailedException(
                                "550 no such mailbox", null, null, null, new Address[] {new InternetAddress(ada)});
                    }
                    sent.incrementAndGet();
                })
                .send();
        assertThat(sent).hasValue(1);
        assertThat(next).isNotNull();
        assertThat(place.events(ticket)).last().isInstanceOf(TicketEvent.DeliveryFailed.class);
        assertThat(place.settle()).isEmpty();
    }

    @Test
    void what_fails_for_now_is_tried_again_later_and_the_mails_behind_it_in_the_ticket_wait() throws Exception {
        UUID ticket = opened();
        place.jane().on(ticket).reply("One");
        place.jane().on(ticket).reply("Two");
        fill();
        outbox(mail -> {
                    throw new MessagingException("451 later");
                })
                .send();
        assertThat(place.settle()).isEmpty();
        place.sql("update mail.outgoing set next_try_at = now() where ticket_id = '" + ticket + "'");
        assertThat(place.settle())
                .extracting(MailPlace::all)
                .satisfiesExactly(
                        one -> assertThat(one).contains("One"),
                        two -> assertThat(two).contains("Two"));
    }

    @Test
    void while_the_mail_server_is_away_nothing_is_given_up() {
        UUID ticket = opened();
        place.jane().on(ticket).reply("One");
        fill();
        Properties nobody = new Properties();
        nobody.setProperty("mail.smtp.host", "127.0.0.1");
        nobody.setProperty("mail.smtp.port", "1");
        Outbox away = new Outbox(place.dataSource, place.tickets, MailPlace.SETTINGS, Session.getInstance(nobody));
        assertThatThrownBy(away::send).isInstanceOf(MessagingException.class);
        assertThat(place.count("mail.outgoing where ticket_id = '" + ticket + "' and sent_at is null and tries = 0"))
                .isEqualTo(1);
        place.sql("update mail.outgoing set next_try_at = now() where ticket_id = '" + ticket + "'");
        assertThat(place.settle()).hasSize(1);
    }

    private static Outbox outbox(Outbox.Carrier carrier) {
        return new Outbox(
                place.dataSource,
                place.tickets,
                MailPlace.SETTINGS,
                Session.getInstance(new Properties()),
                Duration.ofMinutes(5),
                carrier);
    }

    private static void fill() {
        try {
            while (place.out.fillOutbox() > 0) {
                // until there is nothing more
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(MimeMessage mail) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        return bytes.toByteArray();
    }
}
