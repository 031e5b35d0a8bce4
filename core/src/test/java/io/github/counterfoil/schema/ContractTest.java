package io.github.counterfoil.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The document's facts about columns that are stored: which are required, unique, have a default or refer to another table,
 * and where each lives. What PostgreSQL's catalogue says of the place must be what the document says of the column.
 */
class ContractTest {
    private static final Map<String, Class<?>> JAVA_TYPES = Stream.concat(
                    Stream.of(
                            Ticket.class,
                            Ticket.Assignee.class,
                            CustomerTicket.Feedback.class,
                            Customer.class,
                            Worker.class,
                            TicketEvent.Header.class,
                            Author.class),
                    Stream.of(TicketEvent.class.getPermittedSubclasses()))
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabase.withSchema();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // documented column | lives in | required | default | unique | refers to
                "tickets.id | ticket.id | yes | gen_random_uuid() | yes | -",
                "tickets.title | ticket.title | yes | - | - | -",
                "tickets.description | ticket.description | yes | - | - | -",
                "tickets.status | ticket.status | yes | 'new'::text | - | -",
                "tickets.priority | ticket.priority | yes | - | - | -",
                "tickets.tags | ticket.tags | yes | '{}'::text[] | - | -",
                "tickets.custom_fields | ticket.custom_fields | yes | '{}'::jsonb | - | -",
                "tickets.source_channel | ticket.source_channel | - | - | - | -",
                "tickets.created_at | ticket.created_at | yes | - | - | -",
                "tickets.updated_at | ticket.updated_at | yes | - | - | -",
                "tickets.created_by | ticket.created_by | yes | - | - | -",
                "tickets.customer_email | ticket.customer_id | yes | - | - | counterfoil.customer",
                "customers.id | customer.id | yes | - | yes | -",
                "customers.first_name | customer.first_name | yes | - | - | -",
                "customers.last_name | customer.last_name | yes | - | - | -",
                "customers.communication_channels | customer.communication_channels | yes | '{}'::text[] | - | -",
                "customers.preferred_language | customer.preferred_language | - | - | - | -",
                "customers.email | customer.email | yes | - | yes | -",
                "workers.id | worker.id | yes | - | yes | -",
                "workers.email | worker.email | yes | - | yes | -",
                "workers.first_name | worker.first_name | yes | - | - | -",
                "workers.last_name | worker.last_name | yes | - | - | -",
                "workers.created_at | worker.created_at | yes | clock_timestamp() | - | -",
                "workers.role | worker.role | yes | - | - | -",
                "workers.skills | worker.skills | yes | '{}'::text[] | - | -",
                "workers.languages | worker.languages | yes | '{}'::text[] | - | -",
                "workers.timezone | worker.timezone | yes | - | - | -",
                "workers.metrics | worker.metrics | yes | '{}'::jsonb | - | -",
            })
    void a_documented_column_is_what_the_document_says(
            String documented, String home, String required, String defaultValue, String unique, String refersTo) {
        String[] view = documented.split("\\.");
        assertThat(database.query("select 1 from information_schema.columns where table_schema = 'counterfoil' "
                        + "and table_name = '" + view[0] + "' and column_name = '" + view[1] + "'"))
                .as(documented + " is in the view")
                .hasSize(1);
        String[] place = home.split("\\.");
        String column = "from pg_attribute a where a.attrelid = 'counterfoil." + place[0]
                + "'::regclass and a.attname = '" + place[1] + "'";
        assertThat(database.value("select a.attnotnull " + column)).isEqualTo("yes".equals(required) ? "t" : "f");
        assertThat(database.value("select (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d "
                        + "where d.adrelid = a.attrelid and d.adnum = a.attnum) " + column))
                .isEqualTo(defaultValue);
        assertThat(database.value(
                        "select exists (select from pg_index i where i.indrelid = a.attrelid and i.indisunique "
                                + "and i.indnkeyatts = 1 and (i.indkey[0] = a.attnum "
                                + "or pg_get_indexdef(i.indexrelid) like '%lower((' || a.attname || '%')) " + column))
                .isEqualTo("yes".equals(unique) ? "t" : "f");
        assertThat(database.value("select (select c.confrelid::regclass::text from pg_constraint c "
                        + "where c.conrelid = a.attrelid and c.contype = 'f' and c.conkey = array[a.attnum]) "
                        + column))
                .isEqualTo(refersTo);
    }

    /** Through a column that is the id, but for people whom an import made up and those whose account may go. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "customer | 'a@example.com', 'A', 'A' | email, first_name, last_name | placeholder OR erased OR detached",
                "worker | 'a@example.com', 'A', 'A', 'agent', 'UTC' | email, first_name, last_name, role, timezone"
                        + " | placeholder OR erased OR detached OR system",
            })
    void a_person_is_a_user(String table, String values, String columns, String others) {
        String stranger = UUID.randomUUID().toString();
        assertThat(database.refusal("insert into counterfoil." + table + " (id, " + columns + ") values ('" + stranger
                        + "', " + values + ")"))
                .isEqualTo("23503");
        assertThat(database.value("select pg_get_constraintdef(oid) from pg_constraint where conname = '" + table
                        + "_id_fkey' and contype = 'f'"))
                .isEqualTo("FOREIGN KEY (user_id) REFERENCES auth.users(id)");
        assertThat(database.value("select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d join pg_attribute a "
                                + "on a.attrelid = d.adrelid and a.attnum = d.adnum where d.adrelid = 'counterfoil."
                                + table + "'::regclass and a.attname = 'user_id'")
                        .strip()
                        .replaceAll("\\s+", " "))
                .isEqualTo("CASE WHEN (" + others + ") THEN NULL::uuid ELSE id END");
    }

    @ParameterizedTest
    @CsvSource({
        "Ticket, id UUID title String description String status TicketStatus priority Priority tags List customFields Map"
                + " feedback Optional sourceChannel Optional createdAt Instant updatedAt Instant createdBy UUID"
                + " customerEmail String assignedTo List",
        "Customer, id UUID firstName String lastName String communicationChannels List preferredLanguage Optional"
                + " email String",
        "Worker, id UUID email String firstName String lastName String createdAt Instant role WorkerRole skills List"
                + " languages List timezone ZoneId metrics JsonValue",
        "Assignee, id UUID firstName String lastName String",
        "Feedback, rating int comment String submittedAt Instant",
        "Header, id UUID createdAt Instant visibility Visibility",
        "Author, id UUID firstName String lastName String role Role",
        "Message, content String attachments List",
        "StatusUpdate, oldValue TicketStatus newValue TicketStatus",
        "FieldAdded, fieldName String newValue JsonValue",
        "FieldRemoved, fieldName String oldValue JsonValue",
        "AssignmentAdded, agentId UUID",
        "AssignmentRemoved, agentId UUID",
        "NoteAdded, content String",
    })
    void a_documented_field_is_a_component_of_its_java_type(String type, String components) {
        Map<String, String> found = new HashMap<>();
        for (RecordComponent component : JAVA_TYPES.get(type).getRecordComponents()) {
            found.put(component.getName(), component.getType().getSimpleName());
        }
        String[] pairs = components.split(" ");
        for (int i = 0; i < pairs.length; i += 2) {
            assertThat(found).containsEntry(pairs[i], pairs[i + 1]);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ticket.status | new open pending closed",
                "ticket.priority | low medium high",
                "ticket_event.role | agent customer",
                "ticket_event.visibility | public private",
                "worker.role | agent admin",
            })
    void a_documented_list_of_values_is_all_that_is_written(String home, String values) {
        Stream<String> written = switch (home) {
            case "ticket.status" -> Stream.of(TicketStatus.values()).map(TicketStatus::wireName);
            case "ticket.priority" -> Stream.of(Priority.values()).map(Priority::wireName);
            case "ticket_event.role" -> Stream.of(Role.values()).map(Role::wireName);
            case "ticket_event.visibility" -> Stream.of(Visibility.values()).map(Visibility::wireName);
            default -> Stream.of(WorkerRole.values()).map(WorkerRole::wireName);
        };
        assertThat(written).containsExactlyInAnyOrder(values.split(" "));
    }
}
