package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.internal.ticket.OpenTicket;
import io.github.counterfoil.internal.ticket.Opening;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketSnapshot;
import io.github.counterfoil.ticket.TicketStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The schema grows under tickets that are worked on, and two releases work on one schema. */
@Tag("storage")
@ExtendWith(Chance.class)
class EvolutionTest {
    /** A numbered file as a later release might bring it, and its code. */
    private static final String ADDITIVE = """
            do $$ begin lock table counterfoil.ticket in access exclusive mode; end $$;
            alter table counterfoil.customer add column lenient boolean not null default false;
            alter table counterfoil.ticket add column weighed_at timestamptz;
            alter table counterfoil.ticket_event add column source text not null default 'desk';
            insert into counterfoil.schema_history (version, name, checksum) values (1000, 'snoozing', 'of a later release');
            """;

    private static String before(String file) {
        try (InputStream in = EvolutionTest.class.getResourceAsStream("before/" + file + ".sql")) {
            return Names.DEFAULT.fillIn(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As it was before numbered files and code were two things, with tickets in it. */
    private static UUID applyBefore(TestDatabase database) {
        for (String file : List.of("001_tables", "002_commands", "003_views", "004_people", "005_imports")) {
            // Then it took a superuser.
            database.asSuperuser(before(file));
        }
        UUID ticket = UUID.randomUUID();
        database.asSuperuser("""
                select counterfoil.register_customer('%1$s', 'ada@example.com', 'Ada', 'Lovelace', 'en');
                select counterfoil.register_worker('%2$s', 'jane@example.com', 'Jane', 'Smith', 'admin', '{api}', '{en}',
                                                   'Europe/London', '{}');
                """.formatted(ADA, JANE));
        openBefore(
                database, ticket, NewTicket.of("Printer on fire", "It burns.").priority(Priority.HIGH));
        for (String change : List.of(
                "assign', '{\"worker\": \"" + JANE + "\"",
                "append', '{\"type\": \"message\", \"visibility\": \"public\", \"body\": {\"content\": \"a\", \"attachments\": []}",
                "append', '{\"type\": \"note-added\", \"visibility\": \"private\", \"body\": {\"content\": \"b\"}",
                "tag', '{\"tags\": [\"fire\"]",
                "status', '{\"value\": \"closed\"")) {
            changeBefore(database, ticket, change);
        }
        return ticket;
    }

    private static void openBefore(TestDatabase database, UUID id, NewTicket ticket) {
        database.asSuperuser("""
                select counterfoil.open_ticket('%s', '%s', 'agent', '%s', '%s', gen_random_uuid(), null, '%s', '%s', '%s', '{%s}',
                                               '%s', %s)
                """.formatted(
                        id,
                        JANE,
                        ADA,
                        Opening.digest(OpenTicket.of(ADA, ticket), JANE),
                        ticket.title(),
                        ticket.description(),
                        ticket.priority().wireName(),
                        String.join(",", ticket.tags()),
                        JsonValue.ofObject(ticket.customFields()).text(),
                        ticket.channel() == null ? "null" : "'" + ticket.channel() + "'"));
    }

    /** @param change the change's name and its arguments, as the function took them, without the quotes around both */
    private static void changeBefore(TestDatabase database, UUID ticket, String change) {
        database.asSuperuser("select counterfoil.apply_command('" + ticket + "', '" + JANE
                + "', 'agent', gen_random_uuid(), gen_random_uuid(), null, null, '" + change + "}')");
    }

    @Test
    void the_schema_of_before_becomes_that_of_today_with_its_tickets() {
        try (TestDatabase database = TestDatabase.empty()) {
            UUID ticket = applyBefore(database);
            // Times within JSON were in the session's time zone.
            database.asSuperuser("create function public.tickets() returns text language sql set timezone = 'UTC'"
                    + " as 'select jsonb_agg(t order by id)::text from counterfoil.tickets t'");
            String tickets = "select public.tickets()";
            String stored = database.superuserValue(tickets);
            TicketService service = TicketService.builder(database.superuser()).build();
            assertThatExceptionOfType(SchemaMismatch.class)
                    .isThrownBy(() -> service.agent(JANE).on(ticket).ticket())
                    .satisfies(e -> assertThat(e.code()).isEqualTo("schema.too_old"));
            assertThat(service.schema().verify()).contains("file V002__counterfoil_evolution.sql was not run");

            assertThat(service.schema().apply())
                    .extracting(Schema.SqlFile::fileName)
                    .containsExactly(
                            "V002__counterfoil_evolution.sql",
                            "V003__counterfoil_beginning.sql",
                            "V004__counterfoil_calls.sql",
                            "V005__counterfoil_people_from_elsewhere.sql",
                            "V006__counterfoil_weight.sql",
                            "V007__counterfoil_lean_writes.sql",
                            "V008__counterfoil_what_customers_see.sql",
                            "V009__counterfoil_people.sql",
                            "V010__counterfoil_erasing.sql",
                            "V011__counterfoil_people_on_tickets.sql",
                            "V012__counterfoil_facts.sql",
                            "V013__counterfoil_lists.sql",
                            "V014__counterfoil_numbers.sql",
                            "V015__counterfoil_search.sql",
                            "V016__counterfoil_read_state.sql",
                            "V017__counterfoil_changes.sql",
                            "V018__counterfoil_list_costs.sql",
                            "V019__counterfoil_announcements.sql",
                            "V020__counterfoil_references.sql",
                            "V021__counterfoil_attachments.sql",
                            "V022__counterfoil_snooze.sql",
                            "V023__counterfoil_looked_up.sql",
                            "R__counterfoil_code.sql");
            assertThat(service.schema().verify()).isEmpty();
            assertThat(service.schema().additions()).isEmpty();
            assertThat(service.schema().apply()).isEmpty();
            assertThat(database.superuserValue(tickets)).isEqualTo(stored);
            assertThat(service.verifyAll().discrepancies()).isEmpty();

            assertThat(service.people().customer(ADA).orElseThrow().communicationChannels())
                    .as("a ticket without a channel had left a null here")
                    .isEmpty();
            service.agent(JANE).on(ticket).reopen();
            assertThat(service.customer(ADA)
                            .on(ticket)
                            .history(PageRequest.oldestFirst(50))
                            .items())
                    .hasSize(4);
        }
    }

    @Test
    void tickets_of_before_tell_what_they_started_with() {
        try (TestDatabase database = TestDatabase.empty()) {
            applyBefore(database);
            database.asSuperuser(
                    "select counterfoil.register_customer('" + BOB + "', 'bob@example.com', 'B', 'B', 'en')");
            Random random = Chance.random();
            Map<UUID, NewTicket> starts = new LinkedHashMap<>();
            for (int i = 0; i < 30; i++) {
                NewTicket start =
                        NewTicket.of("Title " + i, "Text").tags("a", "b", "c").channel("web");
                start = start.field("f0", JsonValue.of(i)).field("f1", JsonValue.ofNull());
                UUID id = UUID.randomUUID();
                openBefore(database, id, start);
                starts.put(id, start);
                for (int changes = i % 12; changes > 0; changes--) {
                    changeBefore(database, id, anyChange(random));
                }
            }
            UUID unreadable = starts.keySet().iterator().next();
            database.asSuperuser("""
                    select set_config('counterfoil.command', 'on', true);
                    insert into counterfoil.ticket_event
                    select t.id, n, gen_random_uuid(), type, t.created_at, '%s', 'Jane', 'Smith', 'agent', 'private', body
                    from counterfoil.ticket t, (values (1, 'title-update', '{"old_value": "Of no use"}'::jsonb),
                      (2, 'tag-removed', '{"tag": 7}'), (3, 'customer-update', '{"old_value": "x", "new_value": "y"}'),
                      (4, 'field-removed', '{"field_name": "f0"}'), (5, 'tag-of-sorts', '{"tag": "a"}')) as e (n, type, body)
                    where t.id = '%s';
                    update counterfoil.ticket set last_seq = 5, updated_at = created_at where id = '%s';
                    """.formatted(JANE, unreadable, unreadable));

            TicketService service = TicketService.builder(database.superuser()).build();
            service.schema().apply();
            assertThat(service.verifyAll().discrepancies()).isEmpty();
            assertThat(database.superuserQuery("select number from counterfoil.ticket order by created_at, id"))
                    .as("numbers in the order of creation")
                    .isEqualTo(database.superuserQuery("select generate_series(1, count(*)) from counterfoil.ticket"));
            CustomerTicket next = service.customer(ADA).open(NewTicket.of("Title", "Text"));
            assertThat(next.number())
                    .isEqualTo(database.superuserQuery("select id from counterfoil.ticket")
                            .size());
            starts.forEach((id, start) -> {
                TicketSnapshot first = service.agent(JANE).on(id).at(0);
                assertThat(first.title()).isEqualTo(start.title());
                assertThat(first.tags()).containsExactlyInAnyOrderElementsOf(start.tags());
                assertThat(first.customFields()).isEqualTo(start.customFields());
                assertThat(first.customerId()).isEqualTo(ADA);
            });
            assertThat(database.superuserQuery("select id from counterfoil.ticket where beginning = '{}'"))
                    .as("what nobody can read changed nothing")
                    .contains(unreadable.toString());
        }
    }

    @Test
    void tickets_of_before_show_their_customers_what_their_public_events_say() {
        try (TestDatabase database = TestDatabase.empty()) {
            applyBefore(database);
            UUID id = UUID.randomUUID();
            openBefore(database, id, NewTicket.of("Title", "Text"));
            database.asSuperuser("""
                    select set_config('counterfoil.command', 'on', true);
                    insert into counterfoil.ticket_event
                    select t.id, n, gen_random_uuid(), type, t.created_at, '%1$s', 'Jane', 'Smith', 'agent',
                           case when shown is null then 'private' else 'public' end, body, shown,
                           case when shown is not null then t.created_at end
                    from counterfoil.ticket t, (values
                      (1, 1, 'status-update', '{"old_value": "new", "new_value": "open"}'::jsonb),
                      (2, null, 'title-update', '{"old_value": "Title", "new_value": "secret"}'),
                      (3, null, 'priority-update', '{"old_value": "medium", "new_value": "high"}'),
                      (4, 2, 'assignment-added', '{"agent_id": "%1$s"}'),
                      (5, null, 'assignment-removed', '{"agent_id": "%1$s"}'),
                      (6, null, 'status-update', '{"old_value": "open", "new_value": "closed"}')) as e (n, shown, type, body)
                    where t.id = '%2$s';
                    insert into counterfoil.ticket_event
                    select t.id, 7, gen_random_uuid(), 'feedback-submitted', t.created_at, '%3$s', 'Ada', 'Lovelace', 'customer',
                           'private', '{"rating": 1, "comment": "secret"}'
                    from counterfoil.ticket t where t.id = '%2$s';
                    insert into counterfoil.ticket_feedback (ticket_id, closed_seq, customer_id, rating, comment, submitted_at)
                    select t.id, 6, '%3$s', 1, 'secret', t.created_at from counterfoil.ticket t where t.id = '%2$s';
                    update counterfoil.ticket set last_seq = 7, last_public_seq = 2, updated_at = created_at,
                      public_updated_at = created_at, status = 'closed', closed_seq = 6, title = 'secret', priority = 'high'
                    where id = '%2$s';
                    """.formatted(JANE, id, ADA));

            TicketService service = TicketService.builder(database.superuser()).build();
            service.schema().apply();
            assertThat(service.verifyAll().discrepancies()).isEmpty();
            assertThat(service.agent(JANE).on(id).ticket().title()).isEqualTo("secret");
            CustomerTicket seen = service.customer(ADA).on(id).ticket();
            assertThat(seen.title()).isEqualTo("Title");
            assertThat(seen.priority()).isEqualTo(Priority.MEDIUM);
            assertThat(seen.status()).isEqualTo(TicketStatus.OPEN);
            assertThat(seen.assignedTo()).containsExactly("Jane Smith");
            assertThat(seen.feedback()).isEmpty();
        }
    }

    private static String anyChange(Random random) {
        int n = random.nextInt(4);
        String tag = List.of("a", "b", "c", "d").get(n);
        return switch (random.nextInt(9)) {
            case 0 -> "title', '{\"value\": \"Title " + n + "\"";
            case 1 -> "description', '{\"value\": \"Text " + n + "\"";
            case 2 -> "priority', '{\"value\": \"" + Priority.values()[n % 3].wireName() + "\"";
            case 3 -> "move', '{\"customer\": \"" + (n < 2 ? ADA : BOB) + "\"";
            case 4 -> "tag', '{\"tags\": [\"" + tag + "\", \"e\"]";
            case 5, 6 -> "untag', '{\"tags\": [\"" + tag + "\"]";
            case 7 -> "set-field', '{\"name\": \"f" + n + "\", \"value\": " + random.nextInt(3);
            default -> "remove-field', '{\"name\": \"f" + n + "\"";
        };
    }

    @Test
    void what_a_superuser_made_before_works_for_a_plain_owner_once_it_is_theirs() {
        try (TestDatabase database = TestDatabase.empty()) {
            UUID ticket = applyBefore(database);
            database.asSuperuser("""
                    do $$
                    declare v record;
                    begin
                      alter schema counterfoil owner to %1$s; alter schema auth owner to %1$s;
                      for v in select case relkind when 'v' then 'view' else 'table' end as kind, oid::regclass::text as name
                               from pg_class where relkind in ('r', 'v')
                                 and relnamespace in ('counterfoil'::regnamespace, 'auth'::regnamespace)
                               union all
                               select 'function', oid::regprocedure::text from pg_proc
                               where pronamespace = 'counterfoil'::regnamespace
                      loop
                        execute format('alter %%s %%s owner to %1$s', v.kind, v.name);
                      end loop;
                    end $$""".formatted(database.owner()));
            TicketService service = database.service();
            service.schema().apply();
            assertThat(service.schema().verify()).isEmpty();
            service.agent(JANE).on(ticket).reply("Still there?");
        }
    }

    /** This release keeps working while a later one's file and code arrive, and after. */
    @Test
    void two_releases_work_on_one_schema() throws Exception {
        try (TestDatabase database = TestDatabase.withSchema()) {
            SupportTeam team = SupportTeam.in(database);
            List<UUID> ids = List.of(team.ticket(), team.ticket(), team.ticket());
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger done = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                List<Future<?>> running = ids.stream()
                        .<Future<?>>map(id -> threads.submit(() -> {
                            AgentDesk jane = team.jane();
                            while (!stop.get()) {
                                jane.on(id).assign(JANE);
                                jane.on(id).reply("Hello");
                                jane.on(id).note("Note");
                                jane.on(id).unassign(JANE);
                                jane.on(id).ticket();
                                jane.on(id).history(PageRequest.newestFirst(5));
                                done.incrementAndGet();
                            }
                        }))
                        .toList();
                awaitMore(done, 5);
                database.execute(ADDITIVE);
                awaitMore(done, 5);
                // Code of a later release, changed and one revision on.
                database.execute(laterCode(team.tickets()));
                awaitMore(done, 5);
                stop.set(true);
                for (Future<?> one : running) {
                    one.get();
                }
            } finally {
                threads.shutdownNow();
            }
            String laterCode = database.value("select prosrc from pg_proc where proname = 'apply_command'");
            assertThat(laterCode).contains("-- later");

            // And this release, started again.
            TicketService again = database.service();
            again.schema().require();
            assertThat(again.schema().apply()).isEmpty();
            assertThat(again.schema().verify()).isEmpty();
            database.execute(codeOf(again));
            assertThat(database.value("select prosrc from pg_proc where proname = 'apply_command'"))
                    .as("an older release's migration leaves a newer one's code alone")
                    .isEqualTo(laterCode);
            EverythingThatWrites.on(again, ids);
            assertThat(again.verifyAll().discrepancies()).isEmpty();
        }
    }

    /** Of a later release: one revision on, and each function with another body. */
    private static String laterCode(TicketService tickets) {
        String code = codeOf(tickets);
        int revision = Integer.parseInt(code.replaceFirst("(?s).*?revision (\\d+)\\..*", "$1"));
        return code.replace("c.revision > " + revision, "c.revision > " + (revision + 1))
                .replace("values (" + revision + ", ", "values (" + (revision + 1) + ", ")
                .replace("\nbegin\n", "\nbegin\n  -- later\n");
    }

    private static String codeOf(TicketService tickets) {
        List<Schema.SqlFile> files = tickets.schema().files();
        return files.get(files.size() - 1).sql();
    }

    private static void awaitMore(AtomicInteger done, int more) throws InterruptedException {
        int target = done.get() + more;
        long end = System.nanoTime() + 60_000_000_000L;
        while (done.get() < target) {
            assertThat(System.nanoTime()).as("nothing is done any more").isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void a_file_that_breaks_older_releases_is_told_clearly() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            UUID id = SupportTeam.in(database).ticket();
            database.execute(ADDITIVE);
            database.service().agent(JANE).on(id).reply("Hello");
            database.execute("insert into counterfoil.schema_history (version, name, checksum, breaking)"
                    + " values (1001, 'another way of counting', 'of a later release', true)");
            TicketService tickets = database.service();
            for (Runnable use : List.<Runnable>of(
                    () -> tickets.agent(JANE).on(id).reply("Hello"),
                    () -> tickets.schema().apply(),
                    () -> tickets.schema().require())) {
                assertThatThrownBy(use::run)
                        .isInstanceOfSatisfying(SchemaMismatch.class, e -> {
                            assertThat(e.code()).isEqualTo("schema.too_new");
                            assertThat(e.found()).isEqualTo(1001);
                            assertThat(e.required()).isEqualTo(23);
                        })
                        .hasMessage(
                                "schema counterfoil has version 1001, and version 1001 broke releases that do not know it,"
                                        + " as this one, which has version 23: run a newer release");
            }
            assertThat(tickets.schema().verify()).containsExactly("version 1001 broke this release");
        }
    }

    @Test
    void what_is_gone_is_missed_also_where_a_newer_release_has_been() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            database.execute(ADDITIVE);
            database.execute("drop trigger guard_change on counterfoil.ticket");
            assertThat(database.service().schema().verify()).containsExactly("trigger ticket.guard_change is missing");
        }
    }

    /** A report that reads the views in any order is not in the way of an upgrade that leaves them as they are. */
    @Test
    void an_upgrade_replaces_no_view_and_no_trigger_that_is_as_it_should_be() throws SQLException {
        try (TestDatabase database = TestDatabase.withSchema();
                Connection report = database.dataSource().getConnection();
                Statement statement = report.createStatement()) {
            report.setAutoCommit(false);
            statement.execute("select * from counterfoil.workers");
            statement.execute("select * from counterfoil.tickets");
            statement.execute("select * from counterfoil.ticket for update");
            database.execute("set local lock_timeout = '2s'; " + laterCode(database.service()));
            report.rollback();
        }
    }
}
