package io.github.counterfoil.input;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many a mail is a photo and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachmentsAloneTest {
    private static final List<JsonValue> PHOTO = List.of(JsonValue.parse("{\"name\": \"photo.jpg\"}"));
    private static final PageRequest ALL = PageRequest.oldestFirst(10);

    private final TestDatabase database = TestDatabase.withSchema();
    private final SupportTeam team = SupportTeam.in(database);

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void a_reply_of_either_side_may_hold_attachments_and_no_text() {
        UUID id = team.ticket();
        team.ada().on(id).reply("", PHOTO);
        team.jane().on(id).reply(" \n", PHOTO);
        assertThat(team.ada().on(id).history(ALL).items())
                .extracting(event -> ((CustomerEvent.Message) event).content())
                .containsExactly("", " \n");
        assertThat(team.jane().on(id).history(ALL).items())
                .allSatisfy(event ->
                        assertThat(((TicketEvent.Message) event).attachments()).isEqualTo(PHOTO));
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }

    @Test
    void so_may_a_message_from_elsewhere() {
        UUID id = UUID.randomUUID();
        Author ada = new Author(ADA, "Ada", "Lovelace", Role.CUSTOMER);
        TicketEvent.Header header =
                new TicketEvent.Header(UUID.randomUUID(), id, 1, SampleValues.AT, ada, Visibility.PUBLIC);
        ImportedTicket ticket = ImportedTicket.of(id, NewTicket.of("Title", "Text"), ADA, SampleValues.AT)
                .events(List.of(new TicketEvent.Message(header, "", PHOTO)));
        assertThat(run(ticket).faults()).isEmpty();
        assertThat(team.ada().on(id).history(ALL).items()).hasSize(1);
    }

    @Test
    void an_event_from_elsewhere_hides_no_member_that_every_event_has() {
        UUID id = UUID.randomUUID();
        Author jane = new Author(JANE, "Jane", "Smith", Role.AGENT);
        TicketEvent.Header header =
                new TicketEvent.Header(UUID.randomUUID(), id, 1, SampleValues.AT, jane, Visibility.PRIVATE);
        ImportedTicket ticket = ImportedTicket.of(id, NewTicket.of("Title", "Text"), ADA, SampleValues.AT)
                .events(List.of(new TicketEvent.CustomEvent(
                        header, "escalated", JsonValue.parse("{\"role\": \"customer\", \"version\": 2}"))));
        assertThat(run(ticket).faults())
                .extracting(fault -> fault.seq() + " " + fault.field() + " " + fault.code())
                .containsExactly("1 body.role reserved");
    }

    private Imports.Report run(ImportedTicket ticket) {
        return team.tickets().imports().run(List.of(ticket).iterator());
    }
}
