package io.github.counterfoil.benchmark.volume;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import java.util.UUID;

/** The people of generated tickets: 200 workers, one more who is new and has ten tickets, and a customer for 20 tickets. */
record People(int workers, int customers) {
    private static final long WORKER = 0x5EED_0010_0000_4000L;
    private static final long CUSTOMER = 0x5EED_0011_0000_4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    static People of(long tickets) {
        return new People(200, (int) Math.max(100, tickets / 20));
    }

    static UUID workerId(int n) {
        return new UUID(WORKER, VARIANT | n);
    }

    static UUID customerId(int n) {
        return new UUID(CUSTOMER, VARIANT | n);
    }

    Author newWorker() {
        return worker(workers);
    }

    Author worker(int n) {
        return new Author(workerId(n), first(n), last(n), Role.AGENT);
    }

    Author customer(int n) {
        return new Author(customerId(n), first(n * 7), last(n), Role.CUSTOMER);
    }

    static String email(Author person) {
        return (person.role() == Role.AGENT ? "w" : "c")
                + Long.toString(person.id().getLeastSignificantBits() & ~VARIANT) + "@example.com";
    }

    private static String first(int n) {
        return capital(Words.word(n % 400));
    }

    private static String last(int n) {
        return capital(Words.word((int) (n * 7_919L % Words.VOCABULARY)));
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
