package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The channels that a customer has used. */
@Tag("storage")
class ChannelsTest {
    private static final int EACH = 50;

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    @Test
    void tickets_opened_without_a_channel_leave_their_customer_readable() {
        NewTicket plain = NewTicket.of("Title", "Text");
        List<ImportedTicket> elsewhere = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            team.ada().open(plain);
            team.jane().open(ADA, plain);
            elsewhere.add(ImportedTicket.of(new UUID(8, i), plain, ADA, Instant.parse("2025-01-20T00:00:00Z")));
        }
        assertThat(team.tickets().imports().run(elsewhere.iterator()).imported())
                .isEqualTo(EACH);
        assertRoundTrip(List.of());

        team.ada().open(plain.channel("web"));
        team.jane().open(ADA, plain);
        assertRoundTrip(List.of("web"));
    }

    /** The customer is read, exported, and imported where nobody knows them. */
    private void assertRoundTrip(List<String> channels) {
        assertThat(team.tickets().people().customer(ADA).orElseThrow().communicationChannels())
                .isEqualTo(channels);
        assertThat(database.value("select array_to_json(communication_channels) from counterfoil.customers where id = '"
                        + ADA + "'"))
                .isEqualTo(
                        JsonValue.ofArray(channels.stream().map(JsonValue::of).toList())
                                .text());
        JsonValue document = team.tickets().documents().customer(ADA).orElseThrow();
        try (TestDatabase other = TestDatabase.withSchema()) {
            TicketService tickets = other.service();
            assertThat(tickets.documents()
                            .importCustomers(List.of(document).iterator())
                            .faults())
                    .isEmpty();
            assertThat(tickets.people().customer(ADA).orElseThrow().communicationChannels())
                    .isEqualTo(channels);
        }
    }
}
