package io.github.counterfoil.benchmark.workload;

import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.SampleTicket;
import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.sample.Scale;
import io.github.counterfoil.benchmark.sample.Status;
import io.github.counterfoil.benchmark.sample.TicketSet;
import io.github.counterfoil.benchmark.store.TicketStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** What is compared. Each hands out operations, one after the other. */
public enum Workload {
    /** The whole of a ticket: the 12 operations of {@link #live}, each stored by itself. */
    LIFECYCLE(true, Set.of()) {
        @Override
        public Operation next(TicketStore store, Player player) {
            return () -> live(store, player);
        }
    },
    OPEN(true, Set.of()) {
        @Override
        public Operation next(TicketStore store, Player player) {
            return () -> store.open(player.customer(), Samples.title(player.draw(1_000)), player.text());
        }
    },
    APPEND_EMPTY(true, Set.of(TicketSet.APPEND_EMPTY)) {
        @Override
        public Operation next(TicketStore store, Player player) {
            return append(store, player, TicketSet.APPEND_EMPTY);
        }
    },
    APPEND_SHORT(true, Set.of(TicketSet.APPEND_SHORT)) {
        @Override
        public Operation next(TicketStore store, Player player) {
            return append(store, player, TicketSet.APPEND_SHORT);
        }
    },
    APPEND_LONG(true, Set.of(TicketSet.APPEND_LONG)) {
        @Override
        public Operation next(TicketStore store, Player player) {
            return append(store, player, TicketSet.APPEND_LONG);
        }
    },
    /** Assigns an agent, or takes them off again, and changes the status twice. */
    TRIAGE(true, Set.of(TicketSet.TRIAGE)) {
        @Override
        public Operation next(TicketStore store, Player player) {
            int number = player.nextTicket(TicketSet.TRIAGE);
            boolean assigns = player.assigns(number);
            UUID ticket = Samples.ticketId(TicketSet.TRIAGE, number);
            Person agent = player.samples().agent(number);
            return () -> {
                if (assigns) {
                    store.assign(ticket, agent);
                } else {
                    store.unassign(ticket, agent);
                }
                store.changeStatus(ticket, agent, Status.OPEN);
                store.changeStatus(ticket, agent, Status.PENDING);
            };
        }
    },
    /** Adds a note to many tickets at once. */
    BULK(true, Set.of(TicketSet.BULK)) {
        @Override
        public Operation next(TicketStore store, Player player) {
            List<UUID> tickets = player.bulk();
            return () -> store.noteOnEach(tickets, player.agent(), player.text());
        }

        @Override
        public int units(Scale scale) {
            return scale.bulk();
        }
    },
    READ_SHORT(false, Set.of(TicketSet.READ_SHORT)) {
        @Override
        public Operation next(TicketStore store, Player player) {
            return read(store, player, TicketSet.READ_SHORT);
        }
    },
    READ_LONG(false, Set.of(TicketSet.READ_LONG)) {
        @Override
        public Operation next(TicketStore store, Player player) {
            return read(store, player, TicketSet.READ_LONG);
        }
    },
    /** One agent's newest open tickets. */
    QUEUE(false, Set.of(TicketSet.QUEUE)) {
        @Override
        public Operation next(TicketStore store, Player player) {
            return () -> check(!store.queue(player.agent(), PAGE).tickets().isEmpty());
        }
    },
    /** Stores tickets that happened elsewhere. */
    IMPORT(true, Set.of()) {
        @Override
        public Operation next(TicketStore store, Player player) {
            List<SampleTicket> tickets = player.nextImport();
            return () -> store.importTickets(tickets);
        }

        @Override
        public int units(Scale scale) {
            return scale.batch() * Samples.IMPORTED_EVENTS;
        }
    };

    /** Items of a page. */
    public static final int PAGE = 50;

    /** Messages of a lifecycle. */
    public static final int MESSAGES = 6;

    private final boolean writes;
    private final Set<TicketSet> sets;

    Workload(boolean writes, Set<TicketSet> sets) {
        this.writes = writes;
        this.sets = sets;
    }

    /** The next operation of a player. */
    public abstract Operation next(TicketStore store, Player player);

    /** Whether how a commit is stored makes a difference. */
    public boolean writes() {
        return writes;
    }

    /** What has to be there. */
    public Set<TicketSet> sets() {
        return sets;
    }

    /** How many things one operation does at once: tickets changed, or events imported. */
    public int units(Scale scale) {
        return 1;
    }

    /** As it is chosen by. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people. */
    public String title(Scale scale) {
        return switch (this) {
            case LIFECYCLE -> "lifecycle of 12 operations";
            case OPEN -> "open";
            case APPEND_EMPTY -> "append a message, no events before";
            case APPEND_SHORT -> "append a message, %,d events before".formatted(scale.shortEvents());
            case APPEND_LONG -> "append a message, %,d events before".formatted(scale.longEvents());
            case TRIAGE -> "assign and 2 status changes";
            case BULK -> "a note on each of %,d tickets".formatted(scale.bulk());
            case READ_SHORT -> "ticket and last %d of %,d events".formatted(PAGE, scale.shortEvents());
            case READ_LONG -> "ticket and last %d of %,d events".formatted(PAGE, scale.longEvents());
            case QUEUE -> "queue page of %d among %,d tickets".formatted(PAGE, scale.queue());
            case IMPORT -> "import, per event";
        };
    }

    /** The lifecycle: opens, assigns, three messages of either side in turn, a note, waits, closes, is rated. */
    private static void live(TicketStore store, Player player) throws SQLException {
        Person customer = player.customer();
        Person agent = player.agent();
        UUID ticket = store.open(customer, Samples.title(player.draw(1_000)), player.text());
        store.assign(ticket, agent);
        for (int i = 0; i < MESSAGES; i++) {
            store.message(ticket, i % 2 == 0 ? customer : agent, player.text());
        }
        store.note(ticket, agent, player.text());
        store.changeStatus(ticket, agent, Status.PENDING);
        store.close(ticket, agent);
        store.rate(ticket, customer, 5, "Quick and kind.");
    }

    private static Operation append(TicketStore store, Player player, TicketSet set) {
        int number = player.nextTicket(set);
        return () ->
                store.message(Samples.ticketId(set, number), player.samples().agent(number), player.text());
    }

    private static Operation read(TicketStore store, Player player, TicketSet set) {
        int number = player.nextTicket(set);
        return () ->
                check(store.read(Samples.ticketId(set, number), player.samples().agent(number), PAGE)
                                .events()
                                .size()
                        == PAGE);
    }

    private static void check(boolean held) {
        if (!held) {
            throw new IllegalStateException("an operation did not give what it should");
        }
    }
}
