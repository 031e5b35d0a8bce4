package io.github.counterfoil.mail;

import static io.github.counterfoil.mail.MailPlace.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.mail.MailIn.Outcome;
import io.github.counterfoil.mail.MailIn.Result;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.Workflow;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of mails, one at a time, most of them bad. */
class MailInTest {
    private static MailPlace place;

    private final Correspondent writer = Correspondent.of(place, "ada");
    private final String ada = writer.address();
    private final String bob = Correspondent.of(place, "bob").address();

    @BeforeAll
    static void open() {
        place = MailPlace.open();
    }

    @AfterAll
    static void close() {
        place.close();
    }

    @Test
    void a_mail_of_an_unknown_sender_registers_them_and_opens_a_ticket() {
        UUID id = place.ticket(writer.mail("1", "Printer on fire", "It burns.\r\n> quoted\r\n"));
        Ticket ticket = place.jane().on(id).ticket();
        assertThat(ticket.title()).isEqualTo("Printer on fire");
        assertThat(ticket.description()).isEqualTo("It burns.\n> quoted\n");
        assertThat(ticket.sourceChannel()).contains("mail");
        Customer customer = place.customer(ada);
        assertThat(List.of(customer.firstName(), customer.lastName())).containsExactly("Ada", "Lovelace");
    }

    @Test
    void the_same_mail_again_is_there_already() {
        Eml mail = writer.mail("1", "Once", "Only once.");
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
                Eml mail = writer.mail(String.valueOf(i % 2), "At once " + i % 2, "Text");
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
        Eml mail = writer.mail("1", "Once", "Only once.");
        UUID ticket = place.ticket(mail);
        place.sql("delete from mail.incoming where sender = '" + ada + "'");
        assertThat(place.take(mail)).isEqualTo(Result.of(Outcome.ALREADY_THERE, ticket));
    }

    @Test
    void another_mail_under_the_same_message_id_is_kept_aside() {
        place.ticket(writer.mail("1", "One", "The first."));
        writer.assertNotTaken(writer.mail("1", "Two", "The second."), "message_id.reused");
    }

    @Test
    void a_message_id_that_somebody_else_used_keeps_no_mail_out() {
        UUID first = place.ticket(Eml.of(ada, "<shared." + ada + ">", "One", "Ada's"));
        UUID second = place.ticket(Eml.of(bob, "<shared." + ada + ">", "Two", "Bob's"));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void a_message_id_that_another_participant_used_keeps_no_mail_out_and_it_is_there_once() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        UUID bobs = place.customer(bob, "Bob", "Babbage");
        place.jane().on(ticket).addParticipant(bobs, Participants.Kind.COPY);
        place.take(writer.mail("2", "Re: One", "Ada's").answering(writer.id("1")));
        Eml other = Eml.of(bob, writer.id("2"), "Re: One", "Bob's").answering(writer.id("1"));
        assertThat(place.take(other)).isEqualTo(Result.of(Outcome.REPLIED, ticket));
        assertThat(place.take(other)).isEqualTo(Result.of(Outcome.ALREADY_THERE, ticket));
        assertThat(place.messages(ticket)).containsExactly("Ada's", "Bob's");
        place.sql("delete from mail.incoming where ticket_id = '" + ticket + "'");
        assertThat(place.take(other).outcome()).isEqualTo(Outcome.ALREADY_THERE);
        assertThat(place.messages(ticket)).hasSize(2);
    }

