package io.github.counterfoil.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Ticket;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Literal tables as people leave them: what they hold comes over, and what it is not as meant is said. */
@Tag("storage")
class OrdinaryPeopleTest {
    private static final String LITERAL_TABLES = """
            create schema auth;
            create table auth.users (id uuid primary key, email text);
            create table public.customers (
              id uuid primary key references auth.users (id), first_name text not null, last_name text not null,
              communication_channels text[], preferred_language text, email text not null unique, feedback_history jsonb);
            create table public.workers (
              id uuid primary key not null references auth.users (id), email text unique not null,
              first_name text not null, last_name text not null, created_at timestamptz not null default now(),
              role text not null, skills text[] default '{}', languages text[] default '{}', timezone text not null,
              metrics jsonb default '{}', assigned_tickets uuid[] default '{}', ticket_history jsonb default '[]');
            create table public.tickets (
              id uuid primary key default gen_random_uuid(), title text not null, description text not null,
              status text not null, priority text not null, tags text[], custom_fields jsonb, ticket_history jsonb,
              internal_notes jsonb, feedback jsonb, source_channel text, created_at timestamptz default now(),
              updated_at timestamptz default now(), created_by uuid references auth.users (id), customer_email text,
              assigned_to jsonb);
            insert into auth.users select md5(n::text)::uuid from generate_series(1, 20) n;
            insert into public.customers values
              (md5('1')::uuid, 'Ana', 'Silva', null, 'pt_BR', 'ana@example.com', null),
              (md5('2')::uuid, 'Bo', '', '{}', '', 'bo@example.com', '{}'),
              (md5('3')::uuid, 'Cher', ' ', '{web,""}', null, 'not an address', '{"feedback": []}'),
              (md5('4')::uuid, E'Dora\\tMaria', repeat('x', 200), '{web}', 'any language', '', null),
              (md5('5')::uuid, 'Ada', 'Upper', '{web}', 'en', 'ADA@example.com', null),
              (md5('6')::uuid, 'Ada', 'Lower', '{web}', 'en', 'ada@example.com', null);
            insert into public.workers (id, email, first_name, last_name, role, skills, languages, timezone, metrics) values
              (md5('11')::uuid, 'eli@example.com', 'Eli', '', 'agent', null, '{pt_BR,""}', 'US/Pacific-New', null),
              (md5('12')::uuid, 'fay@example.com', 'Fay', 'Wu', 'admin', '{""}', null, '', '[1]'),
              (md5('13')::uuid, 'gus@example.com', 'Gus', 'Ek', 'agent', '{}', '{}', 'Europe/Berlin', 'null');
            """;
    private static final String TICKET = """
            insert into public.tickets (title, description, status, priority, tags, custom_fields, ticket_history, feedback,
                                        source_channel, created_at, created_by, customer_email, assigned_to)
            values ('%s', '', 'new', 'low', '{a,a,""}', '{"a b": 1, "": {"deep": []}}', '{"events": [%s]}', '{}', '',
                    '2024-01-01', md5('1')::uuid, %s, null);
            """;

    private TestDatabase database;
    private TicketService tickets;

