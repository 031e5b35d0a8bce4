package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts in a table of users like Supabase's, and their deletion there. */
@Tag("storage")
class AccountsTest {
    private static final String REFERRED_TO = "23503";

    @AutoClose
    private final TestDatabase database = TestDatabase.empty();

    private SupportTeam team;
    private TicketService tickets;

    @BeforeEach
    void open() {
        database.execute("""
                create schema auth;
                create table auth.users (
                  instance_id uuid, id uuid not null primary key, aud varchar(255), role varchar(255),
                  email varchar(255), encrypted_password varchar(255), created_at timestamptz,
                  is_sso_user boolean not null default false);
                create table auth.sessions (id uuid primary key, user_id uuid not null references auth.users on delete cascade);
                comment on table auth.users is 'Auth: Stores user login data within a secure schema.';
                """);
        for (UUID person : List.of(ADA, BOB, JANE, TOM, EVE)) {
            signUp(person);
        }
        tickets = database.service();
        tickets.schema().apply();
        team = SupportTeam.registered(tickets);
    }

    private void signUp(UUID person) {
        database.execute("insert into auth.users (id, email) values ('" + person + "', 'x@example.com');"
                + " insert into auth.sessions values (gen_random_uuid(), '" + person + "')");
    }

    private String deletion(UUID person) {
        return database.refusal("delete from auth.users where id = '" + person + "'");
    }

