package io.github.counterfoil.webdesk.health;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.error.CounterfoilException;
import java.time.Duration;
import java.util.function.Supplier;
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
        } catch (CounterfoilException e) {
            return Health.down().withDetail("code", e.code()).build();
        }
        return Health.up()
                .withDetail(
                        "mailBehind",
                        numberOrCode(() -> hurried.changes().forCustomers().lag("mail")))
                .withDetail(
                        "searchBehind", numberOrCode(() -> hurried.searchIndex().lag()))
                .build();
    }

    /** How far behind something is makes no host unwell, nor does a number that cannot be had. */
    private static Object numberOrCode(Supplier<ChangeFeed.Lag> lag) {
        try {
            return lag.get().changes();
        } catch (CounterfoilException e) {
            return e.code();
        }
    }
}
// endregion
