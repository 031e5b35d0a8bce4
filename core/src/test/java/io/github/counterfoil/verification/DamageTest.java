package io.github.counterfoil.verification;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody changed who owns the tables and means it; each change in a transaction that is rolled back. */
@Tag("storage")
class DamageTest {
    private static TestDatabase database;
    private static SupportTeam team;
    private static UUID id;
    private static UUID untouched;

    @BeforeAll
    static void open() {
        database = TestDatabase.withSchema();
        team = SupportTeam.in(database);
        id = worked(team);
        untouched = team.bob().open(NewTicket.of("Other", "Text")).id();
    }

    /** A ticket of Ada's with nine events, which changes name by their numbers. */
    static UUID worked(SupportTeam team) {
        UUID id = team.ticket();
        team.jane().on(id).assign(JANE); // 1 assignment-added, 2 status-update
        team.jane().on(id).assign(TOM); // 3 assignment-added
        team.jane().on(id).note("Careful"); // 4 note-added
        team.jane().on(id).setField("serial", "A-1"); // 5 field-added
        team.jane().on(id).changePriority(Priority.HIGH); // 6 priority-update
        team.jane().on(id).reply("Please unplug it."); // 7 message
        team.jane().on(id).close(); // 8 status-update
        team.ada().on(id).rate(5, "Fine"); // 9 feedback-submitted
        return id;
    }

