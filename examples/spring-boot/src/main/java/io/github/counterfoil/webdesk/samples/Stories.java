package io.github.counterfoil.webdesk.samples;

import static io.github.counterfoil.command.Command.assign;
import static io.github.counterfoil.command.Command.changePriority;
import static io.github.counterfoil.command.Command.changeStatus;
import static io.github.counterfoil.command.Command.close;
import static io.github.counterfoil.command.Command.note;
import static io.github.counterfoil.command.Command.reply;
import static io.github.counterfoil.command.Command.setField;
import static io.github.counterfoil.command.Command.tag;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** A few tickets of a maker of coffee machines. */
final class Stories {
    /** How many there are. */
    static final int COUNT = 9;

    private final TicketService past;
    private final AtomicReference<Instant> now;
    private final Instant today = Instant.now();
    private final UUID jane;
    private final UUID tom;

    /** @param now from where the service takes its time */
    Stories(TicketService past, AtomicReference<Instant> now, UUID jane, UUID tom) {
        this.past = past;
        this.now = now;
        this.jane = jane;
        this.tom = tom;
    }

    void tell(UUID ada, UUID bob, UUID cleo, UUID dev) {
        Story leak = open(ada, 50, "web", "Machine leaks after descaling", """
                Since I descaled my Aurora 2 last weekend there is water under it every morning.

                Nothing drips while it runs, only overnight.""");
        leak.agent(tom, 2, assign(tom), tag("aurora-2", "leak"), setField("serial", "A2-118-0427"));
        leak.agent(
                tom,
                1,
                note("Third one from batch 118. The seal of the tank, not the pump. Do not promise a date yet."));
        leak.agent(
                tom,
                1,
                reply("Sorry about that! Could you take the tank out and look whether the black seal sits flat?"),
                changeStatus(TicketStatus.PENDING));
        leak.customer(ada, 20, "It does not: it stands up on one side, about a finger's width.");
        leak.agent(tom, 2, reply("Then we send you a new seal today, free of charge. It clicks in without tools."));
        leak.customer(ada, 20, "Thank you. Will it be here before the weekend?");

        Story invoice = open(
                bob,
                30,
                "email",
                "Invoice 2031 shows the old address",
                "We moved in March. Please correct the invoice, our accountant sends it back otherwise.");
        invoice.agent(jane, 3, assign(jane), tag("billing"));
        invoice.agent(
                jane, 1, reply("Corrected: the new invoice is in your account."), changeStatus(TicketStatus.PENDING));

        Story grinder = open(
                cleo,
                12,
                "web",
                "Grinder is louder than before",
                "It sounds like gravel since yesterday. Same beans as always.");
        grinder.agent(tom, 2, assign(tom), changePriority(Priority.HIGH), tag("grinder"));
        grinder.agent(tom, 1, note("Sounds like a stone in the burrs. Ask before she runs it again."));

        open(dev, 5, "web", "Cannot sign in with my new phone", "The app says that my code is wrong, every time.");
        open(ada, 3, "web", "Do you deliver to Jersey?", "The shop does not let me choose it as a country.");
        open(
                bob,
                1,
                "email",
                "Twelve machines for our offices",
                "Is there a price for twelve Auroras? We would need them by the end of next month.");

        Story filter = open(cleo, 200, "email", "Which filter fits the Aurora 1?", "Your shop shows three of them.");
        filter.agent(
                jane, 5, assign(jane), reply("The round one, number 7. The others are for the Aurora 2."), close());
        filter.rate(cleo, 10, 5, "Fast and friendly.");

        Story cup = open(ada, 300, "web", "Cup warmer stays cold", "All else works.");
        cup.agent(tom, 10, assign(tom), tag("aurora-2"), reply("It has a switch of its own, at the back on the left."));
        cup.customer(ada, 5, "Oh. It does. Sorry!");
        cup.agent(tom, 1, close());

        Story refund = open(
                dev,
                120,
                "web",
                "Refund for a parcel that never came",
                "Order 88213. The carrier says it was delivered, nobody here has seen it.");
        refund.agent(jane, 4, assign(jane), changePriority(Priority.HIGH), tag("billing", "carrier"));
        refund.agent(jane, 1, note("Carrier admits that it went to number 12 in place of 21. Refund is approved."));
        refund.agent(jane, 2, reply("You are right, and we are sorry: the money is on its way to your card."), close());
        refund.rate(dev, 20, 4, "");
    }

    private Story open(UUID customer, int hoursAgo, String channel, String title, String text) {
        now.set(today.minus(Duration.ofHours(hoursAgo)));
        return new Story(past.customer(customer)
                .open(NewTicket.of(title, text).channel(channel))
                .id());
    }

    private final class Story {
        private final UUID id;

        private Story(UUID id) {
            this.id = id;
        }

        void agent(UUID worker, int hoursLater, Command... commands) {
            later(hoursLater);
            past.agent(worker).on(id).apply(commands);
        }

        void customer(UUID customer, int hoursLater, String text) {
            later(hoursLater);
            past.customer(customer).on(id).reply(text);
        }

        void rate(UUID customer, int hoursLater, int stars, String comment) {
            later(hoursLater);
            past.customer(customer).on(id).rate(stars, comment.isEmpty() ? null : comment);
        }

        private void later(int hours) {
            now.updateAndGet(time -> time.plus(Duration.ofHours(hours)));
        }
    }
}