    @BeforeEach
    void open() {
        database = TestDatabase.empty();
        database.execute(LITERAL_TABLES);
        tickets = database.service();
        tickets.schema().apply();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void people_come_over_as_they_are_and_what_is_not_as_meant_is_said() {
        Documents.AdoptionReport report = tickets.documents().adopt("public");
        assertThat(report.customers().imported()).isEqualTo(5);
        assertThat(report.customers().faults())
                .as("two who are one without regard to case")
                .extracting(fault -> fault.field() + "." + fault.code())
                .containsExactly("email.taken");
        assertThat(report.customers().remarks())
                .extracting(remark -> remark.field() + "." + remark.code())
                .containsExactlyInAnyOrder(
                        "preferred_language.invalid",
                        "preferred_language.invalid",
                        "last_name.blank",
                        "email.invalid",
                        "first_name.control_char",
                        "last_name.too_long",
                        "preferred_language.invalid",
                        "email.invalid");
        assertThat(report.workers().faults()).isEmpty();
        assertThat(report.workers().imported()).isEqualTo(3);
        assertThat(report.workers().remarks())
                .extracting(remark -> remark.field() + "." + remark.code())
                .containsExactlyInAnyOrder(
                        "languages[0].invalid",
                        "languages[1].invalid",
                        "timezone.unknown",
                        "skills[0].blank",
                        "timezone.unknown",
                        "metrics.not_an_object");
        assertThat(database.value(
                        "select count(*) from counterfoil.customers n join public.customers o using (id) where "
                                + "(n.first_name, n.last_name, n.email, n.communication_channels) = (o.first_name, o.last_name, "
                                + "o.email, coalesce(o.communication_channels, '{}')) "
                                + "and n.preferred_language is not distinct from o.preferred_language"))
                .isEqualTo("5");
        assertThat(database.value("select count(*) from counterfoil.workers n join public.workers o using (id) where "
                        + "(n.first_name, n.last_name, n.email, n.timezone, n.created_at) "
                        + "= (o.first_name, o.last_name, o.email, o.timezone, o.created_at) "
                        + "and n.languages = coalesce(o.languages, '{}')"))
                .isEqualTo("3");

        Customer ana = tickets.people().customer(id("1")).orElseThrow();
        assertThat(ana.preferredLanguage()).contains("pt_BR");
        Worker eli = tickets.people().worker(id("11")).orElseThrow();
        assertThat(eli.timezone()).isNull();
        assertThat(eli.timezoneName()).isEqualTo("US/Pacific-New");
        assertThat(eli.metrics()).isEqualTo(JsonValue.parse("{}"));
        assertThat(tickets.documents().worker(id("11")).orElseThrow().members().get("timezone"))
                .isEqualTo(JsonValue.of("US/Pacific-New"));
        assertThat(tickets.documents().adopt("public").workers()).isEqualTo(new Imports.Report(0, 3, List.of()));
    }

    @Test
    void what_came_in_with_a_ticket_can_be_taken_out_again() {
        database.execute(TICKET.formatted("Odd", "", "'ana@example.com'"));
        Documents.AdoptionReport report = tickets.documents().adopt("public");
        assertThat(report.tickets().faults()).isEmpty();
        assertThat(report.tickets().remarks())
                .extracting(remark -> remark.field() + "." + remark.code())
                .containsExactly("tags.duplicate");
        var odd = tickets.agent(id("13")).on(ticket("Odd"));
        Ticket before = odd.ticket();
        assertThat(before.tags()).containsExactly("a", "");
        assertThat(before.customFields()).containsOnlyKeys("a b", "");
        odd.untag("", "a");
        odd.removeField("a b");
        odd.removeField("");
        Ticket after = odd.ticket();
        assertThat(after.tags()).isEmpty();
        assertThat(after.customFields()).isEmpty();
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_ticket_belongs_to_whom_the_literal_tables_say() {
        database.execute(TICKET.formatted("Upper", "", "'ADA@example.com'"));
        database.execute(TICKET.formatted("Lower", "", "'ada@example.com'"));
        database.execute(TICKET.formatted("Opener", "", "null"));
        Documents.AdoptionReport report = tickets.documents().adopt("public");
        boolean upper = tickets.people().customer(id("5")).isPresent();
        assertThat(report.tickets().faults())
                .extracting(fault -> fault.id() + " " + fault.field() + "." + fault.code())
                .containsExactly(ticketBefore(upper ? "Lower" : "Upper") + " customer_email.unknown");
        assertThat(tickets.customer(id(upper ? "5" : "6"))
                        .on(ticket(upper ? "Upper" : "Lower"))
                        .ticket()
                        .title())
                .isEqualTo(upper ? "Upper" : "Lower");
        assertThat(tickets.customer(id("1")).on(ticket("Opener")).ticket().title())
                .isEqualTo("Opener");
        assertThat(report.tickets().remarks())
                .extracting(remark -> remark.field() + "." + remark.code())
                .contains("customer_email.required");

        tickets.people().updateCustomer(id("1"), Customer.Changes.none().email("ana@example.org"));
        assertThat(tickets.documents().adopt("public").tickets().present()).isEqualTo(2);
    }

    @Test
    void people_whom_nobody_knows_are_made_up_where_the_caller_says_so() {
        UUID gone = UUID.randomUUID();
        UUID assignee = UUID.randomUUID();
        UUID writer = UUID.randomUUID();
        orphan(gone, assignee, writer);

        assertThat(tickets.documents().adopt("public").tickets().faults())
                .extracting(fault -> fault.field() + "." + fault.code())
                .containsExactly("created_by.unknown");
        Imports.Report report = tickets.documents()
                .adopt("public", Imports.Options.standard().placeholders(true))
                .tickets();
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.remarks())
                .extracting(remark -> remark.seq() + " " + remark.field() + "." + remark.code())
                .containsExactlyInAnyOrder(
                        "0 tags.duplicate",
                        "0 created_by.placeholder",
                        "1 created_by.placeholder",
                        "1 agent_id.placeholder",
                        "2 created_by.placeholder");
        assertThat(database.value("select count(*) from counterfoil.adoption_problem where kind = 'tickets'"))
                .isEqualTo("0");
        Worker made = tickets.people().worker(gone).orElseThrow();
        assertThat(made.placeholder()).isTrue();
        assertThat(made.active()).isFalse();
        assertThat(made.firstName() + " " + made.lastName()).isEqualTo("Old Hand");
        assertThat(tickets.people().worker(assignee).orElseThrow().lastName()).isEqualTo("Worker");
        assertThat(tickets.people().customer(writer).orElseThrow().placeholder())
                .isTrue();
        assertThat(tickets.people().customer(id("1")).orElseThrow().placeholder())
                .isFalse();
        assertThat(tickets.agent(id("13")).on(ticket("Orphan")).ticket().assignedTo())
                .hasSize(1);
        assertThatThrownBy(() -> tickets.agent(gone).on(ticket("Orphan")).reply("I am nobody"))
                .isInstanceOf(NotAllowed.class);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();

        database.execute("insert into auth.users (id) values ('" + gone + "')");
        tickets.people().registerWorker(NewWorker.of(gone, "olga@example.com", "Olga", "Hand"));
        assertThat(tickets.people().worker(gone).orElseThrow().placeholder()).isFalse();
        tickets.agent(gone).on(ticket("Orphan")).reply("I am somebody");
    }

    /** A ticket of people whom nobody knows. */
    private void orphan(UUID gone, UUID assignee, UUID writer) {
        String event = """
                {"id": "%s", "type": "%s", "created_at": "2024-01-02T00:00:00Z", "created_by_uuid": "%s",
                 "created_by_first_name": "Old", "created_by_last_name": "Hand", "role": "%s", "visibility": "public", %s}""";
        String events = event.formatted(
                        UUID.randomUUID(), "assignment-added", gone, "agent", "\"agent_id\": \"" + assignee + "\"")
                + ","
                + event.formatted(
                        UUID.randomUUID(), "message", writer, "customer", "\"content\": \"Hi\", \"attachments\": []");
        database.execute(TICKET.formatted("Orphan", events, "'ana@example.com'"));
        database.execute("update public.tickets set created_by = md5('20')::uuid, "
                + "assigned_to = jsonb_build_array(jsonb_build_object('id', '" + assignee + "'))");
    }

    @Test
    void a_made_up_worker_who_is_reactivated_is_a_worker_like_others() {
        UUID gone = UUID.randomUUID();
        orphan(gone, UUID.randomUUID(), UUID.randomUUID());
        tickets.documents().adopt("public", Imports.Options.standard().placeholders(true));
        AdminDesk admin = tickets.admin(id("12"));
        assertThatThrownBy(() -> admin.reactivate(gone))
                .isInstanceOfSatisfying(
                        PersonNotFound.class, e -> assertThat(e.code()).isEqualTo("user.not_found"));
        assertThat(tickets.people().worker(gone).orElseThrow().active()).isFalse();

        database.execute("insert into auth.users (id) values ('" + gone + "')");
        admin.reactivate(gone);
        Worker worker = tickets.people().worker(gone).orElseThrow();
        assertThat(worker.active()).isTrue();
        assertThat(worker.placeholder()).isFalse();
        assertThatThrownBy(
                        () -> tickets.people().registerWorker(NewWorker.of(gone, "olga@example.com", "Olga", "Hand")))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("person.exists"));
    }

