package io.github.counterfoil.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.Automation;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.people.Directory;
import io.github.counterfoil.people.Figures;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What everybody may do is what {@code docs/authorization.md} says. */
class AuthorizationMatrixTest {
    private AuthorizationMatrix matrix;

    @BeforeEach
    void open() {
        matrix = new AuthorizationMatrix();
    }

    @AfterEach
    void close() {
        matrix.close();
    }

    @Test
    void each_cell_is_what_the_page_says() throws IOException, SQLException {
        assertThat(matrix.table()).isEqualTo(page().table());
    }

    @Test
    void every_operation_of_every_desk_has_a_row() {
        Set<String> methods = Stream.of(
                        CustomerDesk.class,
                        CustomerHandle.class,
                        AgentDesk.class,
                        AgentHandle.class,
                        BulkCommands.class,
                        Automation.class,
                        Directory.class,
                        Figures.class,
                        AdminDesk.class,
                        Redactions.class)
                .flatMap(desk -> Stream.of(desk.getMethods())
                        .map(Method::getName)
                        // They ask for nothing; what follows on them does.
                        .filter(name -> !Set.of("on", "onEach", "directory", "figures", "redactions", "attachments")
                                .contains(name))
                        .map(name -> desk.getSimpleName() + "." + name))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Class<?> side : List.of(CustomerHandle.class, AgentHandle.class)) {
            for (Method method : Attachments.class.getMethods()) {
                methods.add(side.getSimpleName() + ".attachments." + method.getName());
            }
        }
        assertThat(matrix.rows()).containsExactlyInAnyOrderElementsOf(methods);
    }

    @Test
    void every_other_method_of_the_service_is_named_as_the_hosts_own() throws IOException {
        assertThat(Stream.of(TicketService.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .distinct())
                .filteredOn(name -> !Set.of("customer", "agent", "admin", "system", "automation")
                        .contains(name))
                .containsExactlyInAnyOrderElementsOf(page().hostsOwn());
    }

    /** What a fault in the SQL of the rights would open shows in the table. */
    @Tag("planted")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apply_command | exists (select from ticket_participant p where p.ticket_id = p_ticket_id and p.customer_id = p_actor_id)) | false) | CustomerHandle.reply",
                "apply_command | v_kind is not distinct from 'copy' and beyond_copy(p_changes) is not null | false | CustomerHandle.close",
                "beyond_copy | is distinct from 'append' | = 'rate' | CustomerHandle.",
                "apply_command | and (w.active or p_changes -> 0 -> 'args' ? 'leaving'); | ; | AgentHandle.",
                "apply_command | elsif e.created_by is null then | elsif false then | AgentHandle.",
                "apply_command | elsif t.id is null or p_role = 'customer' and t.customer_id <> p_actor_id and v_kind is null then | elsif false then | CustomerHandle.reply",
                "apply_command | elsif v_blocked then | elsif false then | CustomerHandle.reply",
                "open_ticket | elsif p_role = 'customer' and v_blocked then | elsif false then | CustomerDesk.open",
                "block_customer | if not hold_admin(p_admin_id, p_id) then | if false then | AdminDesk.block",
                "open_ticket | w.id = p_actor_id and w.active) | w.id = p_actor_id) | AgentDesk.open",
                "open_ticket | elsif p_role = 'agent' and not v_known | elsif false | AgentDesk.open",
                "open_ticket | when 'agent' then 'customer.not_found' else 'actor.unknown' | when 'agent' then 'x' else 'y' | AgentDesk.open",
                "begin_deactivating | if not hold_admin(p_admin_id, p_id) then | if false then | AdminDesk.deactivate",
                "reactivate_worker | if not hold_admin(p_admin_id, p_id) then | if false then | AdminDesk.reactivate",
                "change_worker_role | if not hold_admin(p_admin_id, p_id) then | if false then | AdminDesk.",
                "begin_erasing | if not hold_admin(p_admin_id, p_id) then | if false then | AdminDesk.erase",
                "is_admin | w.active and w.role = 'admin' | w.active | AdminDesk.",
                "purge_ticket | is_admin(p_admin_id) | exists (select from worker w where w.id = p_admin_id and w.active) | AdminDesk.purge",
                "purge_ticket | is_admin(p_admin_id) | exists (select from worker w where w.id = p_admin_id) | AdminDesk.purge",
                "purge_closed | is_admin(p_admin_id) | exists (select from worker w where w.id = p_admin_id and w.active) | AdminDesk.purge",
                "hold_admin | is_admin(p_admin_id) | exists (select from worker w where w.id = p_admin_id and w.active) | AdminDesk.",
                "hold_admin | is_admin(p_admin_id) | exists (select from worker w where w.id = p_admin_id) | AdminDesk.",
                "redact_ticket | is_admin(e.created_by) | exists (select from worker w where w.id = e.created_by and w.active) | Redactions.",
                "mark_read | exists (select from ticket_participant p where p.ticket_id = t.id and p.customer_id = p_actor_id)) | false) | CustomerHandle.markRead",
                "mark_read | t.customer_id = p_actor_id | true | CustomerHandle.markRead",
                "mark_read | w.id = p_actor_id and w.active; | w.id = p_actor_id; | AgentHandle.markRead",
                "add_attachment | w.id = p_actor_id and w.active; | w.id = p_actor_id; | AgentHandle.attachments",
                "add_attachment | elsif v_blocked then | elsif false then | CustomerHandle.attachments",
                "add_attachment | t.customer_id = p_actor_id | true | CustomerHandle.attachments",
                "add_attachment | exists (select from ticket_participant p where p.ticket_id = t.id and p.customer_id = p_actor_id))) | false)) | CustomerHandle.attachments",
                "tickets_written_in | is_admin(p_admin_id) | exists (select from worker w where w.id = p_admin_id and w.active) | Redactions.",
            })
    void a_planted_fault_changes_the_table(String function, String correct, String faulty, String likely)
            throws IOException, SQLException {
        matrix.database().changeFunction(function, correct, faulty);
        assertThat(differsOrFails(likely)).isTrue();
    }

    private static AuthorizationPage page() throws IOException {
        return AuthorizationPage.read(AuthorizationPage.text());
    }

    private boolean differsOrFails(String likely) throws IOException, SQLException {
        try {
            return matrix.differsFrom(page().table(), likely);
        } catch (IllegalStateException | NullPointerException e) {
            return true;
        }
    }
}