    @Test
    void a_message_id_that_a_participant_opened_the_ticket_with_keeps_no_mail_out_even_when_its_row_was_deleted() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        UUID bobs = place.customer(bob, "Bob", "Babbage");
        place.jane().on(ticket).addParticipant(bobs, Participants.Kind.COPY);
        place.sql("delete from mail.incoming where ticket_id = '" + ticket + "'");
        Eml other = Eml.of(bob, writer.id("1"), "Another", "Bob's");
        assertThat(place.take(other).outcome()).isEqualTo(Outcome.OPENED);
        assertThat(place.ticketsOf(bob)).hasSize(1);
        assertThat(place.take(other).outcome()).isEqualTo(Outcome.ALREADY_THERE);
    }

    @Test
    void an_answer_to_a_mail_of_their_own_goes_on_in_its_ticket() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        Result result = place.take(writer.mail("2", "Re: One", "Second").answering(writer.id("0"), writer.id("1")));
        assertThat(result).isEqualTo(Result.of(Outcome.REPLIED, ticket));
        assertThat(place.messages(ticket)).containsExactly("Second");
    }

    @Test
    void an_answer_to_a_mail_from_here_goes_on_in_its_ticket_whatever_its_subject_says() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        UUID other = place.ticket(writer.mail("2", "Two", "Other"));
        String acknowledged = place.settle().stream()
                .map(sent -> MailPlace.header(sent, "Message-ID"))
                .filter(id -> id.contains(ticket.toString()))
                .findFirst()
                .orElseThrow();
        long number = place.jane().on(other).ticket().number();
        Result result =
                place.take(writer.mail("3", "[#" + number + "] Re", "Third").answering(acknowledged));
        assertThat(result).isEqualTo(Result.of(Outcome.REPLIED, ticket));
    }

    @Test
    void a_number_in_the_subject_leads_who_takes_part_to_the_ticket() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        place.customer(bob, "Bob", "Babbage");
        place.jane().on(ticket).addParticipant(place.customer(bob).id(), Participants.Kind.COPY);
        long number = place.jane().on(ticket).ticket().number();
        assertThat(place.take(writer.mail("2", "AW: [#" + number + "] One", "Ada's"))
                        .ticketId())
                .contains(ticket);
        assertThat(place.take(Eml.of(bob, "<b." + bob + ">", "Re: [#" + number + "] One", "Bob's"))
                        .ticketId())
                .contains(ticket);
        assertThat(place.messages(ticket)).containsExactly("Ada's", "Bob's");
    }

    @Test
    void neither_number_nor_references_lead_a_stranger_into_a_ticket() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        long number = place.jane().on(ticket).ticket().number();
        String ours = new OwnMessageIds("example.com")
                .of(ticket, null, place.customer(ada).id());
        Eml stranger = Eml.of(bob, "<s." + bob + ">", "Re: [#" + number + "] One", "Let me in")
                .answering(writer.id("1"), ours);
        UUID opened = place.ticket(stranger);
        assertThat(opened).isNotEqualTo(ticket);
        assertThat(place.events(ticket)).isEmpty();
        assertThat(place.jane().on(opened).ticket().title()).isEqualTo("Re: One");
    }

    @Test
    void a_number_that_no_ticket_has_opens_a_new_one() {
        assertThat(place.take(writer.mail("1", "[#999999999999999999] One", "Text"))
                        .outcome())
                .isEqualTo(Outcome.OPENED);
        assertThat(place.take(writer.mail("2", "[#0] Two", "Text")).outcome()).isEqualTo(Outcome.OPENED);
    }

    @Test
    void a_mail_into_a_closed_ticket_opens_it_again_or_a_new_one_as_the_workflow_says() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        place.jane().on(ticket).close();
        place.take(writer.mail("2", "Re: One", "Second").answering(writer.id("1")));
        assertThat(place.jane().on(ticket).ticket().status()).isEqualTo(TicketStatus.OPEN);
        try (MailPlace strict =
                new MailPlace(MailPlace.SETTINGS, Workflow.standard().replyToClosed(Workflow.ReplyToClosed.REFUSED))) {
            UUID closed = strict.ticket(writer.mail("1", "One", "First"));
            strict.jane().on(closed).close();
            Result result = strict.take(writer.mail("2", "Re: One", "Second").answering(writer.id("1")));
            assertThat(result.outcome()).isEqualTo(Outcome.OPENED);
            assertThat(result.ticketId()).isNotEqualTo(Optional.of(closed));
        }
    }

    @Test
    void a_mail_into_a_ticket_that_was_moved_or_purged_opens_a_new_one() {
        UUID moved = place.ticket(writer.mail("1", "One", "First"));
        UUID purged = place.ticket(writer.mail("2", "Two", "First"));
        place.jane().on(moved).moveToCustomer(place.customer(bob, "Bob", "Babbage"));
        place.tickets.admin(MailPlace.EVE).purge(purged, UUID.randomUUID());
        for (String parent : List.of("1", "2")) {
            Result result =
                    place.take(writer.mail("after" + parent, "Re", "Again").answering(writer.id(parent)));
            assertThat(result.outcome()).isEqualTo(Outcome.OPENED);
        }
        assertThat(place.take(writer.mail("1", "One", "First")).outcome()).isEqualTo(Outcome.ALREADY_THERE);
        assertThat(place.take(writer.mail("2", "Two", "First")).outcome()).isEqualTo(Outcome.ALREADY_THERE);
        assertThat(place.events(moved)).hasSize(1); // that it was moved
    }

    @Test
    void who_is_blocked_is_kept_aside() {
        place.tickets.admin(MailPlace.EVE).block(place.customer(ada, "Ada", "Lovelace"));
        writer.assertNotTaken(writer.mail("1", "One", "First"), "actor.blocked");
    }

    @Test
    void an_agents_address_is_kept_aside_since_anybody_can_write_it() {
        writer.assertNotTaken(Eml.of("Jane <JANE@example.com>", writer.id("1"), "One", "First"), "sender.is_worker");
    }

    @Test
    void what_left_here_and_comes_back_is_kept_aside() {
        writer.assertNotTaken(Eml.of(SUPPORT, writer.id("1"), "One", "First"), "mail.own");
        writer.assertNotTaken(writer.mail("2", "One", "First").header("X-Loop", "Support@Example.com"), "mail.own");
        String ours = new OwnMessageIds("example.com").of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        writer.assertNotTaken(Eml.of(ada, ours, "One", "First"), "mail.own");
    }

    @Test
    void a_mail_of_nobody_or_of_several_is_kept_aside() {
        writer.assertNotTaken(new Eml(List.of("Subject: Nobody " + ada), "Text"), "sender.missing");
        writer.assertNotTaken(writer.mail("1", "Two", "Text").header("From", bob), "sender.several");
        writer.assertNotTaken(Eml.of(ada + ", " + bob, writer.id("2"), "Two in one", "Text"), "sender.several");
        writer.assertNotTaken(Eml.of("undisclosed", writer.id("3"), "None", "Text"), "sender.malformed");
        writer.assertNotTaken(
                Eml.of("<" + "x".repeat(190) + "@" + "y".repeat(90) + ".example>", writer.id("5"), "Long", "Text"),
                "email.invalid");
        writer.assertNotTaken(Eml.of("<a\0b" + ada + ">", writer.id("4"), "NUL", "Text"), "sender.malformed");
    }

    @Test
    void an_unknown_sender_is_kept_aside_where_the_host_wants_it_so() {
        MailSettings strict = MailPlace.SETTINGS.unknownSenders(UnknownSenders.refuse());
        try (MailPlace closed = new MailPlace(strict, Workflow.standard())) {
            assertThat(closed.take(writer.mail("1", "One", "Text")).reason()).contains("sender.unknown");
            closed.customer(ada, "Ada", "Lovelace");
            UUID aside = closed.aside();
            assertThat(closed.takeAgain(aside).outcome()).isEqualTo(Outcome.OPENED);
            assertThat(closed.count("mail.aside")).isZero();
        }
    }

    @Test
    void machines_and_lists_that_nobody_knows_are_kept_aside_and_those_of_customers_are_not_answered() {
        writer.assertNotTaken(
                writer.mail("1", "News", "Buy").header("List-Id", "<news.example.com>"), "sender.unknown");
        place.customer(ada, "Ada", "Lovelace");
        assertThat(place.take(writer.mail("2", "Disk full", "sda1").header("Auto-Submitted", "auto-generated"))
                        .outcome())
                .isEqualTo(Outcome.OPENED);
        assertThat(place.settle()).noneMatch(sent -> MailPlace.to(sent).equals(ada));
    }

    @Test
    void an_automatic_answer_is_a_note_in_its_ticket_and_opens_nothing() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        place.jane().on(ticket).close();
        Eml away =
                writer.mail("2", "Out of office", "Back on Monday").header("Auto-Submitted", "auto-replied (vacation)");
        assertThat(place.take(away.answering(writer.id("1"))).outcome()).isEqualTo(Outcome.NOTED);
        assertThat(place.jane().on(ticket).ticket().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(place.events(ticket)).last().isInstanceOf(TicketEvent.NoteAdded.class);
        writer.assertNotTaken(writer.mail("3", "Away", "Too").header("Return-Path", "<>"), "mail.auto_reply");
    }

    @Test
    void what_did_not_arrive_is_told_in_the_ticket_once() {
        UUID ticket = place.ticket(writer.mail("1", "One", "First"));
        place.settle();
        place.jane().on(ticket).reply("Answer");
        MimeMessage answer = place.settle().get(0);
        Eml report = Eml.from("MAILER-DAEMON@mx.example.com")
                .header("Message-ID", writer.id("bounce"))
                .mixed(
                        "report",
                        "Content-Type: text/plain\r\n\r\nSorry.",
                        "Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                                + "Diagnostic-Code: smtp; 550 no such mailbox",
                        "Content-Type: message/rfc822\r\n\r\nMessage-ID: " + MailPlace.header(answer, "Message-ID")
                                + "\r\nX-Loop: " + SUPPORT + "\r\n\r\nAnswer");
        assertThat(place.take(report)).isEqualTo(Result.of(Outcome.BOUNCED, ticket));
        assertThat(place.take(report).outcome()).isEqualTo(Outcome.ALREADY_THERE);
        writer.assertNotTaken(report.header("X-Way", "another").header("Message-ID", writer.id("2")), "mail.report");
        assertThat(place.events(ticket))
                .last()
                .isInstanceOfSatisfying(
                        TicketEvent.DeliveryFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("smtp; 550 no such mailbox"));
    }
}
