package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.json.JsonValue.Kind;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every documented column, type, event type, event field and value is found in the views. The tables in the annotations
 * are the document's own facts.
 */
class DocumentedShapesTest {
    private static final Set<String> COMMON_EVENT_FIELDS = Set.of(
            "id",
            "type",
            "created_at",
            "created_by_uuid",
            "created_by_first_name",
            "created_by_last_name",
            "role",
            "visibility");

    private static TestDatabase database;
    private static UUID ticketId;

    @BeforeAll
    static void playEveryEventType() {
        database = TestDatabase.withSchema();
        SupportTeam team = SupportTeam.in(database);
        ticketId = team.ticket();
        team.tickets().people().updateCustomer(ADA, Customer.Changes.none().preferredLanguage("en-GB"));
        team.jane().on(ticketId).assign(JANE);
        team.jane().on(ticketId).assign(TOM);
        team.jane().on(ticketId).note("Known recall");
        team.jane().on(ticketId).reply("Please unplug it.");
        team.ada().on(ticketId).reply("Done.");
        team.jane().on(ticketId).setField("serial", "A-1");
        team.jane().on(ticketId).setField("serial", "A-2");
        team.jane().on(ticketId).tag("fire");
        team.jane().on(ticketId).unassign(TOM);
        team.jane().on(ticketId).close();
        team.ada().on(ticketId).rate(5, "Very helpful explanation");
        UUID second = team.ticket();
        team.jane().on(second).assign(JANE);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "tickets, id, uuid",
        "tickets, title, text",
        "tickets, description, text",
        "tickets, status, text",
        "tickets, priority, text",
        "tickets, tags, text[]",
        "tickets, custom_fields, jsonb",
        "tickets, ticket_history, jsonb",
        "tickets, internal_notes, jsonb",
        "tickets, feedback, jsonb",
        "tickets, source_channel, text",
        "tickets, created_at, timestamp with time zone",
        "tickets, updated_at, timestamp with time zone",
        "tickets, created_by, uuid",
        "tickets, customer_email, text",
        "tickets, assigned_to, jsonb",
        "customers, id, uuid",
        "customers, first_name, text",
        "customers, last_name, text",
        "customers, communication_channels, text[]",
        "customers, preferred_language, text",
        "customers, email, text",
        "customers, feedback_history, jsonb",
        "workers, id, uuid",
        "workers, email, text",
        "workers, first_name, text",
        "workers, last_name, text",
        "workers, created_at, timestamp with time zone",
        "workers, role, text",
        "workers, skills, text[]",
        "workers, languages, text[]",
        "workers, timezone, text",
        "workers, metrics, jsonb",
        "workers, assigned_tickets, uuid[]",
        "workers, ticket_history, jsonb",
    })
    void a_documented_column_has_its_type_and_a_value(String view, String column, String type) {
        assertThat(database.value("select format_type(atttypid, atttypmod) from pg_attribute where attrelid = "
                        + "'counterfoil." + view + "'::regclass and attname = '" + column + "'"))
                .isEqualTo(type);
        assertThat(database.query(
                        "select " + column + "::text from counterfoil." + view + " where " + column + " is not null"))
                .isNotEmpty();
    }

    @Test
    void the_views_have_no_other_columns() {
        assertThat(database.query("select table_name || ' ' || count(*) from information_schema.columns "
                        + "where table_schema = 'counterfoil' and table_name in ('tickets', 'customers', 'workers') "
                        + "group by table_name order by table_name"))
                .containsExactly("customers 7", "tickets 16", "workers 12");
    }

    @ParameterizedTest
    @CsvSource({
        "message, content STRING attachments ARRAY",
        "status-update, old_value STRING new_value STRING",
        "field-added, field_name STRING new_value STRING",
        "field-removed, field_name STRING old_value STRING",
        "assignment-added, agent_id STRING",
        "assignment-removed, agent_id STRING",
        "note-added, content STRING",
    })
    void a_documented_event_has_exactly_its_fields(String type, String own) {
        List<Map<String, JsonValue>> events = events(type);
        assertThat(events).isNotEmpty().allSatisfy(event -> {
            String[] pairs = own.split(" ");
            Set<String> names = new TreeSet<>(COMMON_EVENT_FIELDS);
            for (int i = 0; i < pairs.length; i += 2) {
                names.add(pairs[i]);
                assertThat(event.get(pairs[i]).kind()).isEqualTo(Kind.valueOf(pairs[i + 1]));
            }
            assertThat(event.keySet()).isEqualTo(names);
            assertThat(UUID.fromString(event.get("id").string())).isNotNull();
            assertThat(UUID.fromString(event.get("created_by_uuid").string())).isNotNull();
            assertThat(OffsetDateTime.parse(event.get("created_at").string())).isNotNull();
            assertThat(event.get("created_by_first_name").string()).isIn("Jane", "Ada");
            assertThat(event.get("created_by_last_name").string()).isIn("Smith", "Lovelace");
            assertThat(event.get("role").string()).isIn("agent", "customer");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "message, public",
        "status-update, public",
        "field-added, private",
        "field-removed, private",
        "assignment-added, public",
        "assignment-removed, public",
        "note-added, private",
    })
    void a_documented_event_has_the_documented_visibility(String type, String visibility) {
        assertThat(events(type))
                .extracting(event -> event.get("visibility").string())
                .containsOnly(visibility);
    }

    @Test
    void events_stand_in_the_order_in_which_they_happened() {
        assertThat(database.value("select jsonb_agg(e ->> 'created_at')::text = (select jsonb_agg(x order by x)::text "
                        + "from (select e ->> 'created_at' as x from counterfoil.tickets t, "
                        + "jsonb_array_elements(t.ticket_history -> 'events') e where t.id = '" + ticketId + "') s) "
                        + "from counterfoil.tickets t, jsonb_array_elements(t.ticket_history -> 'events') e "
                        + "where t.id = '" + ticketId + "'"))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tickets|internal_notes #> '{notes,0}'|id content created_at created_by",
                "tickets|feedback|rating comment submitted_at",
                "tickets|assigned_to -> 0|id first_name last_name",
                "customers|feedback_history #> '{feedback,0}'|rating comment submitted_at ticket_id",
                "workers|ticket_history -> 0|ticket_id title resolved_at resolution_time feedback",
                "workers|ticket_history #> '{0,feedback}'|rating comment submitted_at",
            })
    void a_documented_json_shape_has_exactly_its_members(String row) {
        String[] parts = row.split("\\|");
        String json = database.query("select (" + parts[1] + ")::text from counterfoil." + parts[0] + " where ("
                        + parts[1] + ") is not null")
                .get(0);
        assertThat(JsonValue.parse(json).members().keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(parts[2].split(" ")));
    }

    @Test
    void a_resolution_time_is_an_interval_and_the_assigned_tickets_are_the_open_ones() {
        assertThat(database.value("select (ticket_history #>> '{0,resolution_time}')::interval > '0 s' "
                        + "from counterfoil.workers where email = 'jane@example.com'"))
                .isEqualTo("t");
        assertThat(database.value("select cardinality(assigned_tickets) from counterfoil.workers "
                        + "where email = 'jane@example.com'"))
                .isEqualTo("1");
    }

    @Test
    void the_documented_values_are_those_of_the_java_types() {
        assertThat(TicketStatus.values())
                .extracting(TicketStatus::wireName)
                .containsExactly("new", "open", "pending", "closed");
        assertThat(Priority.values()).extracting(Priority::wireName).containsExactly("low", "medium", "high");
        assertThat(Visibility.values()).extracting(Visibility::wireName).containsExactly("public", "private");
        assertThat(Role.values()).extracting(Role::wireName).containsExactly("agent", "customer");
        assertThat(WorkerRole.values()).extracting(WorkerRole::wireName).containsExactly("agent", "admin");
    }

    @Test
    void every_documented_event_type_has_a_record_of_its_name() {
        Set<String> records = new TreeSet<>();
        for (Class<?> type : TicketEvent.class.getPermittedSubclasses()) {
            records.add(
                    type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT));
        }
        assertThat(records)
                .contains(
                        "message",
                        "status-update",
                        "field-added",
                        "field-removed",
                        "assignment-added",
                        "assignment-removed",
                        "note-added");
    }

    private static List<Map<String, JsonValue>> events(String type) {
        return database
                .query("select e::text from counterfoil.tickets t, "
                        + "jsonb_array_elements(t.ticket_history -> 'events') e where e ->> 'type' = '" + type + "'")
                .stream()
                .map(JsonValue::parse)
                .map(JsonValue::members)
                .toList();
    }
}
