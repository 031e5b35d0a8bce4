package io.github.counterfoil.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.ticket.NewTicket;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever fills and empties the outbox dies at any point: each public reply is in it once, is sent, and nothing else is. */
class OutboxKillsTest {
    private static final String CANARY = "canary";
    private static final String ADA = "ada@example.com";
    private static final Duration HOLD = Duration.ofMillis(1);

    private final MailPlace place = MailPlace.open();
    private final UUID ticket = place.tickets
            .customer(place.customer(ADA, "Ada", "Lovelace"))
            .open(NewTicket.of("One", "Text"))
            .id();
    private final Set<String> replies = new HashSet<>();

    @AfterEach
    void close() {
        place.close();
    }

    /** A public reply, and beside it what nobody but the staff may see. */
    private void reply() {
        String text = "Reply " + replies.size() + ".";
        replies.add(text);
        place.jane()
                .on(ticket)
                .apply(Command.note(CANARY), Command.reply(text), Command.setField("f", CANARY + replies.size()));
    }

    @Test
    void cut_off_at_any_call_each_reply_is_in_the_outbox_once_and_what_is_sent_again_is_the_same_mail() {
        place.settle();
        Cut cut = new Cut(place.dataSource);
        Pass pass = new Pass(cut);
        int cuts = 0;
        int points = 0;
        for (Cut.Way way : Cut.Way.values()) {
            int call = 1;
            do {
                reply();
                cut.set(way, call);
                pass.run();
                place.settle();
                cuts += cut.happened() ? 1 : 0;
                call += way.step();
            } while (cut.happened());
            points = Math.max(points, call - 2);
        }
        judge(place.sent, "Kills: " + cuts + " cuts, at each of " + points + " calls");
    }

    /** Fills the outbox and empties it, until it is cut off. */
    private final class Pass {
        private final Cut cut;
        private final MailOut out;
        private final Outbox outbox;

        private Pass(Cut cut) {
            this.cut = cut;
            TicketService tickets = TicketService.builder(cut.dataSource())
                    .attachmentsInDatabase()
                    .build();
            this.out = new MailOut(tickets, MailPlace.SETTINGS);
            Session session = Session.getInstance(new Properties());
            this.outbox = new Outbox(cut.dataSource(), tickets, MailPlace.SETTINGS, session, HOLD, this::send);
        }

        private void send(MimeMessage mail) {
            cut.call();
            place.sent.add(mail);
            cut.call();
        }

        private void run() {
            try {
                while (out.fillOutbox() > 0) {
                    // until there is nothing more
                }
                outbox.send();
            } catch (Cut.Killed | CounterfoilException | SQLException | MessagingException e) {
                assertThat(cut.happened()).as(e.toString()).isTrue();
            }
        }
    }

    @Test
    void a_process_that_is_killed_leaves_each_reply_in_the_outbox_once_and_sends_it() throws Exception {
        int kills = Integer.getInteger("counterfoil.mail.kills", 2);
        Random random = new Random(7);
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            for (int i = 0; i < kills; i++) {
                Process process =
                        SendingProcess.start(place.url, server.getSmtp().getPort());
                SendingProcess.awaitReady(process);
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(250));
                while (System.nanoTime() < until) {
                    reply();
                    Thread.sleep(15);
                }
                process.destroyForcibly().waitFor();
            }
            Process last = SendingProcess.start(place.url, server.getSmtp().getPort());
            SendingProcess.awaitReady(last);
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (place.count("mail.outgoing where sent_at is not null") < replies.size() + 1) {
                assertThat(System.nanoTime())
                        .as(() -> place.count("mail.outgoing") + " "
                                + place.count("mail.outgoing where sent_at is not null") + " " + replies.size())
                        .isLessThan(limit);
                Thread.sleep(20);
            }
            last.destroyForcibly().waitFor();
            judge(Stream.of(server.getReceivedMessages()).toList(), "Kills: " + kills + " of a process");
        } finally {
            server.stop();
        }
    }

    private void judge(List<MimeMessage> sent, String what) {
        Set<String> ids = new HashSet<>();
        List<String> told = new ArrayList<>();
        int again = 0;
        for (MimeMessage mail : sent) {
            assertThat(MailPlace.all(mail)).doesNotContain(CANARY);
            if (ids.add(MailPlace.header(mail, "Message-ID"))) {
                replies.stream().filter(MailPlace.all(mail)::contains).forEach(told::add);
            } else {
                again++;
            }
        }
        System.out.println(what + ": " + replies.size() + " replies, " + replies.size() + " notes, "
                + place.count("mail.outgoing") + " mails in the outbox, " + sent.size() + " sent, " + again
                + " of them again");
        assertThat(told).containsExactlyInAnyOrderElementsOf(replies);
        assertThat(place.count("mail.outgoing where kind = 'MESSAGE'")).isEqualTo(replies.size());
        assertThat(place.count("mail.outgoing")).isEqualTo(replies.size() + 1);
        assertThat(place.count("mail.outgoing where sent_at is null or body <> ''"))
                .isZero();
    }
}
