package io.github.counterfoil.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.mail.MailIn.Outcome;
import io.github.counterfoil.mail.MailIn.Result;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who writes to a desk, and nobody else in the tests of this JVM. */
record Correspondent(MailPlace place, String address) {
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    static Correspondent of(MailPlace place, String name) {
        return new Correspondent(place, name + PEOPLE.incrementAndGet() + "@example.com");
    }

    Eml mail(String id, String subject, String text) {
        return Eml.of("Ada Lovelace <" + address + ">", id(id), subject, text);
    }

    /** The same names in all tests, and no mail of another's. */
    String id(String name) {
        return "<" + name + "." + address + ">";
    }

    void assertNotTaken(Eml mail, String reason) {
        long aside = place.count("mail.aside");
        long tickets = place.count("counterfoil.ticket");
        Result result = place.take(mail);
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_TAKEN);
        assertThat(result.reason()).contains(reason);
        assertThat(place.count("mail.aside")).isEqualTo(aside + 1);
        assertThat(place.count("counterfoil.ticket")).isEqualTo(tickets);
    }
}
