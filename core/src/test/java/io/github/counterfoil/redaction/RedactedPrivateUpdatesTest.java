package io.github.counterfoil.redaction;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.TextSearch;
import io.github.counterfoil.ticket.NewTicket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redacting where the staff and the customer see another title: of each side goes what stands for it. */
@Tag("storage")
class RedactedPrivateUpdatesTest {
    private static final UUID ID = UUID.fromString("10000000-0000-4000-8000-000000000000");
    private static final Instant START = Instant.parse("2016-02-29T01:16:00Z");

    private record Titled(Visibility visibility, String before, String after) {}

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final Redactions redactions = team.tickets().admin(EVE).redactions();

    @Test
    void what_only_the_customer_still_sees_goes_from_their_ticket() {
        imported(hidden("Auk", "Owl"));
        redactions.redact(ID, Redaction.ofBeginning("title"));
        requireTitles("Owl", TicketEvent.REDACTED);
        requireGone("Auk");
    }

    @Test
    void what_a_ticket_started_with_goes_from_what_its_customer_was_told_later() {
        imported(hidden("Auk", "Owl"), told("Auk", "Yak"));
        redactions.redact(ID, Redaction.ofBeginning("title"));
        requireTitles("Yak", "Yak");
        requireGone("Auk");
    }

    @Test
    void an_old_value_goes_on_the_side_that_was_told_it_also_where_the_other_had_the_same_words() {
        imported(told("Auk", "Owl"), hidden("Owl", "Yak"), hidden("Yak", "Owl"), told("Owl", "Rook"));
        redactions.redact(ID, Redaction.of(event(4), "old_value"));
        requireTitles("Rook", "Rook");
        requireGone("Owl");
    }

    @Test
    void the_old_value_that_the_customer_was_told_stays_where_only_the_staffs_is_taken_out() {
        imported(hidden("Auk", "Owl"), told("Auk", "Yak"));
        redactions.redact(ID, Redaction.of(event(1), "new_value"));
        requireTitles("Yak", "Yak");
        requireGone("Owl");
        assertThat(database.value("select body ->> 'old_value' from counterfoil.ticket_event where seq = 2"))
                .isEqualTo("Auk");
    }

    @Test
    void what_the_customer_sees_does_not_go_by_an_event_that_they_do_not_see() {
        imported(hidden("Auk", "Owl"));
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> redactions.redact(ID, Redaction.of(event(1), "old_value")))
                .withMessageContaining("members.not_allowed");
        redactions.redact(ID, Redaction.ofEverythingIn(event(1)));
        requireTitles(TicketEvent.REDACTED, "Auk");
        requireGone("Owl");
    }

    @Test
    void what_only_the_staff_sees_goes_from_theirs() {
        imported(hidden("Auk", "Owl"));
        redactions.redact(ID, Redaction.of(event(1), "new_value"));
        requireTitles(TicketEvent.REDACTED, "Auk");
        requireGone("Owl");
    }

    @Test
    void the_old_value_that_the_customer_was_told_is_that_of_the_beginning() {
        imported(hidden("Auk", "Owl"), told("Auk", "Yak"));
        redactions.redact(ID, Redaction.of(event(2), "old_value"));
        requireTitles("Yak", "Yak");
        requireGone("Auk");
    }

    @Test
    void a_value_goes_from_the_next_event_of_each_side() {
        imported(told("Auk", "Owl"), hidden("Owl", "Yak"), told("Owl", "Rook"));
        redactions.redact(ID, Redaction.of(event(1), "new_value"));
        requireTitles("Rook", "Rook");
        requireGone("Owl");
    }

    @Test
    void the_value_that_stands_for_the_customer_and_not_for_the_staff_goes() {
        imported(told("Auk", "Owl"), hidden("Owl", "Yak"));
        redactions.redact(ID, Redaction.of(event(1), "new_value"));
        requireTitles("Yak", TicketEvent.REDACTED);
        requireGone("Owl");
    }

    @Test
    void what_was_redacted_on_both_sides_is_one_title_again() {
        imported(hidden("Auk", "Owl"));
        redactions.redact(ID, Redaction.ofBeginning("title"));
        redactions.redact(ID, Redaction.of(event(1), "new_value"));
        requireTitles(TicketEvent.REDACTED, TicketEvent.REDACTED);
        assertThat(database.value("select shown is null from counterfoil.ticket where id = '" + ID + "'"))
                .isEqualTo("t");
        requireGone("Auk");
        requireGone("Owl");
    }

    private static Titled hidden(String before, String after) {
        return new Titled(Visibility.PRIVATE, before, after);
    }

    private static Titled told(String before, String after) {
        return new Titled(Visibility.PUBLIC, before, after);
    }

    private void imported(Titled... updates) {
        List<TicketEvent> events = new ArrayList<>();
        for (Titled update : updates) {
            int seq = events.size() + 1;
            events.add(new TicketEvent.TitleUpdate(
                    new TicketEvent.Header(
                            event(seq),
                            ID,
                            seq,
                            START.plusSeconds(seq),
                            new Author(JANE, "Jane", "Smith", Role.AGENT),
                            update.visibility()),
                    update.before(),
                    update.after()));
        }
        assertThat(team.tickets()
                        .imports()
                        .run(List.of(ImportedTicket.of(ID, NewTicket.of("Auk", "Text"), ADA, START)
                                        .events(events))
                                .iterator())
                        .imported())
                .isEqualTo(1);
    }

    private static UUID event(int seq) {
        return new UUID(ID.getMostSignificantBits(), ID.getLeastSignificantBits() + seq);
    }

    private void requireTitles(String staff, String customer) {
        assertThat(team.jane().on(ID).ticket().title()).isEqualTo(staff);
        assertThat(team.ada().on(ID).ticket().title()).isEqualTo(customer);
    }

    private void requireGone(String text) {
        assertThat(TextSearch.hostsTables(database, text)).isEmpty();
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }
}
