package io.github.counterfoil.documentation;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.TicketStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
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
        team.jane().on(id).assign(JANE);
        team.jane().on(id).tag("fire");
        team.jane().on(id).close();
        database.execute("create schema backup; create table backup.ticket_event as table counterfoil.ticket_event");
    }

    @AfterEach
    void dropBackup() {
        database.execute("drop schema backup cascade");
    }

    @Test
    void a_row_that_is_put_right_stays_only_if_the_ticket_is_whole_with_it() throws SQLException {
        database.behindTheGuards(row("ticket", "status = 'open', closed_seq = null"));
        assertThat(codes()).contains("ticket.status differs");
        assertThat(repaired(List.of(row("ticket", "status = 'closed'")))).isFalse();
        assertThat(database.value("select status from counterfoil.ticket")).isEqualTo("open");

        assertThat(repaired(List.of(row("ticket", "status = 'closed', closed_seq = 5"))))
                .isTrue();
        whole();
        team.jane().on(id).reopen();
        assertThat(team.jane().on(id).ticket().status()).isEqualTo(TicketStatus.OPEN);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void rows_that_repeat_a_ticket_s_status_are_put_right_with_it_and_with_the_event_or_none_is() throws SQLException {
        database.behindTheGuards(row("ticket", "status = 'open'") + ";"
                + row("ticket_activity", "status = 'open'") + ";" + row("ticket_tag", "status = 'open'") + ";"
                + "delete from counterfoil.ticket_assignment where ticket_id = '" + id + "';"
                + "delete from counterfoil.ticket_event where ticket_id = '" + id + "' and seq = 1");
        List<String> repairs = List.of(
                eventFromBackup(1),
                row("ticket", "status = 'closed'"),
                "insert into counterfoil.ticket_assignment (ticket_id, worker_id, assigned_at, status, priority, ticket_created_at)"
                        + " select t.id, '" + JANE
                        + "', e.created_at, t.status, t.priority, t.created_at from counterfoil.ticket t"
                        + " join counterfoil.ticket_event e on e.ticket_id = t.id and e.seq = 2 where t.id = '" + id
                        + "'",
                row("ticket_tag", "status = 'closed'"),
                row("ticket_activity", "status = 'closed'"));
        assertThat(repaired(repairs.subList(0, 4))).isFalse();
        assertThat(database.value("select status from counterfoil.ticket")).isEqualTo("open");
        assertThat(repaired(repairs)).isTrue();
        whole();
    }

    @Test
    void an_event_that_is_gone_comes_back_from_a_backup_with_the_row_and_what_came_later_stays() throws SQLException {
        team.jane().on(id).tag("later");
        database.behindTheGuards("delete from counterfoil.ticket_event where ticket_id = '" + id + "' and seq = 1");
        assertThat(codes()).contains("ticket_event.seq out_of_order");
        assertThat(repaired(List.of(eventFromBackup(1)))).isTrue();
        whole();
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(6);
    }

    @Test
    void of_the_newest_event_that_is_gone_the_number_of_the_last_one_tells() throws SQLException {
        database.behindTheGuards("delete from counterfoil.ticket_event where ticket_id = '" + id + "' and seq = 5");
        assertThat(codes()).contains("ticket.last_seq differs", "ticket.status differs");
        assertThat(repaired(List.of(row("ticket", "status = 'open', closed_seq = null"))))
                .isFalse();
        assertThat(repaired(List.of(eventFromBackup(5)))).isTrue();
        whole();
    }

    @Test
    void a_host_s_own_triggers_are_on_during_a_repair_and_stay_as_they_were() throws SQLException {
        database.behindTheGuards(row("ticket", "status = 'open'"));
        database.execute("create table backup.seen (said text);"
                + "create function backup.see() returns trigger language plpgsql as"
                + " $$ begin insert into backup.seen values (new.status); return new; end $$;"
                + "create trigger own_on after update on counterfoil.ticket for each row execute function backup.see();"
                + "create trigger own_off after update on counterfoil.ticket for each row execute function backup.see();"
                + "create trigger own_always after update on counterfoil.ticket for each row execute function backup.see();"
                + "alter table counterfoil.ticket disable trigger own_off;"
                + "alter table counterfoil.ticket enable always trigger own_always");
        assertThat(repaired(List.of(row("ticket", "status = 'closed'")))).isTrue();
        assertThat(database.query("select said from backup.seen")).containsExactly("closed", "closed");
        assertThat(database.query("select distinct tgname || ' ' || tgenabled::text as state from pg_trigger"
                        + " where tgname like 'own%' order by state"))
                .containsExactly("own_always A", "own_off D", "own_on O");
    }

    /** The guards are back, and nothing is wrong. */
    private void whole() {
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(tickets.schema().verify()).as("the guards are back").isEmpty();
        assertThat(database.refusal("update counterfoil.ticket set status = 'open'"))
                .isEqualTo("42501");
    }

    private List<String> codes() {
        return tickets.verify(id).discrepancies().stream()
                .map(found -> found.toString().replaceFirst("^ticket [^:]*: ", ""))
                .toList();
    }

    private String row(String table, String change) {
        return "update counterfoil." + table + " set " + change + " where "
                + (table.equals("ticket") ? "id" : "ticket_id") + " = '" + id + "'";
    }

    private String eventFromBackup(int seq) {
        return "insert into counterfoil.ticket_event select * from backup.ticket_event where ticket_id = '" + id
                + "' and seq = " + seq;
    }

    private boolean repaired(List<String> repairs) throws SQLException {
        // region: repair
        String guards = """
                do $$ begin execute (
                    select string_agg(format('alter table %%s %s trigger %%I;', tgrelid::regclass, tgname), ' ')
                    from pg_trigger t join pg_class c on c.oid = t.tgrelid
                    where c.relnamespace = 'counterfoil'::regnamespace and tgname like 'guard\\_%%');
                end $$""";
        try (Connection repairing = owner.getConnection();
                Statement statement = repairing.createStatement()) {
            repairing.setAutoCommit(false);
            statement.execute(guards.formatted("disable"));
            for (String repair : repairs) {
                statement.executeUpdate(repair); // by the ticket's id, as few rows and columns as are wrong
            }
            statement.execute(guards.formatted("enable"));
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