    @Test
    void an_account_can_be_deleted_on_request_and_all_else_of_the_person_stays() throws SQLException {
        UUID id = team.ticket();
        team.ada().on(id).reply("Hello?");
        assertThat(deletion(ADA)).isEqualTo(REFERRED_TO);
        assertThat(database.value("select u.id from counterfoil.tickets t join auth.users u on u.id = t.created_by"))
                .isEqualTo(ADA.toString());
        UUID ada = ADA;
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            // region: delete-account
            tickets.people().detach(ada); // or admin(eve).erase(ada)
            statement.execute("delete from auth.users where id = '" + ada + "'");
            // endregion
        }
        assertThat(database.query("select id from auth.users where id = '" + ADA + "'"))
                .isEmpty();
        assertThat(tickets.people().customer(ADA).orElseThrow().email()).isEqualTo("ada@example.com");
        assertThat(team.jane().on(id).ticket().createdBy()).isEqualTo(ADA);
        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(5)).items())
                .hasSize(1);
        team.jane().on(id).reply("Yes?");
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(tickets.schema().verify()).isEmpty();
        tickets.people().detach(ADA);
    }

    @Test
    void an_account_can_be_deleted_after_the_person_was_erased() {
        UUID id = team.ticket();
        UUID byPhone =
                team.tom().open(BOB, NewTicket.of("By phone", "It burns.")).id();
        team.tom().on(id).assign(TOM);
        tickets.admin(EVE).erase(ADA);
        assertThat(deletion(ADA)).isEqualTo("not refused");
        tickets.admin(EVE).deactivate(TOM);
        assertThat(deletion(TOM)).isEqualTo(REFERRED_TO);
        tickets.admin(EVE).erase(TOM);
        assertThat(deletion(TOM)).isEqualTo("not refused");
        assertThat(team.jane().on(byPhone).ticket().createdBy()).isEqualTo(TOM);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        tickets.admin(EVE).erase(ADA);
    }

    @Test
    void a_person_of_both_sides_is_let_go_of_on_both() {
        tickets.people().registerCustomer(NewCustomer.of(TOM, "tom@example.com", "Tom", "Jones"));
        tickets.admin(EVE).deactivate(TOM);
        tickets.people().detach(TOM);
        assertThat(deletion(TOM)).isEqualTo("not refused");
    }

    @Test
    void a_worker_is_let_go_of_once_they_are_deactivated_and_reactivating_takes_an_account() {
        assertThatThrownBy(() -> tickets.people().detach(TOM))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("worker.active"));
        assertThat(deletion(TOM)).isEqualTo(REFERRED_TO);
        tickets.admin(EVE).deactivate(TOM);
        tickets.people().detach(TOM);
        assertThat(deletion(TOM)).isEqualTo("not refused");
        assertThatThrownBy(() -> tickets.admin(EVE).reactivate(TOM))
                .isInstanceOfSatisfying(
                        PersonNotFound.class, e -> assertThat(e.code()).isEqualTo("user.not_found"));
        signUp(TOM);
        assertThatThrownBy(() -> tickets.people().registerWorker(NewWorker.of(TOM, "tom@example.com", "Tom", "Jones")))
                .isInstanceOf(Conflict.class);
        tickets.admin(EVE).reactivate(TOM);
        assertThat(deletion(TOM)).isEqualTo(REFERRED_TO);
    }

    @Test
    void registering_a_customer_again_makes_them_a_user_again() {
        NewCustomer ada = NewCustomer.of(ADA, "augusta@example.com", "Augusta", "King");
        assertThatThrownBy(() -> tickets.people().registerCustomer(ada)).isInstanceOf(Conflict.class);
        tickets.people().detach(ADA);
        assertThat(deletion(ADA)).isEqualTo("not refused");
        assertThatThrownBy(() -> tickets.people().registerCustomer(ada))
                .isInstanceOfSatisfying(
                        PersonNotFound.class, e -> assertThat(e.code()).isEqualTo("user.not_found"));
        signUp(ADA);
        tickets.people().registerCustomer(ada);
        assertThat(tickets.people().customer(ADA).orElseThrow().firstName()).isEqualTo("Augusta");
        assertThat(deletion(ADA)).isEqualTo(REFERRED_TO);
    }

    @Test
    void who_has_no_account_any_more_may_still_be_named_by_imports() {
        tickets.people().detach(ADA);
        assertThat(deletion(ADA)).isEqualTo("not refused");
        UUID id = UUID.randomUUID();
        assertThat(tickets.imports()
                        .run(List.of(ImportedTicket.of(
                                        id, NewTicket.of("Title", "Text"), ADA, Instant.parse("2024-01-01T00:00:00Z")))
                                .iterator())
                        .imported())
                .isEqualTo(1);
    }

    @Test
    void only_who_is_there_is_let_go_of() {
        assertThatThrownBy(() -> tickets.people().detach(UUID.randomUUID()))
                .isInstanceOfSatisfying(
                        PersonNotFound.class, e -> assertThat(e.code()).isEqualTo("person.not_found"));
    }

    @Test
    void a_deletion_finds_what_refers_to_the_user_by_index() {
        assertThat(database.query("select indexdef from pg_indexes where schemaname = 'counterfoil'"))
                .anyMatch(definition -> definition.contains("customer USING btree (user_id)"))
                .anyMatch(definition -> definition.contains("worker USING btree (user_id)"));
    }

    @Test
    void a_second_key_of_a_host_with_bigint_keys_is_let_go_of_as_well() {
        try (TestDatabase other = TestDatabase.empty()) {
            other.execute("create table account (id bigint primary key, login text,"
                    + " support_id uuid not null unique default gen_random_uuid());"
                    + " insert into account (id, login) values (7, 'ada'), (8, 'eve'), (9, 'bob')");
            TicketService beside = TicketService.builder(other.connections())
                    .usersTable("public", "account", "support_id")
                    .build();
            beside.schema().apply();
            UUID ada = UUID.fromString(other.value("select support_id from account where id = 7"));
            UUID bob = UUID.fromString(other.value("select support_id from account where id = 9"));
            UUID eve = UUID.fromString(other.value("select support_id from account where id = 8"));
            beside.people().registerCustomer(NewCustomer.of(ada, "ada@example.com", "Ada", "Lovelace"));
            beside.people().registerCustomer(NewCustomer.of(bob, "bob@example.com", "Bob", "Babbage"));
            beside.people()
                    .registerWorker(
                            NewWorker.of(eve, "eve@example.com", "Eve", "Boss").role(WorkerRole.ADMIN));
            beside.customer(ada).open(NewTicket.of("T", "D"));
            beside.customer(bob).open(NewTicket.of("T", "D"));
            assertThat(other.refusal("delete from account where id = 7")).isEqualTo(REFERRED_TO);
            beside.people().detach(ada);
            assertThat(other.refusal("delete from account where id = 7")).isEqualTo("not refused");
            beside.admin(eve).erase(bob);
            assertThat(other.refusal("delete from account where id = 9")).isEqualTo("not refused");
            assertThat(beside.verifyAll().discrepancies()).isEmpty();
        }
    }
}
