package io.github.counterfoil.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.leaks.LeakKit;
import io.github.counterfoil.leaks.LeakReport;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is private, looked for in what the customers' feed gives of a customer's tickets. */
@Tag("storage")
class CustomersFeedTest {
    private static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 1);

    /** What a customer may be shown of a change: its position, and who of the customers did it, are the host's. */
    private static List<?> changes(TicketService tickets, UUID customer) {
        return tickets.changes().forCustomers().pull(Start.beginning(), 1_000).changes().stream()
                .filter(change -> change instanceof CustomerChange.Happened happened
                                && happened.ticket().customerId().equals(customer)
                        || change instanceof CustomerChange.Opened opened
                                && opened.ticket().customerId().equals(customer))
                .map(change -> change instanceof CustomerChange.Happened happened
                        ? List.of(happened.ticket(), happened.event())
                        : List.of(((CustomerChange.Opened) change).ticket()))
                .toList();
    }

    @Test
    void the_customers_feed_gives_nothing_private() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            TicketService tickets = TicketService.builder(database.connections())
                    .eventType(FRAUD_CHECK)
                    .build();
            LeakReport report = LeakKit.on(tickets)
                    .eventTypes(FRAUD_CHECK)
                    .operations(3)
                    .seed(Chance.seed())
                    .function("changes", (service, customer, ticket) -> changes(service, customer))
                    .run();
            report.requireNone();
            database.awaitOthers();
            assertThat(tickets.changes().pull(Start.beginning(), 1_000).changes())
                    .hasSizeGreaterThan(tickets.changes()
                            .forCustomers()
                            .pull(Start.beginning(), 1_000)
                            .changes()
                            .size());
        }
    }
}
