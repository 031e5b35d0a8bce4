package io.github.counterfoil.access;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The SQL of row-level security in hosts of every kind: beside others, under other names, set up by plain roles. */
class RowLevelSecuritySetupTest {
    @Test
    void in_a_schema_that_others_use_too_nothing_of_theirs_is_touched() throws SQLException {
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        RowLevelSecurity settings =
                RowLevelSecurity.plain().roles("owner_" + suffix, "app_" + suffix, "customer_" + suffix);
        try (TestDatabase database = TestDatabase.empty()) {
            database.execute("""
                    create table public.invoice (id uuid primary key, amount int);
                    create view public.invoices as select * from public.invoice;
                    create function public.total() returns bigint language sql as 'select sum(amount) from public.invoice';
                    create function public.register_customer(name text) returns void language sql as 'select';
                    grant select on public.invoice to public;
                    """);
            TicketService tickets = TicketService.builder(database.dataSource())
                    .schema("public")
                    .build();
            tickets.schema().apply();
            String others = """
                    select string_agg(o, ';' order by o) from (
                      select concat_ws(' ', relname, relowner::regrole, relacl::text, relrowsecurity) as o from pg_class
                      where relname in ('invoice', 'invoices', 'invoice_pkey')
                      union all select concat_ws(' ', oid::regprocedure, proowner::regrole, proacl::text) from pg_proc
                      where pronamespace = 'public'::regnamespace
                        and (proname = 'total' or oid = 'public.register_customer(text)'::regprocedure)
                      union all select nspowner::regrole::text from pg_namespace where nspname = 'public') as x
                    """;
            String before = database.value(others);
            database.asSuperuser(tickets.schema().rowLevelSecurity(settings));
            assertThat(database.value(others)).isEqualTo(before);
            database.asSuperuser("grant \"%s\" to %s".formatted(settings.application(), database.owner()));
            assertThat(tickets.schema().verify()).isEmpty();
        } finally {
            TestDatabase.dropRoles(settings.owner(), settings.application(), settings.customer());
        }
    }

    @Test
    void supabases_users_see_what_is_theirs() throws SQLException {
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        RowLevelSecurity settings =
                RowLevelSecurity.supabase().roles("o_" + suffix, "service_" + suffix, "authenticated_" + suffix);
        try (TestDatabase database = TestDatabase.withSchema()) {
            database.execute("create function auth.uid() returns uuid language sql stable as $$ select nullif("
                    + "current_setting('request.jwt.claims', true)::jsonb ->> 'sub', '')::uuid $$;"
                    + "grant usage on schema auth to public");
            SupportTeam team = SupportTeam.in(database);
            UUID id = team.ticket();
            team.jane().on(id).note("A note");
            team.jane().on(id).reply("Please unplug it.");
            team.bob().open(NewTicket.of("Bob's own", "Text"));
            database.asSuperuser(team.tickets().schema().rowLevelSecurity(settings));
            try (Connection connection = database.superuser().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("set local role " + settings.customer());
                statement.execute("set local request.jwt.claims = '{\"sub\": \"" + ADA + "\", \"role\": \"agent\"}'");
                assertThat(values(statement, "select type from counterfoil_customer.ticket_history"))
                        .containsExactly("message");
                assertThat(values(statement, "select title from counterfoil_customer.tickets"))
                        .containsExactly("Printer on fire");
                statement.execute("set local request.jwt.claims = '{}'");
                assertThat(values(statement, "select title from counterfoil_customer.tickets"))
                        .isEmpty();
            }
        } finally {
            TestDatabase.dropRoles(settings.owner(), settings.application(), settings.customer());
        }
    }

    private static List<String> values(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @Test
    void a_host_with_names_of_its_own_gets_the_same_walls() throws SQLException {
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        RowLevelSecurity settings =
                RowLevelSecurity.plain().roles("Owner \"50%s" + suffix, "App \\ %" + suffix, "Customer %I " + suffix);
        try (TestDatabase database = TestDatabase.empty()) {
            database.execute("create table public.\"Account\" (\"Key\" uuid primary key);"
                    + "insert into public.\"Account\" values ('" + ADA + "'), ('" + JANE + "')");
            TicketService tickets = TicketService.builder(database.dataSource())
                    .schema("Support \"Desk\"")
                    .usersTable("public", "Account", "Key")
                    .build();
            tickets.schema().apply();
            database.asSuperuser(tickets.schema().rowLevelSecurity(settings));
            database.asSuperuser("grant \"%s\" to %s".formatted(settings.application(), database.owner()));
            tickets.people().registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
            tickets.people().registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));
            UUID id = tickets.customer(ADA).open(NewTicket.of("Title", "Text")).id();
            tickets.agent(JANE).on(id).note("A note");
            tickets.agent(JANE).on(id).reply("A reply");
            try (Connection connection = database.superuser().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("set local role \"" + settings.customer() + '"');
                statement.execute("select \"Support \"\"Desk\"\"_customer\".view_as('" + ADA + "')");
                assertThat(values(statement, "select type from \"Support \"\"Desk\"\"_customer\".ticket_history"))
                        .containsExactly("message");
            }
        } finally {
            TestDatabase.dropRoles(settings.owner(), settings.application(), settings.customer());
        }
    }

    @Test
    void an_owner_who_may_create_roles_sets_it_up_without_a_superuser() throws SQLException {
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        String owner = TestDatabase.plainRole("founder_" + suffix);
        RowLevelSecurity settings =
                RowLevelSecurity.plain().roles("owner_" + suffix, "app_" + suffix, "customer_" + suffix);
        try (TestDatabase database = TestDatabase.empty()) {
            database.asSuperuser("alter role %s createrole; grant create on database %s to %s"
                    .formatted(owner, database.value("select current_database()"), owner));
            TicketService tickets =
                    TicketService.builder(database.dataSource(owner)).build();
            tickets.schema().apply();
            try (Connection connection = database.dataSource(owner).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(tickets.schema().rowLevelSecurity(settings));
                statement.execute(tickets.schema().rowLevelSecurity(settings));
            }
            assertThat(database.superuserValue("select tableowner from pg_tables where tablename = 'ticket_event'"))
                    .isEqualTo(settings.owner());
            database.asSuperuser("alter role %s rename to renamed_%s".formatted(settings.application(), suffix));
            String login = TestDatabase.plainRole("login_" + suffix);
            database.asSuperuser("grant renamed_%s to %s".formatted(suffix, login));
            SupportTeam.registered(
                            TicketService.builder(database.dataSource(login)).build())
                    .ticket();
        } finally {
            TestDatabase.dropRoles(
                    owner, settings.owner(), "renamed_" + suffix, settings.customer(), "login_" + suffix);
        }
    }

    @Test
    void names_of_roles_are_checked() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            for (String name : Set.of("", "a'b", "a$b", "x".repeat(64))) {
                assertThatThrownBy(() -> database.service()
                                .schema()
                                .rowLevelSecurity(RowLevelSecurity.plain().roles("o", "a", name)))
                        .isInstanceOf(InvalidInput.class)
                        .hasMessageStartingWith("customer.");
            }
        }
    }

    @Test
    void roles_and_schemas_of_one_name_are_refused() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            assertThatThrownBy(() -> database.service()
                            .schema()
                            .rowLevelSecurity(RowLevelSecurity.plain()
                                    .roles("owner", "owner", "owner")
                                    .customerSchema("counterfoil")))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContainingAll(
                            "customer_schema.not_distinct", "application.not_distinct", "customer.not_distinct");
        }
    }
}
