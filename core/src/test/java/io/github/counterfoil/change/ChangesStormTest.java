package io.github.counterfoil.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Changes are given once and in order whatever meets. {@code -Dcounterfoil.feed.operations} and {@code -Dcounterfoil.feed.kills} play more than
 * the build.
 */
@Tag("storage")
@ExtendWith(Chance.class)
class ChangesStormTest {
    private static final int OPERATIONS = Integer.getInteger("counterfoil.feed.operations", 8);

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final ChangesStorm.Place place = new ChangesStorm.Place() {
        @Override
        public DataSource connections() {
            return database.dataSource();
        }

        @Override
        public List<String> query(String sql) {
            return database.query(sql);
        }

        @Override
        public void settle() {
            database.awaitOthers();
        }
    };

    private ChangesStorm played(int operations, int kills) throws SQLException {
        ChangesStorm storm = new ChangesStorm(place, database.service(), operations, kills);
        storm.play(() -> {});
        return storm;
    }

    @Test
    void every_change_is_given_once_and_in_the_order_of_its_ticket_whatever_overlaps_and_whoever_is_cut_off()
            throws SQLException {
        played(OPERATIONS, ChangesStorm.KILLS).requireWhole("");
    }

    @Test
    @Tag("planted")
    void a_feed_that_does_not_wait_for_open_transactions_is_found_out() throws SQLException {
        database.changeFunction("change_horizon", "pg_snapshot_xmin", "pg_snapshot_xmax");
        assertThat(played(5, 0).missed()).isNotEmpty();
    }
}
