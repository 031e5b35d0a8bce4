package io.github.counterfoil.redaction;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.TextSearch;
import io.github.counterfoil.ticket.NewTicket;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents of tickets in which something was redacted, from before that and from after it. */
@Tag("storage")
class RedactedImportsTest {
    private static final String CARD = "4111 1111 Zebra 1111";

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    @AutoClose
    private final TestDatabase elsewhere = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final SupportTeam others = SupportTeam.in(elsewhere);
    private final UUID ticket = team.jane()
            .open(
                    ADA,
                    NewTicket.of("Title " + CARD, "Text " + CARD)
                            .field("card", JsonValue.of(CARD))
                            .tags("b", "a"))
            .id();

    private UUID write() {
        UUID written = team.ada()
                .on(ticket)
                .reply("Message " + CARD, List.of(JsonValue.parse("{\"name\": \"" + CARD + "\"}")))
                .events()
                .get(0)
                .id();
        team.jane().on(ticket).assign(JANE);
        team.jane().on(ticket).changeTitle("Another " + CARD);
        team.jane().on(ticket).setField("card", "Second " + CARD);
        team.jane().on(ticket).close();
        team.ada().on(ticket).rate(2, "Comment " + CARD);
        return written;
    }

    private void redactAll() {
        for (TicketEvent event :
                team.jane().on(ticket).history(PageRequest.oldestFirst(50)).items()) {
            team.tickets().admin(EVE).redactions().redact(ticket, Redaction.ofEverythingIn(event.id()));
        }
        team.tickets().admin(EVE).redactions().redact(ticket, Redaction.ofWholeBeginning());
    }

    @Test
    void a_document_from_after_a_redaction_comes_in_elsewhere_and_is_the_same() {
        write();
        redactAll();
        JsonValue document = document(team);

        Imports.Report report = load(others, document);

        assertThat(report.faults()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.imported()).isEqualTo(1);
        assertThat(document(others)).isEqualTo(document);
        assertThat(others.tickets().verifyAll().discrepancies()).isEmpty();
        assertThat(others.jane().on(ticket).history(PageRequest.oldestFirst(50)).items())
                .isEqualTo(team.jane()
                        .on(ticket)
                        .history(PageRequest.oldestFirst(50))
                        .items());
        assertThat(load(others, document).present()).isEqualTo(1);
        assertThat(TextSearch.hostsTables(elsewhere, CARD)).isEmpty();
    }

    @Test
    void a_document_from_before_a_redaction_is_present_and_brings_nothing_back() {
        UUID written = write();
        JsonValue before = document(team);
        team.tickets().admin(EVE).redactions().redact(ticket, Redaction.of(written, "attachments[0]"));
        assertThat(load(team, before).present()).isEqualTo(1);
        redactAll();
        String after = database.value("select jsonb_agg(t)::text from counterfoil.tickets t");

        Imports.Report report = load(team, before);

        assertThat(report.faults()).isEmpty();
        assertThat(report.present()).isEqualTo(1);
        assertThat(database.value("select jsonb_agg(t)::text from counterfoil.tickets t"))
                .isEqualTo(after);
        assertThat(TextSearch.hostsTables(database, CARD)).isEmpty();
    }

    @Test
    void another_ticket_of_the_id_is_none_though_something_was_redacted() {
        write();
        redactAll();
        JsonValue after = document(team);
        for (String other : List.of(
                after.text().replace("\"medium\"", "\"low\""),
                after.text().replace("\"rating\":2", "\"rating\":3"),
                after.text().replace("\"message\"", "\"note-added\""))) {
            assertThat(other).isNotEqualTo(after.text());
            assertThat(load(team, JsonValue.parse(other)).present()).isZero();
        }
    }

    /** One that somebody put together: it has the redaction, and what was redacted. */
    @Test
    void a_ticket_that_goes_on_brings_nothing_back() {
        UUID written = write();
        String text = document(team).text();
        team.tickets().admin(EVE).redactions().redact(ticket, Redaction.of(written, "content"));
        JsonValue redacted = document(team);
        load(others, redacted);
        team.jane().on(ticket).note("One more");
        String message = "\"Message " + CARD + "\"";
        assertThat(text).contains(message);
        JsonValue grown = JsonValue.parse(document(team)
                .text()
                .replace("\"[redacted]\"", message)
                .replaceAll("\"redacted\":\\[[^\\]]*\\],?", ""));

        Imports.Report report = load(others, grown);

        assertThat(report.faults()).extracting(Imports.Report.Fault::field).containsExactly("events");
        assertThat(load(others, document(team)).imported()).isEqualTo(1);
        assertThat(document(others)).isEqualTo(document(team));
        assertThat(others.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_beginning_that_goes_on_brings_nothing_back() {
        write();
        String before = document(team).text();
        redactAll();
        load(others, document(team));
        team.jane().on(ticket).note("One more");
        JsonValue grown = JsonValue.parse(document(team)
                .text()
                .replace("\"description\":\"[redacted]\"", "\"description\":\"Text " + CARD + "\""));
        assertThat(before).contains("\"description\":\"Text " + CARD + "\"");
        assertThat(grown.text()).contains(CARD);

        Imports.Report report = load(others, grown);

        assertThat(report.faults()).extracting(Imports.Report.Fault::code).containsExactly("diverged");
        assertThat(TextSearch.hostsTables(elsewhere, CARD)).isEmpty();
        assertThat(load(others, document(team)).imported()).isEqualTo(1);
        assertThat(others.tickets().verifyAll().discrepancies()).isEmpty();
    }

    /** The rows that an adoption could not move may hold the ticket, and what its customer said of it. */
    @Test
    void what_an_adoption_kept_aside_of_the_ticket_goes_too() {
        UUID written = write();
        database.execute("insert into counterfoil.adoption_problem values ('tickets', '" + ticket + "', '{\"id\": \""
                + ticket + "\", \"title\": \"" + CARD + "\"}', '{}'), ('customers', '" + ADA
                + "', '{\"feedback_history\": [{\"ticket_id\": \"" + ticket + "\", \"comment\": \"" + CARD
                + "\"}]}', '{}'), ('workers', '" + JANE + "', '{}', '{}')");
        team.tickets().admin(EVE).redactions().redact(ticket, Redaction.ofEverythingIn(written));
        assertThat(database.value("select string_agg(kind, ' ') from counterfoil.adoption_problem"))
                .isEqualTo("workers");
    }

    /** Another member of the name, in a type that nobody here knows, is a member like others. */
    @Test
    void a_member_of_the_same_name_from_elsewhere_is_kept_as_it_is() {
        team.ada().on(ticket).reply("Text");
        JsonValue document = JsonValue.parse(document(team)
                .text()
                .replace("\"content\":\"Text\"", "\"content\":\"Text\",\"redacted\":true")
                .replace("\"type\":\"message\"", "\"type\":\"elsewhere\""));
        assertThat(load(others, document).imported()).isEqualTo(1);
        TicketEvent event = others.jane()
                .on(ticket)
                .history(PageRequest.oldestFirst(1))
                .items()
                .get(0);
        assertThat(event.redacted()).isEmpty();
        assertThat(((TicketEvent.UnknownEvent) event).body().members()).containsEntry("redacted", JsonValue.of(true));
        assertThat(document(others)).isEqualTo(document);
    }

    private JsonValue document(SupportTeam from) {
        return from.tickets().documents().ticket(ticket).orElseThrow();
    }

    private static Imports.Report load(SupportTeam into, JsonValue document) {
        return into.tickets().documents().importTickets(List.of(document).iterator());
    }
}