    @Test
    void a_row_that_cannot_be_read_is_kept_aside_and_the_others_come_over() {
        database.execute(TICKET.formatted("Good", "", "'ana@example.com'"));
        database.execute(TICKET.formatted("Deep", "", "'ana@example.com'")
                .replace("[]}}'", "[".repeat(1_100) + "]".repeat(1_100) + "}}'"));
        database.execute(TICKET.formatted("Nil", "", "'ana@example.com'"));
        database.execute("update public.tickets set id = '00000000-0000-0000-0000-000000000000' where title = 'Nil'");
        Imports.Report report = tickets.documents().adopt("public").tickets();
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.faults())
                .extracting(fault -> fault.field() + "." + fault.code())
                .containsExactlyInAnyOrder("custom_fields.too_deep", "id.malformed");
        assertThat(database.value(
                        "select count(*) from counterfoil.adoption_problem p join public.tickets t using (id) "
                                + "where p.document - '{created_at,custom_fields}'::text[]"
                                + " = to_jsonb(t) - '{created_at,custom_fields,updated_at}'::text[]"))
                .isEqualTo("2");
    }

    @Test
    void what_was_kept_aside_of_a_person_goes_when_they_are_erased() {
        String deep = "[".repeat(1_100) + "]".repeat(1_100) + "}}'";
        database.execute(TICKET.formatted("Of Ana", "", "'ANA@example.com'").replace("[]}}'", deep));
        database.execute(TICKET.formatted("By Dora", "", "'bo@example.com'")
                .replace("[]}}'", deep)
                .replace("md5('1')", "md5('4')"));
        database.execute(TICKET.formatted("Of Bo", "", "'bo@example.com'")
                .replace("[]}}'", deep)
                .replace("md5('1')", "md5('2')"));
        tickets.documents().adopt("public");
        String keptAside =
                "select document ->> 'title' from counterfoil.adoption_problem where kind = 'tickets' order by 1";
        assertThat(database.query(keptAside)).containsExactly("By Dora", "Of Ana", "Of Bo");
        tickets.admin(id("12")).erase(id("1"));
        tickets.admin(id("12")).erase(id("4"));
        assertThat(database.query(keptAside)).containsExactly("Of Bo");
    }

    @Test
    void a_ticket_keeps_its_customer_whatever_the_case_of_the_email_and_whatever_they_are_called_by_now() {
        tickets.documents().adopt("public");
        tickets.admin(id("12")).erase(id("1"));
        tickets.people().updateCustomer(id("2"), Customer.Changes.none().email("bo@example.org"));
        database.execute(TICKET.formatted("Of Ana", "", "'ANA@Example.com'"));
        database.execute(TICKET.formatted("Of Bo", "", "'BO@Example.com'"));
        database.execute(TICKET.formatted("Of nobody", "", "'NOBODY@Example.com'"));
        Imports.Report report = tickets.documents().adopt("public").tickets();
        assertThat(report.faults())
                .extracting(fault -> fault.id() + " " + fault.field() + "." + fault.code())
                .containsExactly(ticketBefore("Of nobody") + " customer_email.unknown");
        assertThat(tickets.customer(id("1")).on(ticket("Of Ana")).ticket().title())
                .isEqualTo("Of Ana");
        assertThat(tickets.customer(id("2")).on(ticket("Of Bo")).ticket().title())
                .isEqualTo("Of Bo");
    }

    private UUID ticket(String title) {
        return UUID.fromString(database.value("select id from counterfoil.tickets where title = '" + title + "'"));
    }

    private UUID ticketBefore(String title) {
        return UUID.fromString(database.value("select id from public.tickets where title = '" + title + "'"));
    }

    private UUID id(String of) {
        return UUID.fromString(database.value("select md5('" + of + "')::uuid"));
    }
}
