package io.github.counterfoil.access;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL in the customer's role sees what the customer's desk shows, and nothing else. */
class RowLevelSecurityTest {
    private static final CustomEventType ESCALATED =
            CustomEventType.publicType("escalated", 1).showingWholeBody();
    private static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 1);

    private static SecuredDatabase secured(AgentDisplay display) {
        return new SecuredDatabase(
                builder -> builder.eventType(ESCALATED).eventType(FRAUD_CHECK).agentDisplay(display));
    }

    /** A ticket of Ada's on which everything happened. */
    private static UUID fullTicket(SupportTeam team) {
        UUID id = team.ticket();
        team.jane().on(id).assign(JANE);
        team.jane().on(id).assign(TOM);
        team.jane().on(id).note("A note");
        team.jane().on(id).setField("serial", "secret");
        team.jane().on(id).changePriority(Priority.HIGH);
        team.jane().on(id).changeTitle("Another title");
        team.jane().on(id).tag("secret");
        team.jane().on(id).record(ESCALATED, TwinWorlds.body("level 2"));
        team.jane().on(id).record(FRAUD_CHECK, TwinWorlds.body("secret"));
        team.jane().on(id).reply("Please unplug it.");
        team.ada().on(id).reply("Done.");
        UUID card = team.ada().on(id).reply("My card").events().get(0).id();
        team.tickets()
                .admin(EVE)
                .redactions()
                .redact(id, Redaction.ofEverythingIn(card).reason("secret"));
        team.jane().on(id).unassign(TOM);
        team.jane().on(id).close();
        team.ada().on(id).rate(5, "Fine");
        return id;
    }

    @ParameterizedTest
    @EnumSource
    void the_customers_views_show_what_the_desk_shows(AgentDisplay.Form form) throws SQLException {
        AgentDisplay display = SecuredDatabase.display(form, "O'Hara's $$ \\ Team é");
        try (SecuredDatabase secured = secured(display)) {
            SupportTeam team = SupportTeam.registered(secured.tickets());
            UUID id = fullTicket(team);
            team.bob().open(NewTicket.of("Bob's own", "Text"));
            CustomerDesk ada = team.ada();

            assertThat(secured.asCustomer(
                            ADA,
                            "select id, title, description, status, priority, feedback ->> 'rating', source_channel,"
                                    + " extract(epoch from created_at), extract(epoch from updated_at), assigned_to, version, number"
                                    + " from counterfoil_customer.tickets"))
                    .containsExactly(line(ada.on(id).ticket()));
            assertThat(secured.asCustomer(
                            ADA,
                            "select ticket_id, number, id, type, extract(epoch from created_at), role, author_name, body"
                                    + " from counterfoil_customer.ticket_history order by number"))
                    .containsExactlyElementsOf(ada.on(id).history(PageRequest.oldestFirst(200)).items().stream()
                            .map(RowLevelSecurityTest::line)
                            .toList());
            assertThat(secured.asCustomer(ADA, "select email from counterfoil_customer.profile"))
                    .containsExactly("ada@example.com");
        }
    }

    @Test
    void who_takes_part_sees_the_same_until_they_are_taken_out() throws SQLException {
        try (SecuredDatabase secured = secured(AgentDisplay.fullNames())) {
            SupportTeam team = SupportTeam.registered(secured.tickets());
            UUID id = fullTicket(team);
            UUID own = team.bob().open(NewTicket.of("Bob's own", "Text")).id();
            String tickets = "select id, title, version from counterfoil_customer.tickets order by id = '" + own + "'";
            String history =
                    "select ticket_id, number, type, author_name, body from counterfoil_customer.ticket_history"
                            + " order by number";
            assertThat(secured.asCustomer(BOB, history)).isEmpty();
            for (Participants.Kind kind : Participants.Kind.values()) {
                team.jane().on(id).addParticipant(BOB, kind);
                assertThat(secured.asCustomer(BOB, tickets))
                        .startsWith(secured.asCustomer(ADA, tickets).get(0))
                        .hasSize(2);
                assertThat(secured.asCustomer(BOB, history)).isNotEmpty().isEqualTo(secured.asCustomer(ADA, history));
            }
            team.jane().on(id).removeParticipant(BOB);
            assertThat(secured.asCustomer(BOB, "select title from counterfoil_customer.tickets"))
                    .containsExactly("Bob's own");
            assertThat(secured.asCustomer(BOB, history)).isEmpty();
            assertThat(secured.asCustomer(BOB, "select from counterfoil_customer.own_history('" + id + "')"))
                    .isEmpty();
        }
    }

    /** Of a ticket of which the staff sees something else than its customer. */
    @Test
    void the_customers_views_tell_nothing_of_private_updates_from_elsewhere() throws SQLException {
        try (SecuredDatabase secured = secured(AgentDisplay.fullNames())) {
            SupportTeam team = SupportTeam.registered(secured.tickets());
            UUID id = UUID.randomUUID();
            Instant at = Instant.parse("2024-01-01T10:00:00Z");
            Author jane = new Author(JANE, "Jane", "Smith", Role.AGENT);
            Author ada = new Author(ADA, "Ada", "Lovelace", Role.CUSTOMER);
            List<TicketEvent> events = List.of(
                    new TicketEvent.AssignmentAdded(header(id, 1, at, jane, Visibility.PUBLIC), TOM),
                    new TicketEvent.AssignmentAdded(header(id, 2, at, jane, Visibility.PUBLIC), JANE),
                    new TicketEvent.StatusUpdate(
                            header(id, 3, at, jane, Visibility.PUBLIC), TicketStatus.NEW, TicketStatus.CLOSED),
                    new TicketEvent.FeedbackSubmitted(header(id, 4, at, ada, Visibility.PUBLIC), 4, "Fine"),
                    new TicketEvent.StatusUpdate(
                            header(id, 5, at, jane, Visibility.PRIVATE), TicketStatus.CLOSED, TicketStatus.OPEN),
                    new TicketEvent.AssignmentRemoved(header(id, 6, at, jane, Visibility.PRIVATE), TOM),
                    new TicketEvent.TitleUpdate(header(id, 7, at, jane, Visibility.PRIVATE), "Title", "secret"),
                    new TicketEvent.DescriptionUpdate(header(id, 8, at, jane, Visibility.PRIVATE), "Text", "secret"),
                    new TicketEvent.PriorityUpdate(
                            header(id, 9, at, jane, Visibility.PRIVATE), Priority.MEDIUM, Priority.HIGH),
                    new TicketEvent.StatusUpdate(
                            header(id, 10, at, jane, Visibility.PRIVATE), TicketStatus.OPEN, TicketStatus.CLOSED),
                    new TicketEvent.FeedbackSubmitted(header(id, 11, at, ada, Visibility.PRIVATE), 1, "secret"));
            assertThat(secured.tickets()
                            .imports()
                            .run(List.of(ImportedTicket.of(
                                                    id,
                                                    NewTicket.of("Title", "Text")
                                                            .channel("web"),
                                                    ADA,
                                                    at)
                                            .events(events))
                                    .iterator())
                            .imported())
                    .isEqualTo(1);
            team.jane().on(id).reply("Hello");
            CustomerTicket shown = team.ada().on(id).ticket();
            assertThat(shown.assignedTo()).containsExactly("Tom Jones", "Jane Smith");
            assertThat(secured.asCustomer(
                            ADA,
                            "select id, title, description, status, priority, feedback ->> 'rating', source_channel,"
                                    + " extract(epoch from created_at), extract(epoch from updated_at), assigned_to, version, number"
                                    + " from counterfoil_customer.tickets"))
                    .containsExactly(line(shown));
        }
    }

    private static TicketEvent.Header header(UUID id, int seq, Instant at, Author author, Visibility visibility) {
        return new TicketEvent.Header(UUID.randomUUID(), id, seq, at.plusSeconds(seq), author, visibility);
    }

    private static String line(CustomerTicket ticket) {
        return String.join(
                "|",
                ticket.id().toString(),
                ticket.title(),
                ticket.description(),
                ticket.status().wireName(),
                ticket.priority().wireName(),
                Integer.toString(ticket.feedback().orElseThrow().rating()),
                ticket.sourceChannel().orElseThrow(),
                epoch(ticket.createdAt()),
                epoch(ticket.updatedAt()),
                "{"
                        + String.join(
                                ",",
                                ticket.assignedTo().stream()
                                        .map(RowLevelSecurityTest::element)
                                        .toList()) + "}",
                Integer.toString(ticket.version()),
                Long.toString(ticket.number()));
    }

    private static String element(String name) {
        return name.matches("\\w+") ? name : '"' + name.replace("\\", "\\\\") + '"';
    }

    private static String line(CustomerEvent event) {
        return String.join(
                "|",
                event.ticketId().toString(),
                Integer.toString(event.number()),
                event.id().toString(),
                event.type(),
                epoch(event.createdAt()),
                event.role().wireName(),
                event.authorName(),
                body(event));
    }

    private static String epoch(Instant instant) {
        return "%d.%06d".formatted(instant.getEpochSecond(), instant.getNano() / 1_000);
    }

    private static String body(CustomerEvent event) {
        if (event instanceof CustomerEvent.Message e) {
            String redacted = e.redacted().isEmpty() ? "" : "\"redacted\": [\"content\"], ";
            return "{\"content\": \"" + e.content() + "\", " + redacted + "\"attachments\": []}";
        } else if (event instanceof CustomerEvent.EventRedacted e) {
            return "{\"members\": [\"content\"], \"event_id\": \"" + e.eventId() + "\"}";
        } else if (event instanceof CustomerEvent.StatusUpdate e) {
            return change(e.oldValue().wireName(), e.newValue().wireName());
        } else if (event instanceof CustomerEvent.PriorityUpdate e) {
            return change(e.oldValue().wireName(), e.newValue().wireName());
        } else if (event instanceof CustomerEvent.TitleUpdate e) {
            return change(e.oldValue(), e.newValue());
        } else if (event instanceof CustomerEvent.AssignmentAdded e) {
            return "{\"agent_name\": \"" + e.agentName().replace("\\", "\\\\") + "\"}";
        } else if (event instanceof CustomerEvent.AssignmentRemoved e) {
            return "{\"agent_name\": \"" + e.agentName().replace("\\", "\\\\") + "\"}";
        } else if (event instanceof CustomerEvent.FeedbackSubmitted e) {
            return "{\"rating\": " + e.rating() + ", \"comment\": \"" + e.comment() + "\"}";
        } else if (event instanceof CustomerEvent.CustomEvent e) {
            return e.body().text().replace("\":", "\": ").replace(",\"", ", \"");
        }
        throw new IllegalArgumentException(event.type());
    }

    private static String change(String oldValue, String newValue) {
        return "{\"new_value\": \"" + newValue + "\", \"old_value\": \"" + oldValue + "\"}";
    }

    @Test
    void counts_are_those_of_the_desk_and_nothing_can_be_written() throws SQLException {
        try (SecuredDatabase secured = secured(AgentDisplay.fullNames())) {
            SupportTeam team = SupportTeam.registered(secured.tickets());
            UUID id = fullTicket(team);
            team.bob().open(NewTicket.of("Bob's own", "Text"));
            int events = team.ada()
                    .on(id)
                    .history(PageRequest.oldestFirst(200))
                    .items()
                    .size();
            assertThat(secured.asCustomer(ADA, "select count(*) from counterfoil_customer.tickets"))
                    .containsExactly("1");
            assertThat(secured.asCustomer(ADA, "select count(*) from counterfoil_customer.ticket_history"))
                    .containsExactly(Integer.toString(events));
            assertThat(secured.asCustomer(BOB, "select count(*) from counterfoil_customer.ticket_history"))
                    .containsExactly("0");
            assertThat(secured.asCustomer(
                            ADA,
                            "explain (analyze, costs off, timing off, summary off, buffers off) select from counterfoil_customer.own_history('"
                                    + id + "')"))
                    .as("the plan tells how many events the customer sees, and not how many there are")
                    .containsExactly(
                            "Function Scan on own_history (actual rows=" + rows(secured, events) + " loops=1)");
            for (String sql : List.of(
                    "select from counterfoil.ticket_event",
                    "select from counterfoil.ticket",
                    "select from counterfoil.customer",
                    "select from counterfoil.worker",
                    "select custom_fields from counterfoil.ticket",
                    "select updated_at from counterfoil.ticket",
                    "select closed_seq from counterfoil.ticket_feedback",
                    "select id from counterfoil.tickets",
                    "select from counterfoil.ticket_assignment",
                    "select from counterfoil.ticket_participant",
                    "select from counterfoil.ticket_follower",
                    "select from counterfoil.ticket_read",
                    "select from counterfoil.ticket_reference",
                    "select from counterfoil.ticket_search",
                    "select from counterfoil.attachment",
                    "select from counterfoil.attachment_piece",
                    "select counterfoil.put_attachment_piece(gen_random_uuid(), 0, '', 1, true)",
                    "select from counterfoil.search_tickets('[\"a\"]', 'a', null, null, null, 10)",
                    "update counterfoil.ticket set title = 'x'",
                    "delete from counterfoil.customer",
                    "select counterfoil.apply_command('" + id + "', '" + JANE
                            + "', 'agent', gen_random_uuid(), null, null, null, '[{\"change\": \"status\", \"args\": {\"value\": \"open\"}}]', null, null, null)")) {
                assertThatThrownBy(() -> secured.asCustomer(ADA, sql))
                        .as(sql)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
        }
    }

    /** PostgreSQL 18 writes a fraction. */
    private static String rows(SecuredDatabase secured, int count) {
        boolean fraction = Integer.parseInt(secured.database().value("show server_version_num")) >= 180_000;
        return count + (fraction ? ".00" : "");
    }

    /** What Supabase's own instructions say for a schema that its gateway is to show. */
    @ParameterizedTest
    @ValueSource(strings = {"counterfoil", "counterfoil_customer"})
    void granting_all_on_a_schema_as_supabase_says_gives_away_nothing_private(String schema) throws SQLException {
        try (SecuredDatabase secured = secured(AgentDisplay.fullNames())) {
            SupportTeam team = SupportTeam.registered(secured.tickets());
            UUID id = fullTicket(team);
            team.bob().open(NewTicket.of("Bob's own", "Text"));
            secured.database()
                    .asSuperuser("""
                    grant usage on schema %1$s to "%2$s";
                    grant all on all tables in schema %1$s to "%2$s";
                    grant all on all routines in schema %1$s to "%2$s";
                    grant all on all sequences in schema %1$s to "%2$s";
                    alter default privileges in schema %1$s grant all on tables to "%2$s";
                    alter default privileges in schema %1$s grant all on routines to "%2$s";
                    """.formatted(schema, secured.settings().customer()));
            assertThat(secured.asCustomer(ADA, "select title from counterfoil_customer.tickets"))
                    .containsExactly("Another title");
            if (schema.equals("counterfoil")) {
                for (String relation : secured.database()
                        .query("select oid::regclass from pg_class where relkind in ('r', 'v')"
                                + " and relnamespace = 'counterfoil'::regnamespace")) {
                    assertThat(secured.asCustomer(ADA, "select * from " + relation))
                            .as(relation)
                            .isEmpty();
                }
            }
            for (String sql : List.of(
                    "select counterfoil.apply_command('" + id + "', '" + JANE
                            + "', 'agent', gen_random_uuid(), null, null, null, '[{\"change\": \"status\", \"args\": {\"value\": \"open\"}}]', null, null, null)",
                    "select counterfoil.apply_to_person(gen_random_uuid(), gen_random_uuid(), null, '" + BOB
                            + "', 'update-customer', '{}', null, null)",
                    "insert into counterfoil.schema_history (version, name) values (99, 'x')",
                    "truncate counterfoil.adoption_problem",
                    "delete from counterfoil.customer",
                    "update counterfoil.worker set role = 'admin'")) {
                assertThatThrownBy(() -> secured.asCustomer(ADA, sql))
                        .as(sql)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
            assertThat(team.jane().on(id).ticket().status().wireName()).isEqualTo("closed");
        }
    }

    @Test
    void every_table_forces_its_policies_every_view_asks_as_its_reader_and_every_definer_fixes_its_path() {
        try (SecuredDatabase secured = secured(AgentDisplay.fullNames())) {
            TestDatabase database = secured.database();
            assertThat(database.query("select relname from pg_class where relnamespace = 'counterfoil'::regnamespace"
                            + " and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)"))
                    .isEmpty();
            assertThat(
                            database.query(
                                    "select relname from pg_class where relnamespace = 'counterfoil'::regnamespace"
                                            + " and relkind in ('v', 'm') and not coalesce(reloptions, '{}') @> '{security_invoker=true}'"))
                    .isEmpty();
            assertThat(database.query("select proname from pg_proc where pronamespace = 'counterfoil'::regnamespace"
                            + " and prosecdef and not exists (select from unnest(proconfig) c"
                            + " where c ~ '^search_path=.*pg_temp$')"))
                    .isEmpty();
            assertThat(database.query("select proname from pg_proc where pronamespace = 'counterfoil'::regnamespace"
                            + " and has_function_privilege('public', oid, 'execute')"))
                    .as("functions that anybody may call")
                    .isEmpty();
            assertThat(database.query("select distinct pg_get_userbyid(relowner) from pg_class"
                            + " where relnamespace = 'counterfoil'::regnamespace"))
                    .containsExactly(secured.settings().owner());
        }
    }

    @Test
    void counterfoil_does_all_its_work_as_the_application() {
        try (SecuredDatabase secured = secured(AgentDisplay.fullNames())) {
            SupportTeam team = SupportTeam.registered(secured.tickets());
            UUID id = fullTicket(team);
            team.jane().on(id).moveToCustomer(BOB);
            assertThat(team.tickets().admin(EVE).deactivate(JANE)).isEmpty();
            team.tickets().admin(EVE).erase(JANE);
            assertThat(team.bob().on(id).ticket().assignedTo()).containsExactly("Erased Worker");
            assertThat(team.tickets().documents().ticket(id)).isPresent();
            assertThat(team.tickets().schema().verify()).isEmpty();
            assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        }
    }

    @Test
    void the_application_cannot_take_the_guards_away() throws SQLException {
        try (SecuredDatabase secured = secured(AgentDisplay.fullNames());
                Connection application = secured.connections().getConnection();
                Statement statement = application.createStatement()) {
            for (String sql : List.of(
                    "alter table counterfoil.ticket disable trigger all",
                    "alter table counterfoil.ticket disable row level security",
                    "drop trigger guard_change on counterfoil.ticket",
                    "delete from counterfoil.ticket_event",
                    "truncate counterfoil.ticket_event",
                    "update counterfoil.ticket_event set body = '{}'",
                    "drop table counterfoil.ticket_event")) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
        }
    }

    @Test
    void running_it_again_takes_over_what_the_service_shows_now() throws SQLException {
        try (SecuredDatabase secured = secured(AgentDisplay.fullNames())) {
            SupportTeam team = SupportTeam.registered(secured.tickets());
            UUID id = fullTicket(team);
            secured.database().asSuperuser(secured.database().service().schema().rowLevelSecurity(secured.settings()));
            assertThat(secured.asCustomer(ADA, "select type from counterfoil_customer.ticket_history"))
                    .as("a type that the service no longer registers")
                    .doesNotContain("escalated")
                    .contains("message");
            assertThat(team.ada().on(id).history(PageRequest.oldestFirst(200)).items())
                    .extracting(CustomerEvent::type)
                    .contains("escalated");
        }
    }
}
