package io.github.counterfoil.faults;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangesStorm;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Changes are given once and in order also when the server is killed and shut down. {@code -Dcounterfoil.feed.kills} plays more. */
@ExtendWith(Chance.class)
class ChangesRestartTest {
    private static final int OPERATIONS = 4;
    private static final int RESTARTS = 1 + ChangesStorm.KILLS / 40;
    private static final Duration SOON = Duration.ofSeconds(60 + ChangesStorm.KILLS);

    @TempDir
    private Path folder;

    @Test
    void every_change_is_given_once_and_in_the_order_of_its_ticket_when_the_server_is_started_again()
            throws SQLException {
        try (OwnServer server = OwnServer.in(folder);
                HikariDataSource pool = TestDatabase.pool(dataSource(server), 10)) {
            TicketService tickets = TicketService.builder(pool).build();
            tickets.schema().apply();
            ChangesStorm storm = new ChangesStorm(place(server), tickets, OPERATIONS, ChangesStorm.KILLS);
            storm.play(() -> restart(server, storm));
            storm.requireWhole(", the server started again " + RESTARTS + " times");
        }
    }

    /** Spread over the time that readers are cut off. */
    private static void restart(OwnServer server, ChangesStorm storm) {
        for (int i = 0; i < RESTARTS; i++) {
            int kills = (i + 1) * ChangesStorm.KILLS / (RESTARTS + 1);
            Waiting.require("the cuts before a restart", SOON, () -> storm.kills() >= kills);
            if (i % 2 == 0) {
                server.kill();
            } else {
                server.stopFast();
            }
            server.start();
        }
    }

    private static DataSource dataSource(OwnServer server) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(server.url("postgres"));
        return dataSource;
    }

    private static ChangesStorm.Place place(OwnServer server) {
        return new ChangesStorm.Place() {
            @Override
            public DataSource connections() {
                return dataSource(server);
            }

            @Override
            public List<String> query(String sql) {
                return server.query("postgres", sql);
            }

            @Override
            public void settle() {
                // Nobody else is here.
            }
        };
    }
}
