package io.github.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.TicketStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the page on operations advises for a ticket that is not what its history says. */
class RepairTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final TicketService tickets = team.tickets();
    private final DataSource owner = database.dataSource();
    private final UUID id = team.ticket();

    RepairTest() {
        team.jane().on(id).note("Careful");
        team.jane().on(id).close();
        database.behindTheGuards(
                "update counterfoil.ticket set status = 'open', closed_seq = null where id = '" + id + "'");
    }

    @Test
    void a_row_that_is_put_right_stays_only_if_the_ticket_is_whole_with_it() throws SQLException {
        assertThat(tickets.verify(id).discrepancies())
                .extracting(Object::toString)
                .contains("ticket " + id + ": ticket.status differs");
        assertThat(repaired("set status = 'closed'")).isFalse();
        assertThat(database.value("select status from counterfoil.ticket")).isEqualTo("open");

        assertThat(repaired("set status = 'closed', closed_seq = 2")).isTrue();
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(tickets.schema().verify()).as("the guards are back").isEmpty();
        assertThat(database.refusal("update counterfoil.ticket set status = 'open'"))
                .isEqualTo("42501");
        team.jane().on(id).reopen();
        assertThat(team.jane().on(id).ticket().status()).isEqualTo(TicketStatus.OPEN);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void an_event_that_is_gone_comes_back_from_a_backup_with_the_row_and_what_came_later_stays() throws SQLException {
        assertThat(repaired("set status = 'closed', closed_seq = 2")).isTrue();
        database.execute("create schema backup; create table backup.ticket_event as table counterfoil.ticket_event");
        team.jane().on(id).tag("later");
        database.behindTheGuards("delete from counterfoil.ticket_event where ticket_id = '" + id + "' and seq = 1");
        assertThat(tickets.verify(id).discrepancies()).isNotEmpty();
        database.behindTheGuards(
                "insert into counterfoil.ticket_event select * from backup.ticket_event where ticket_id = '" + id
                        + "' and seq = 1");
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(3);
        database.execute("drop schema backup cascade");
    }

    private boolean repaired(String change) throws SQLException {
        String repair = "update counterfoil.ticket " + change + " where id = '" + id + "'";
        // region: repair
        try (Connection repairing = owner.getConnection();
                Statement statement = repairing.createStatement()) {
            repairing.setAutoCommit(false);
            statement.execute("alter table counterfoil.ticket disable trigger user");
            statement.executeUpdate(repair); // by the ticket's id, as few columns as are wrong
            statement.execute("alter table counterfoil.ticket enable trigger user");
            boolean whole =
                    tickets.joining(repairing).verify(id).discrepancies().isEmpty();
            if (whole) {
                repairing.commit();
            } else {
                repairing.rollback();
            }
            return whole;
        }
        // endregion
    }
}
