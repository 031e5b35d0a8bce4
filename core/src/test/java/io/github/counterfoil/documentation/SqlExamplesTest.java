package io.github.counterfoil.documentation;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Priority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every SQL example of the schema's page runs and finds something. */
class SqlExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("`(?:``sql\n)?(select [^`]+)`");

    @Test
    void every_example_finds_something() throws IOException {
        try (TestDatabase database = TestDatabase.withSchema()) {
            SupportTeam team = SupportTeam.in(database);
            team.tickets().people().updateCustomer(ADA, Customer.Changes.none().preferredLanguage("en-GB"));
            team.tickets()
                    .people()
                    .updateWorker(
                            JANE,
                            Worker.Changes.none()
                                    .skills("api")
                                    .languages("en")
                                    .metrics(JsonValue.parse("{\"calls\": 12}")));
            UUID closed = team.ticket();
            team.jane().on(closed).assign(JANE);
            team.jane().on(closed).note("Careful");
            team.jane().on(closed).setField("serial", "A-1");
            team.jane().on(closed).tag("fire");
            team.jane().on(closed).close();
            team.ada().on(closed).rate(5, null);
            UUID open = team.ticket();
            team.jane().on(open).assign(JANE);
            team.jane().on(open).tag("fire");
            team.jane().on(open).changePriority(Priority.HIGH);

            team.jane().on(team.ticket()).snooze(Instant.now().plusSeconds(3_600));

            List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "schema.md")))
                    .results()
                    .map(example -> example.group(1))
                    .toList();
            assertThat(examples)
                    .as("one for each documented column and each part of the overviews")
                    .hasSize(52);
            for (String example : examples) {
                assertThat(database.query(example)).as(example).isNotEmpty();
            }
        }
    }

    @Test
    void the_narrow_tables_keep_the_names_and_types_of_the_columns_that_the_page_names() throws IOException {
        Map<String, List<String>> promised = Map.of(
                "ticket_activity", List.of("ticket_id uuid", "status text", "updated_at timestamp with time zone"),
                "ticket_assignment",
                        List.of(
                                "ticket_id uuid",
                                "worker_id uuid",
                                "assigned_at timestamp with time zone",
                                "status text",
                                "priority text",
                                "ticket_created_at timestamp with time zone"),
                "ticket_tag",
                        List.of(
                                "ticket_id uuid",
                                "tag text",
                                "status text",
                                "priority text",
                                "ticket_created_at timestamp with time zone"));
        String page = Files.readString(Path.of("..", "docs", "schema.md"));
        try (TestDatabase database = TestDatabase.withSchema()) {
            promised.forEach((table, columns) -> {
                assertThat(page)
                        .contains(columns.stream()
                                .map(column -> column.substring(0, column.indexOf(' ')))
                                .collect(Collectors.joining(", ", "`" + table + " (", ")`")));
                assertThat(database.query("select attname || ' ' || format_type(atttypid, atttypmod) from pg_attribute"
                                + " where attrelid = 'counterfoil." + table
                                + "'::regclass and attnum > 0 and not attisdropped"))
                        .as(table)
                        .containsAll(columns);
            });
        }
    }
}
