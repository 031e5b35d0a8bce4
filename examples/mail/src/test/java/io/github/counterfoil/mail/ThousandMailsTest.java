package io.github.counterfoil.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.mail.MailIn.Outcome;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A thousand mails, taken by two nodes at once, beside a plain model of what is to become of them. */
class ThousandMailsTest {
    private static final int SENDERS = 155;
    private static final int OF_EACH = 6;
    private static final int TWICE = 200;
    private static final int LOOP = 50;
    private static final int DAMAGED = 20;
    private static final int LIMIT = 10;
    private static final String ROBOT = "robot@loop.example";

    private final Random random = new Random(20260302);
    private final MailPlace place = MailPlace.open();

    /** Of each ticket, by the subject that it was opened with, the texts that came after. */
    private final Map<String, List<String>> expected = new TreeMap<>();
    /** By a ticket's subject the Message-IDs in it, whose parents a later mail may name. */
    private final Map<String, List<String>> ids = new HashMap<>();

    /** The ticket that a sender opened last. */
    private final Map<Integer, Integer> last = new HashMap<>();
    /** Where each mail went. */
    private final Map<String, UUID> tickets = new ConcurrentHashMap<>();

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    @Test
    void a_thousand_mails_of_which_200_come_twice_50_loop_and_20_are_damaged_make_the_right_tickets() throws Exception {
        int twice = 0;
        int count = 0;
        long began = System.nanoTime();
        List<Eml> others = new ArrayList<>();
        for (int i = 0; i < LOOP; i++) {
            others.add(Eml.of(ROBOT, "<loop." + i + "@loop.example>", "Loop", "Thank you."));
        }
        for (int i = 0; i < DAMAGED; i++) {
            others.add(damaged(i));
        }
        for (int wave = 0; wave < OF_EACH; wave++) {
            List<Eml> mails = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                mails.add(next(sender, wave));
            }
            int from = wave * others.size() / OF_EACH;
            mails.addAll(others.subList(from, (wave + 1) * others.size() / OF_EACH));
            count += mails.size();
            int again = wave == OF_EACH - 1 ? TWICE - twice : TWICE / OF_EACH;
            twice += again;
            List<Eml> delivered = new ArrayList<>(mails);
            List<Eml> whole = mails.stream()
                    .filter(mail -> !mail.asText().contains("loop"))
                    .toList();
            for (int i = 0; i < again; i++) {
                delivered.add(whole.get(i * 3));
            }
            Collections.shuffle(delivered, random);
            deliver(delivered);
        }
        List<MimeMessage> sent = place.settle();
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertThat(failures).isEmpty();
        assertThat(List.of(count, twice)).containsExactly(1_000, TWICE);
        Map<String, List<String>> found = found();
        System.out.println("Mails: " + count + " in, " + twice + " of them twice, " + LOOP + " in a loop, " + DAMAGED
                + " damaged, became " + outcomes + ": " + place.count("counterfoil.ticket") + " tickets with "
                + place.count("counterfoil.ticket_event") + " events, " + sent.size() + " mails out, "
                + place.count("mail.aside") + " kept aside, in " + millis + " ms");
        assertThat(found).isEqualTo(expected);
        assertThat(place.ticketsOf(ROBOT)).hasSize(LIMIT);
        assertThat(sent).hasSize((int) place.count("counterfoil.ticket"));
        assertThat(place.tickets.verifyAll().discrepancies()).isEmpty();
        place.close();
    }

    private void deliver(List<Eml> mails) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<MailIn.Result>> results = new ArrayList<>();
            for (Eml mail : mails) {
                results.add(nodes.submit(() -> taken(mail)));
            }
            for (Future<MailIn.Result> result : results) {
                outcomes.merge(result.get().outcome(), 1, Integer::sum);
            }
        } finally {
            nodes.shutdown();
        }
    }

    /** As a mailbox does: what nobody can tell comes again. */
    private MailIn.Result taken(Eml mail) {
        while (true) {
            try {
                MailIn.Result result = place.take(mail);
                result.ticketId()
                        .ifPresent(ticket ->
                                tickets.put(IncomingMail.read(mail.bytes()).messageId(), ticket));
                return result;
            } catch (Unavailable e) {
                failures.add(e.code());
            }
        }
    }

    /** What a sender sends next, with what is to become of it. */
    private Eml next(int sender, int wave) {
        String address = "sender" + sender + "@example.com";
        String id = "<" + sender + "." + wave + "@example.com>";
        String text = "Text " + sender + "." + wave;
        String own = "Ticket " + sender + "." + (wave == 0 ? 0 : opened(sender));
        int kind = wave == 0 ? 0 : random.nextInt(10);
        if (kind >= 3 && kind <= 7) {
            expected.get(own).add(text);
            Eml mail = Eml.of(address, id, "Re: " + own, text);
            List<String> known = ids.get(own);
            String parent = known.get(random.nextInt(known.size()));
            known.add(id);
            if (kind <= 5) {
                return mail.answering("<elsewhere@example.com>", parent);
            }
            return kind == 6
                    ? mail.answering(acknowledged(own))
                    : Eml.of(address, id, "AW: [#" + number(own) + "] nothing else", text);
        }
        String subject = "Ticket " + sender + "." + wave;
        expected.put(subject, new ArrayList<>(List.of(text)));
        ids.put(subject, new ArrayList<>(List.of(id)));
        last.put(sender, wave);
        if (kind < 8) {
            return Eml.of(address, id, subject, text);
        }
        String strangers = "Ticket " + (sender + 1) % SENDERS + ".0";
        return Eml.of(address, id, "[#" + number(strangers) + "] " + subject, text)
                .answering(ids.get(strangers).get(0), acknowledged(strangers));
    }

    private int opened(int sender) {
        return random.nextBoolean() ? last.get(sender) : 0;
    }

    private String acknowledged(String subject) {
        UUID ticket = tickets.get(ids.get(subject).get(0));
        UUID customer = place.jane().on(ticket).ticket().customerId();
        return new OwnMessageIds("example.com").of(ticket, null, customer);
    }

    private long number(String subject) {
        return place.jane().on(tickets.get(ids.get(subject).get(0))).ticket().number();
    }

    /** Three kinds of which nobody can tell whose they are, and two that are tickets with the whole mail beside. */
    private Eml damaged(int number) {
        String address = "damaged" + number + "@example.com";
        String subject = "Damaged " + number;
        Eml mail = new Eml(List.of("From: " + address, "Subject: " + subject), "text");
        switch (number % 5) {
            case 0:
                return new Eml(List.of("Subject: " + subject), "text");
            case 1:
                return mail.header("From", "another@example.com");
            case 2:
                byte[] noise = new byte[500];
                random.nextBytes(noise);
                return new Eml(List.of("\0" + new String(noise, StandardCharsets.ISO_8859_1)), "");
            case 3:
                expected.put(subject, List.of("(no text)"));
                return mail.header("Content-Type", "multipart/mixed; boundary=none");
            default:
                expected.put(subject, List.of("text", ""));
                return mail.header("Content-Type", "text/plain; charset=x-nobody");
        }
    }

    private Map<String, List<String>> found() {
        Map<String, List<String>> found = new TreeMap<>();
        PageRequest.oldestFirst(200)
                .<TicketSummary>forEach(page -> place.jane().find(TicketQuery.all(), page), ticket -> {
                    if (!ticket.title().equals("Loop")) {
                        List<String> texts = new ArrayList<>();
                        texts.add(place.jane().on(ticket.id()).ticket().description());
                        texts.addAll(place.messages(ticket.id()));
                        assertThat(found.put(ticket.title(), texts))
                                .as(ticket.title())
                                .isNull();
                    }
                });
        return found;
    }
}
