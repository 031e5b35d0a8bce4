package io.github.counterfoil.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.mail.MailIn.Outcome;
import io.github.counterfoil.ticket.Participants;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs that answer each other. */
class LoopsTest {
    private static final String ROBOT = "robot@loop.example";
    private static final int LIMIT = 10;

    private final MailPlace place = MailPlace.open();
    private int mails;

    @AfterEach
    void close() {
        place.close();
    }

    /** What a program says that marks nothing. */
    private Eml unmarked(String robot) {
        return Eml.of(robot, "<loop." + mails++ + "@loop.example>", "Thank you " + mails, "We will be in touch.");
    }

    @Test
    void a_hundred_mails_in_a_loop_without_any_mark_stay_bounded_in_tickets_events_and_mails() {
        int sent = 0;
        for (int i = 0; i < 100; i++) {
            place.take(unmarked(ROBOT));
            sent += place.settle().size();
        }
        assertThat(place.ticketsOf(ROBOT)).hasSize(LIMIT);
        assertThat(place.count("counterfoil.ticket_event")).isZero();
        assertThat(sent).isEqualTo(LIMIT);
        assertThat(place.count("mail.aside where reason = 'sender.too_many'")).isEqualTo(100 - LIMIT);
    }

    @Test
    void the_limit_holds_where_several_nodes_take_mails_at_once() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Future<MailIn.Result>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Eml mail = unmarked(ROBOT);
                results.add(nodes.submit(() -> place.take(mail)));
            }
            int opened = 0;
            for (Future<MailIn.Result> result : results) {
                opened += result.get().outcome() == Outcome.OPENED ? 1 : 0;
            }
            assertThat(opened).isEqualTo(LIMIT);
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void two_programs_that_answer_each_other_in_one_ticket_come_to_an_end() {
        UUID ticket = place.ticket(unmarked(ROBOT));
        place.customer("other@loop.example", "Other", "Robot");
        place.jane()
                .on(ticket)
                .addParticipant(place.customer("other@loop.example").id(), Participants.Kind.COPY);
        place.jane().on(ticket).reply("Hello, both");
        Deque<MimeMessage> arrived = new ArrayDeque<>(place.settle());
        int rounds = 0;
        while (!arrived.isEmpty()) {
            assertThat(rounds++).isLessThan(100);
            MimeMessage mail = arrived.remove();
            place.take(unmarked(MailPlace.to(mail)).answering(MailPlace.header(mail, "Message-ID")));
            arrived.addAll(place.settle());
        }
        assertThat(place.messages(ticket)).hasSizeLessThanOrEqualTo(1 + 2 * LIMIT);
    }

    @Test
    void a_ticket_takes_no_more_than_its_own_limit_from_many() {
        UUID ticket = place.ticket(unmarked(ROBOT));
        int noted = 1;
        for (int i = 0; i < 5; i++) {
            String robot = "robot" + i + "@loop.example";
            place.customer(robot, "Robot", "" + i);
            place.jane().on(ticket).addParticipant(place.customer(robot).id(), Participants.Kind.COPY);
            for (int j = 0; j < LIMIT; j++) {
                noted += place.take(unmarked(robot).answering("<loop.0@loop.example>"))
                                        .outcome()
                                == Outcome.REPLIED
                        ? 1
                        : 0;
            }
        }
        assertThat(noted).isEqualTo(30);
        assertThat(place.count("mail.aside where reason = 'ticket.too_many'")).isEqualTo(21);
    }

    @Test
    void a_program_that_says_it_is_one_is_answered_nothing() {
        place.take(unmarked(ROBOT));
        MimeMessage acknowledged = place.settle().get(0);
        Eml answer = unmarked(ROBOT)
                .header("Auto-Submitted", "auto-replied")
                .answering(MailPlace.header(acknowledged, "Message-ID"));
        assertThat(place.take(answer).outcome()).isEqualTo(Outcome.NOTED);
        assertThat(place.settle()).isEmpty();
    }

    @Test
    void what_was_too_many_is_taken_when_the_window_is_over() {
        for (int i = 0; i <= LIMIT; i++) {
            place.take(unmarked(ROBOT));
        }
        UUID aside = place.aside();
        assertThat(place.takeAgain(aside).reason()).isEqualTo(Optional.of("sender.too_many"));
        place.sql("update mail.incoming set received_at = received_at - interval '61 minutes'");
        assertThat(place.takeAgain(aside).outcome()).isEqualTo(Outcome.OPENED);
    }
}
