package io.github.counterfoil.webdesk.health;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.CounterfoilException;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

// region: health
/** Whether tickets can be worked with, as {@code /actuator/health} shows it: the database, the schema and the role's rights. */
@Component
public class TicketsHealth implements HealthIndicator {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TicketService tickets;

    public TicketsHealth(TicketService tickets) {
        this.tickets = tickets;
    }

    @Override
    public Health health() {
        TicketService hurried = tickets.within(PATIENCE);
        try {
            hurried.schema().require();
            return Health.up()
                    .withDetail(
                            "mailBehind",
                            hurried.changes().forCustomers().lag("mail").changes())
                    .withDetail("searchBehind", hurried.searchIndex().lag().changes())
                    .build();
        } catch (CounterfoilException e) {
            return Health.down().withDetail("code", e.code()).build();
        }
    }
}
// endregion
