package io.github.counterfoil.input;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.TicketQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Cursors of somebody who has read how they are made. */
class ForgedCursorsTest {
    private static final String AFTER_TIME = " 00000000-0000-4000-8000-00000000000a";

    @Test
    void a_forged_cursor_is_refused_before_any_sql_and_leaves_the_hosts_transaction_as_it_was() throws SQLException {
        try (TestDatabase database = TestDatabase.withSchema();
                Connection transaction = database.dataSource().getConnection()) {
            UUID ticket = SupportTeam.in(database).ticket();
            transaction.setAutoCommit(false);
            TicketService tickets = database.service().joining(transaction);
            for (String position : List.of(
                    "0 +1000000000-12-31T23:59:59.999999999Z" + AFTER_TIME,
                    "0 -1000000000-01-01T00:00:00Z" + AFTER_TIME,
                    "0 9999-12-31T23:59:59Z" + AFTER_TIME,
                    "0 2026-01-01T00:00:00.0Z" + AFTER_TIME,
                    "0 2026-01-01T00:00:00Z 1-1-1-1-1",
                    "0 2026-01-01T00:00:00Z" + AFTER_TIME + " ",
                    "1 2026-01-01T00:00:00Z" + AFTER_TIME,
                    "-1 2026-01-01T00:00:00Z" + AFTER_TIME,
                    "2026-01-01T00:00:00Z" + AFTER_TIME,
                    "\0",
                    "")) {
                PageRequest first = PageRequest.oldestFirst(10);
                String staffs = Cursor.encode(scope(Role.AGENT, JANE), position);
                String customers = Cursor.encode(scope(Role.CUSTOMER, ADA), position);
                refused(() -> tickets.agent(JANE).find(TicketQuery.all(), first.after(staffs)));
                refused(() -> tickets.customer(ADA).find(TicketQuery.all(), first.after(customers)));
            }
            for (String position : List.of("-1", "2147483648", "01", "+1", "1 ", "x", "")) {
                String cursor = Cursor.encode("history " + new Actor(Role.AGENT, JANE) + ticket + false, position);
                refused(() -> tickets.agent(JANE)
                        .on(ticket)
                        .history(PageRequest.oldestFirst(10).after(cursor)));
            }
            refused(() -> tickets.agent(JANE)
                    .find(TicketQuery.all(), PageRequest.oldestFirst(10).after("A".repeat(10_240))));

            assertThat(tickets.agent(JANE).on(ticket).ticket().id()).isEqualTo(ticket);
            transaction.commit();
        }
    }

    @Test
    void a_position_that_could_be_one_is_taken() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            SupportTeam team = SupportTeam.in(database);
            team.ticket();
            String cursor = Cursor.encode(scope(Role.AGENT, JANE), "0 2026-01-01T00:00:00Z" + AFTER_TIME);
            assertThat(team.jane()
                            .find(TicketQuery.all(), PageRequest.oldestFirst(10).after(cursor))
                            .items())
                    .hasSize(1);
        }
    }

    private static String scope(Role role, UUID id) {
        String any = TicketQuery.all().created().toString();
        String span = any.length() + ":" + any;
        String empty = "14:Optional.empty";
        return "tickets " + new Actor(role, id) + "[[][][]5:false[][][][][][][][]" + span.repeat(4) + empty.repeat(3)
                + span + empty.repeat(2) + "7:CREATED]" + false;
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(InvalidInput.class).hasMessage("cursor.invalid");
    }
}
