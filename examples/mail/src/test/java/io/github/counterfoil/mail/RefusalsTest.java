package io.github.counterfoil.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.event.TicketEvent;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of a mail that a mail server does not take, by where in their talk it says so. */
class RefusalsTest {
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static MailPlace place;

    @BeforeAll
    static void open() {
        place = MailPlace.open();
    }

    @AfterAll
    static void close() {
        place.close();
    }

    /** A ticket with an answer that waits, or with what waits to tell that it is here. */
    private static UUID waiting(boolean answer) throws Exception {
        String ada = "ada" + PEOPLE.incrementAndGet() + "@example.com";
        UUID ticket = place.ticket(Eml.of(ada, "<1." + ada + ">", "Printer", "It burns."));
        if (answer) {
            place.settle();
            place.jane().on(ticket).reply("Answer");
        }
        while (place.out.fillOutbox() > 0) {
            // until there is nothing more
        }
        return ticket;
    }

    private static Outbox outbox(Properties properties) {
        Authenticator login = new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("support", "secret");
            }
        };
        return new Outbox(place.dataSource, place.tickets, MailPlace.SETTINGS, Session.getInstance(properties, login));
    }

    private static long rows(UUID ticket, String which) {
        return place.count("mail.outgoing where ticket_id = '" + ticket + "' and sent_at is null and " + which);
    }

    private static void goesOut(UUID ticket) {
        place.sql("update mail.outgoing set next_try_at = now() where ticket_id = '" + ticket + "'");
        assertThat(place.settle()).hasSize(1);
    }

    @Test
    void a_server_that_takes_no_mail_at_all_is_away_and_nothing_counts_as_a_try() throws Exception {
        List<List<String>> ways = List.of(
                List.of("GREETING", ScriptedServer.HANGS_UP),
                List.of("GREETING", "421 too many connections"),
                List.of("GREETING", "554 not you"),
                List.of("EHLO", ScriptedServer.HANGS_UP),
                List.of("MAIL", "421 going down"),
                List.of("MAIL", "530 log in first"),
                List.of("MAIL", ScriptedServer.HANGS_UP),
                List.of("RCPT", "421 going down"),
                List.of("RCPT", ScriptedServer.HANGS_UP),
                List.of("DATA", ScriptedServer.HANGS_UP),
                List.of(".", "421 going down"));
        for (List<String> way : ways) {
            UUID ticket = waiting(true);
            try (ScriptedServer server = new ScriptedServer(way.get(0), way.get(1))) {
                assertThatThrownBy(outbox(server.session())::send)
                        .as(way.toString())
                        .isInstanceOf(MessagingException.class);
            }
            assertThat(rows(ticket, "tries = 0 and given_up is null"))
                    .as(way.toString())
                    .isEqualTo(1);
            goesOut(ticket);
        }
    }

    @Test
    void a_server_that_takes_no_login_is_away() throws Exception {
        for (String answer : List.of("535 wrong password", "454 later")) {
            UUID ticket = waiting(true);
            try (ScriptedServer server = new ScriptedServer("AUTH", answer)) {
                Properties session = server.session();
                session.setProperty("mail.smtp.auth", "true");
                session.setProperty("mail.smtp.auth.mechanisms", "PLAIN");
                assertThatThrownBy(outbox(session)::send).isInstanceOf(MessagingException.class);
            }
            assertThat(rows(ticket, "tries = 0 and given_up is null")).isEqualTo(1);
            goesOut(ticket);
        }
    }

    @Test
    void what_a_server_refuses_for_good_is_given_up_at_once_and_told_in_the_ticket() throws Exception {
        for (String at : List.of("MAIL", "RCPT", "DATA", ".")) {
            UUID ticket = waiting(true);
            try (ScriptedServer server = new ScriptedServer(at, "552 not this one")) {
                outbox(server.session()).send();
            }
            assertThat(rows(ticket, "given_up like '%not this one%'")).as(at).isEqualTo(1);
            assertThat(place.events(ticket)).last().isInstanceOf(TicketEvent.DeliveryFailed.class);
        }
    }

    @Test
    void what_a_server_does_not_take_now_or_says_nothing_more_about_is_tried_later() throws Exception {
        List<List<String>> ways = List.of(
                List.of("MAIL", "451 later"),
                List.of("RCPT", "450 greylisted"),
                List.of(".", "452 full"),
                List.of(".", ScriptedServer.HANGS_UP));
        for (List<String> way : ways) {
            UUID ticket = waiting(true);
            try (ScriptedServer server = new ScriptedServer(way.get(0), way.get(1))) {
                outbox(server.session()).send();
            }
            assertThat(rows(ticket, "tries = 1 and given_up is null and next_try_at > now()"))
                    .as(way.toString())
                    .isEqualTo(1);
            goesOut(ticket);
        }
    }

    @Test
    void a_mail_is_sent_once_whatever_is_said_when_it_was_taken() throws Exception {
        UUID ticket = waiting(true);
        try (ScriptedServer server = new ScriptedServer("QUIT", ScriptedServer.HANGS_UP)) {
            assertThat(outbox(server.session()).send()).isEqualTo(1);
        }
        assertThat(rows(ticket, "true")).isZero();
    }

    @Test
    void a_ticket_says_so_when_the_customer_could_not_be_told_that_it_is_here() throws Exception {
        UUID ticket = waiting(false);
        try (ScriptedServer server = new ScriptedServer("RCPT", "550 no such mailbox")) {
            outbox(server.session()).send();
        }
        assertThat(rows(ticket, "given_up is not null")).isEqualTo(1);
        assertThat(place.events(ticket)).singleElement().isInstanceOf(TicketEvent.NoteAdded.class);
        assertThat(place.settle()).isEmpty();
    }
}