    @AfterAll
    static void nothing_is_found_without_damage() {
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update ticket set status = 'open', closed_seq = null | ticket.status differs",
                "update ticket set closed_seq = 2 | ticket.closed_seq differs",
                "update ticket set priority = 'low' | ticket.priority differs",
                "update ticket set title = 'Harmless' | ticket.opening differs",
                "update ticket set description = 'Harmless' | ticket.opening differs",
                "update ticket set source_channel = 'phone' | ticket.opening differs",
                "update ticket set tags = '{vip}' | ticket.opening differs",
                "update ticket set customer_id = '00000000-0000-4000-8000-00000000000b' | ticket.opening differs",
                "update ticket set created_by = '00000000-0000-4000-8000-00000000000b' | ticket.opening differs",
                "update ticket set custom_fields = '{\"serial\": \"A-2\"}' | ticket.custom_fields differs",
                "update ticket set custom_fields = '{}' | ticket.custom_fields differs",
                "update ticket set tags = '{vip,vip}' | ticket.opening differs",
                "update ticket set beginning = '{}' | ticket.opening differs",
                "update ticket set beginning = beginning - 'priority' | ticket.opening differs",
                "update ticket set beginning = beginning - 'custom_fields' | ticket.opening differs",
                "update ticket set beginning = jsonb_set(beginning, '{priority}', '\"low\"') | event 6: ticket_event.old_value not_current",
                "update ticket set beginning = jsonb_set(beginning, '{priority}', '\"low\"') | ticket.opening differs",
                "update ticket set beginning = jsonb_set(beginning, '{priority}', '\"urgent\"') | ticket.beginning differs",
                "update ticket set beginning = jsonb_set(beginning, '{custom_fields}', '{\"serial\": \"A-1\"}') | event 5: ticket_event.field_name not_current",
                "update ticket set beginning = jsonb_set(beginning, '{title}', '\"Harmless\"') | ticket.opening differs",
                "update ticket set beginning = jsonb_set(beginning, '{title}', '5') | ticket.beginning differs",
                "update ticket set beginning = jsonb_set(beginning, '{description}', '\"Harmless\"') | ticket.opening differs",
                "update ticket set beginning = jsonb_set(beginning, '{tags}', '[\"vip\"]') | ticket.opening differs",
                "update ticket set beginning = jsonb_set(beginning, '{tags}', '[1]') | ticket.beginning differs",
                "update ticket set beginning = jsonb_set(beginning, '{customer_id}', '\"00000000-0000-4000-8000-00000000000b\"') | ticket.opening differs",
                "update ticket set beginning = jsonb_set(beginning, '{customer_id}', '\"Bob\"') | ticket.beginning differs",
                "update ticket set beginning = jsonb_set(beginning, '{source_channel}', 'null') | ticket.opening differs",
                "update ticket set beginning = jsonb_set(beginning, '{status}', '\"open\"') | ticket.beginning differs",
                "update ticket set last_seq = 10 | ticket.last_seq differs",
                "update ticket set last_public_seq = 10 | ticket.last_public_seq differs",
                "update ticket set weight = weight + 1 | ticket.weight differs",
                "update ticket set public_weight = 0 | ticket.public_weight differs",
                "update ticket set updated_at = updated_at + interval '1 s' | ticket.updated_at differs",
                "update ticket set public_updated_at = created_at | ticket.public_updated_at differs",
                "update ticket set created_at = now() + interval '1 day' | event 1: ticket_event.created_at out_of_order",
                "delete from ticket_event where seq = 4 | event 5: ticket_event.seq out_of_order",
                "delete from ticket_event where seq = 9 | ticket_feedback unexpected",
                "delete from ticket_event where seq = 8 | ticket.status differs",
                "update ticket_event set created_at = created_at - interval '1 day', public_at = public_at - interval '1 day' where seq = 7 | event 7: ticket_event.created_at out_of_order",
                "update ticket_event set body = '{\"old_value\": \"pending\", \"new_value\": \"closed\"}' where seq = 8 | event 8: ticket_event.old_value not_current",
                "update ticket_event set body = '{\"old_value\": \"low\", \"new_value\": \"high\"}' where seq = 6 | event 6: ticket_event.old_value not_current",
                "update ticket_event set body = '{\"field_name\": \"other\", \"new_value\": 1}' where seq = 5 | ticket.custom_fields differs",
                "update ticket_event set body = '{}' where seq = 3 | ticket_assignment unexpected",
                "update ticket_event set type = 'other' where seq = 2 | event 8: ticket_event.old_value not_current",
                "update ticket_event set created_by = gen_random_uuid() where seq = 4 | event 4: ticket_event.created_by unexpected",
                "update ticket_event set role = 'customer' where seq = 7 | event 7: ticket_event.created_by unexpected",
                "update ticket_event set visibility = 'private', public_seq = null, public_at = null where seq = 7 | event 8: ticket_event.public_seq out_of_order",
                "update ticket_event set public_seq = null, public_at = null where seq = 9 | event 9: ticket_event.public_seq missing",
                "update ticket_event set visibility = 'public', public_seq = 99, public_at = created_at where seq = 5 | event 5: ticket_event.public_seq unexpected",
                "update ticket_event set public_at = public_at - interval '1 h' where seq = 7 | event 7: ticket_event.public_at out_of_order",
                "update ticket_event set public_at = public_at - interval '1 microsecond' where seq = 9 | ticket.public_updated_at differs",
                "update ticket_event set role = 'nobody' where seq = 4 | event 4: ticket_event.role unexpected",
                "update ticket_event set visibility = 'secret' where seq = 5 | event 5: ticket_event.visibility unexpected",
                "update ticket_event set visibility = 'public' where seq = 4 | event 4: ticket_event.visibility unexpected",
                "update ticket_event set public_seq = 99, public_at = created_at where seq = 5 | event 5: ticket_event.public_seq unexpected",
                "update ticket_event set public_at = null where seq = 7 | event 7: ticket_event.public_at unexpected",
                "update ticket_event set public_at = created_at where seq = 5 | event 5: ticket_event.public_at unexpected",
                "update ticket_event set public_at = created_at + interval '1 microsecond' where seq = 9 | event 9: ticket_event.public_at unexpected",
                "update ticket_event set body = '[]' where seq = 2 | event 2: ticket_event.body unexpected",
                "update ticket_event set body = '5', size = 1 where seq = 8 | event 8: ticket_event.body unexpected",
                "update ticket_event set size = size + 1 where seq = 1 | event 1: ticket_event.size unexpected",
                "update ticket_event set position = 0 where seq = 4 | event 4: ticket_event.position out_of_order",
                "update ticket set position = position + 256000000 | event 1: ticket_event.position out_of_order",
                "update ticket_event set seq = 0 where seq = 1 | event 2: ticket_event.seq out_of_order",
                "update ticket set status = 'waiting' | ticket.status differs",
                "update ticket set priority = 'urgent' | ticket.priority differs",
                "update ticket set closed_seq = null | ticket.closed_seq differs",
                "update ticket set tags = '{vip,null}' | ticket.tags differs",
                "update ticket set beginning = '[]' | ticket.beginning differs",
                "delete from ticket_assignment where worker_id = '00000000-0000-4000-8000-000000000002' | event 3: ticket_assignment missing",
                "update ticket_assignment set status = 'open' where worker_id = '00000000-0000-4000-8000-000000000002' | ticket_assignment differs",
                "update ticket_assignment set ticket_created_at = now() + interval '1 day' | ticket_assignment differs",
                "insert into ticket_assignment select ticket_id, '00000000-0000-4000-8000-000000000003', now(), status, ticket_created_at, priority from ticket_assignment limit 1 | ticket_assignment unexpected",
                "update ticket_assignment set assigned_at = now() + interval '1 day' | ticket_assignment missing",
                "delete from ticket_resolution where worker_id = '00000000-0000-4000-8000-000000000001' | event 8: ticket_resolution missing",
                "insert into ticket_resolution select ticket_id, 2, worker_id, title, assigned_at, resolved_at from ticket_resolution limit 1 | event 2: ticket_resolution unexpected",
                "update ticket_resolution set title = 'Harmless' | event 8: ticket_resolution missing",
                "update ticket_resolution set assigned_at = assigned_at - interval '1 h' | event 8: ticket_resolution missing",
                "update ticket_assignment set priority = 'low' where worker_id = '00000000-0000-4000-8000-000000000002' | ticket_assignment differs",
                "update ticket set assigned = false | ticket_assignment differs",
                "update ticket set status_since = created_at | ticket.status_since differs",
                "update ticket set last_written_seq = 1 | ticket.last_written_seq differs",
                "update ticket set last_message_seq = null | ticket.last_message_seq differs",
                "update ticket set first_response_seq = null | ticket.first_response_seq differs",
                "update ticket set snoozed_until = created_at | ticket.snoozed_until differs",
                "update ticket set first_response_at = created_at | ticket.first_response_at differs",
                "update ticket set shown = '{\"status_since\": 1}' | ticket.shown differs",
                "delete from ticket_activity | ticket_activity differs",
                "update ticket_activity set status = 'open' | ticket_activity differs",
                "delete from ticket_fact where kind = 'responded' | ticket_fact differs",
                "delete from ticket_fact where kind = 'closed' | event 8: ticket_fact missing",
                "update ticket_fact set worker_id = null where kind = 'responded' | ticket_fact differs",
                "delete from ticket_feedback | event 8: ticket_feedback missing",
                "update ticket_feedback set rating = 1 | event 8: ticket_feedback missing",
                "update ticket_feedback set private = true | event 8: ticket_feedback unexpected",
                "update ticket set shown = '{\"title\": \"Harmless\"}' | ticket.shown differs",
                "update ticket set shown = '{}' | ticket.shown differs",
                "update ticket set shown_assigned_to = '{}' | ticket.shown_assigned_to differs",
                "update ticket_feedback set comment = 'Bad' | event 8: ticket_feedback unexpected",
                "update ticket_feedback set customer_id = '00000000-0000-4000-8000-00000000000b' | event 8: ticket_feedback missing",
            })
    void a_change_behind_the_history_is_found_and_named(String corruption, String finding) throws SQLException {
        String sql = corruption
                .replaceFirst("^(update|delete from|insert into) ", "$1 counterfoil.")
                .replace(" from ticket_", " from counterfoil.ticket_");
        String scope = "ticket_id";
        if (sql.startsWith("update counterfoil.ticket ")) {
            scope = "id";
        }
        String only = corruption.startsWith("insert")
                ? ""
                : (sql.contains(" where ") ? " and " : " where ") + scope + " = '" + id + "'";
        try (Connection transaction = database.dataSource().getConnection();
                Statement statement = transaction.createStatement()) {
            transaction.setAutoCommit(false);
            TicketService tickets = team.tickets().joining(transaction);
            statement.execute(TestDatabase.withoutGuards(sql + only));
            VerificationReport report = tickets.verify(id);
            assertThat(report.discrepancies())
                    .extracting(VerificationReport.Discrepancy::toString)
                    .anySatisfy(line -> assertThat(line).contains(id.toString()).endsWith(finding));
            assertThat(tickets.verifyAll().discrepancies()).isEqualTo(report.discrepancies());
            assertThat(tickets.verify(untouched).discrepancies()).isEmpty();
        }
    }
}
