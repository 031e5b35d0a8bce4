package io.github.counterfoil.faults;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One call of a host. All of it follows from the seed and its place, so that a host that was killed can make the same call
 * again, and the judge knows what it was to store.
 */
final class Call {
    private final int host;
    private final int thread;
    private final int n;
    private final CallKind kind;
    private final int[] picks = new int[4];

    private Call(long seed, int host, int thread, int n) {
        this.host = host;
        this.thread = thread;
        this.n = n;
        Random random = new Random(((seed * 31 + host) * 31 + thread) * 1_000_003L + n);
        // The first numbers of generators whose seeds are alike are alike.
        random.nextInt();
        kind = CallKind.pick(random);
        for (int i = 0; i < picks.length; i++) {
            picks[i] = random.nextInt(1 << 20);
        }
    }

    static Call at(long seed, int host, int thread, int n) {
        return new Call(seed, host, thread, n);
    }

    CallKind kind() {
        return kind;
    }

    int host() {
        return host;
    }

    int thread() {
        return thread;
    }

    int n() {
        return n;
    }

    /** Names the call in what it writes. */
    String token() {
        return "h" + host + "t" + thread + "n" + n;
    }

    UUID commandId() {
        return Cast.id("command/" + token());
    }

    /** The number of one of the tickets that are there from the beginning; every other time a hot one. */
    int ticketNumber() {
        return picks[0] % (picks[1] % 2 == 0 ? Cast.HOT_TICKETS : Cast.TICKETS);
    }

    UUID ticket() {
        return Cast.ticket(ticketNumber());
    }

    UUID agent() {
        return Cast.agent(picks[2] % Cast.AGENTS);
    }

    /** Somebody to assign: at times one who is deactivated at times. */
    UUID assignee() {
        return picks[3] % 3 == 0
                ? Cast.ownWorker(picks[2] % Cast.HOSTS, picks[1] % Cast.THREADS)
                : Cast.agent(picks[3] % Cast.AGENTS);
    }

    int pick(int bound) {
        return picks[3] % bound;
    }

    /** Several tickets, the first of which may be hot. */
    List<UUID> ticketsAtOnce() {
        return IntStream.range(0, CallKind.TICKETS_AT_ONCE)
                .mapToObj(i -> Cast.ticket((ticketNumber() + i) % Cast.TICKETS))
                .toList();
    }

    /** The id of something that the call brings in. */
    UUID newId(int part) {
        return Cast.id("new/" + token() + "/" + part);
    }

    /** The text of one of the events of one of the tickets that the call is about. */
    String mark(int part, int event) {
        return token() + "#" + part + "." + event;
    }

    /** The mark of a text that stands on several tickets. */
    static String markOn(String token, String ticket) {
        return token + "#" + ticket;
    }

    /** What it stores: all marks of a part or none. */
    List<List<String>> marks() {
        if (kind == CallKind.EACH) {
            return ticketsAtOnce().stream()
                    .map(ticket -> List.of(markOn(token(), ticket.toString())))
                    .toList();
        }
        return IntStream.range(0, kind.parts())
                .mapToObj(part -> IntStream.range(0, kind.eventsOfPart())
                        .mapToObj(event -> mark(part, event))
                        .toList())
                .toList();
    }
}
