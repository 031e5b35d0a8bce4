package io.github.counterfoil.access;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bad event never breaks a customer's page, whatever its body holds: it is left out, and all others are shown. */
class DamagedEventsTest {
    private static final CustomEventType ESCALATED = CustomEventType.publicType("escalated", 1);
    private static final PageRequest ALL = PageRequest.oldestFirst(200);
    private static final String DEEP = "repeat('[', 2000) || repeat(']', 2000)";

    /** What each member may be instead, as SQL of JSON's text. */
    private static final List<String> VALUES = List.of(
            "'null'",
            "'7'",
            "'-1'",
            "'2.5'",
            "'1e5'",
            "'1e5000'",
            "'99999999999999999999'",
            "'true'",
            "'\"\"'",
            "'\"closed\"'",
            "'\"00000000-0000-4000-8000-00000000000\"'",
            "'\"{00000000-0000-4000-8000-000000000001}\"'",
            "'\"11111111-1111-4111-8111-111111111111\"'",
            "'[]'",
            "'{}'",
            "'[1, \"x\", null]'",
            "'{\"a\": {\"b\": []}}'",
            DEEP,
            "'\"' || repeat('x', 3000000) || '\"'");

    /** What a whole body may be instead. */
    private static final List<String> BODIES =
            List.of("'{}'", "'[]'", "'null'", "'7'", "'\"x\"'", "'[{\"content\": \"x\"}]'", DEEP);

    private static final List<String> MEMBERS =
            List.of("agent_id", "content", "attachments", "old_value", "new_value", "rating", "comment", "version");

    @Test
    void whatever_a_body_holds_the_customer_reads_all_else() throws SQLException {
        try (SecuredDatabase secured = secured()) {
            readWhateverIsStored(secured);
        }
    }

    /** What a view that trusts a body would break is found. */
    @Tag("planted")
    @Test
    void a_view_that_trusts_a_body_is_found() {
        try (SecuredDatabase secured = secured()) {
            secured.changeFunction("own_history", "and e.body ->> 'agent_id' ~* ", "or e.body ->> 'agent_id' ~* ");
            assertThatThrownBy(() -> readWhateverIsStored(secured))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"));
        }
    }

    private static SecuredDatabase secured() {
        return new SecuredDatabase(builder -> builder.eventType(ESCALATED));
    }

    private static void readWhateverIsStored(SecuredDatabase secured) throws SQLException {
        SupportTeam team = SupportTeam.registered(secured.tickets());
        UUID id = team.ticket();
        UUID command = UUID.randomUUID();
        somethingOfEachType(team, id, command);
        List<CustomerEvent> whole = team.ada().on(id).history(ALL).items();
        secured.database().asSuperuser("create table public.sound as select seq, body from counterfoil.ticket_event");

        for (String damage : damages()) {
            damage(secured, "(" + damage + ")::jsonb", "true");
            assertThat(read(secured, team.ada().on(id), command)).as(damage).isSubsetOf(ids(whole));
        }
        // One among sound ones is missing alone, whichever it is.
        for (CustomerEvent event : whole) {
            damage(secured, "'[]'", "public_seq = " + event.number());
            List<UUID> others = new ArrayList<>(ids(whole));
            others.remove(event.id());
            assertThat(read(secured, team.ada().on(id), command)).isEqualTo(others);
        }
        assertThat(secured.asCustomer(ADA, "select count(*) from counterfoil_customer.tickets"))
                .containsExactly("1");
    }

    private static void somethingOfEachType(SupportTeam team, UUID id, UUID command) {
        team.jane().on(id).assign(JANE);
        team.jane().on(id).changePriority(Priority.HIGH);
        team.jane().on(id).changeTitle("Another title");
        team.jane().on(id).changeDescription("Another text");
        team.jane().on(id).record(ESCALATED, TwinWorlds.body("level 2"));
        team.jane().on(id).unassign(JANE);
        team.jane().on(id).close();
        team.ada().on(id).rate(5, "Fine");
        team.ada().on(id).once(command).reply("Thank you");
    }

    private static List<String> damages() {
        List<String> damages = new ArrayList<>(BODIES);
        for (String member : MEMBERS) {
            damages.add("(body - '" + member + "')::text");
            VALUES.forEach(value -> damages.add("case when body ? '" + member + "' then jsonb_set(body, '{" + member
                    + "}', (" + value + ")::jsonb)::text else body::text end"));
        }
        return damages;
    }

    /** Each time from how they were. */
    private static void damage(SecuredDatabase secured, String body, String which) {
        secured.database()
                .asSuperuser("set local session_replication_role = replica;"
                        + "update counterfoil.ticket_event e set body = s.body from public.sound s where s.seq = e.seq;"
                        + "update counterfoil.ticket_event set body = " + body + " where public_seq is not null and "
                        + which);
    }

    /** By every way there is; the ids of the events in the history. */
    private static List<UUID> read(SecuredDatabase secured, CustomerHandle handle, UUID command) throws SQLException {
        List<UUID> history = ids(handle.history(ALL).items());
        assertThat(handle.ticketWithHistory(ALL).history().items())
                .extracting(CustomerEvent::id)
                .isEqualTo(history);
        List<UUID> backwards = new ArrayList<>();
        PageRequest pages = PageRequest.newestFirst(2);
        Page<CustomerEvent> page = handle.history(pages);
        backwards.addAll(ids(page.items()));
        while (page.next().isPresent()) {
            page = handle.history(pages.after(page.next().get()));
            backwards.addAll(ids(page.items()));
        }
        assertThat(backwards).containsExactlyInAnyOrderElementsOf(history);
        StaleTicket stale = catchThrowableOfType(
                StaleTicket.class, () -> handle.expecting(0).reply("Late"));
        assertThat(stale).isNotNull();
        assertThat(handle.once(command).reply("Thank you").events())
                .extracting(CustomerEvent::id)
                .isSubsetOf(history);
        assertThat(secured.tickets().customer(ADA).find(TicketQuery.all(), ALL).items())
                .hasSize(1);
        assertThat(secured.asCustomer(ADA, "select id, body from counterfoil_customer.ticket_history"))
                .hasSizeGreaterThanOrEqualTo(history.size());
        return history;
    }

    private static List<UUID> ids(List<CustomerEvent> events) {
        return events.stream().map(CustomerEvent::id).toList();
    }
}
