package io.github.counterfoil.documentation;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The page's commands for a backup and its return, by the plain role that owns the tables. They run where {@code -Dcounterfoil.pg_dump}
 * names the tool, which must not be older than the server, as {@code .ci/run} does.
 */
@Tag("storage")
class BackupTest {
    private static final @Nullable String PG_DUMP = System.getProperty("counterfoil.pg_dump");

    private static final byte[] PHOTO = "a photo".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String application = "counterfoil_backup_" + suffix;
    private @Nullable UUID file;

    @AfterEach
    void dropRole() {
        TestDatabase.dropRoles(application);
    }

    @Test
    void a_whole_backup_comes_back_with_its_grants_once_the_application_s_role_is_there_and_the_desks_go_on()
            throws Exception {
        List<String> commands = commands(0);
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0)).startsWith("pg_dump -Fc");
        assertThat(commands.get(1)).startsWith("pg_restore");
        if (PG_DUMP != null) {
            try (TestDatabase database = TestDatabase.unused();
                    TestDatabase refused = TestDatabase.empty();
                    TestDatabase restored = TestDatabase.empty()) {
                UUID id = worked(database);
                assertThat(run(commands.get(0), database.dataSource())).isEmpty();
                database.asSuperuser("drop owned by " + application);
                TestDatabase.dropRoles(application);
                assertThat(run(commands.get(1), refused.dataSource()))
                        .contains("role \"" + application + "\" does not exist");
                TestDatabase.plainRole(application);
                assertThat(run(commands.get(1), restored.dataSource())).isEmpty();
                goesOn(restored.dataSource(application), id);
            }
        }
    }

    @Test
    void the_data_alone_come_back_into_a_fresh_schema_and_the_desks_go_on() throws Exception {
        List<String> commands = commands(1);
        assertThat(commands).hasSize(2);
        assertThat(commands.get(1)).contains("psql", "-f guards-off.sql -f data.sql -f guards-on.sql");
        if (PG_DUMP != null) {
            try (TestDatabase database = TestDatabase.unused();
                    TestDatabase restored = TestDatabase.unused()) {
                UUID id = worked(database);
                database.asSuperuser("drop owned by " + application);
                TestDatabase.dropRoles(application);
                assertThat(run(commands.get(0), database.dataSource())).isEmpty();
                assertThat(run(commands.get(1), restored.dataSource())).isEmpty();
                granted(restored);
                goesOn(restored.dataSource(application), id);
                assertThat(restored.refusal("update counterfoil.ticket set status = 'open'"))
                        .isEqualTo("42501");
            }
        }
    }

    @Test
    void with_partitions_the_data_alone_come_back_by_a_superuser_into_as_many() throws Exception {
        List<String> commands = commands(1);
        if (PG_DUMP != null && Integer.getInteger("counterfoil.partitions", 0) == 0) {
            try (TestDatabase database = TestDatabase.unused();
                    TestDatabase restored = TestDatabase.unused()) {
                UUID id = worked(database);
                String partitions = service(database.dataSource()).schema().partitions(2);
                database.execute(partitions);
                assertThat(run(
                                commands.get(0).replace("--data-only", "--data-only --disable-triggers"),
                                database.dataSource()))
                        .isEmpty();
                assertThat(run(commands.get(1), restored.superuser()))
                        .contains("relation \"counterfoil.")
                        .contains("does not exist");
                restored.execute(partitions);
                assertThat(run(commands.get(1), restored.superuser())).isEmpty();
                goesOn(restored.dataSource(), id);
            }
        }
    }

    @Test
    void with_row_level_security_the_whole_and_the_data_alone_come_back_as_the_page_says() throws Exception {
        String dump = commands(2).get(0);
        List<String> dataAlone = commands(1);
        RowLevelSecurity settings = RowLevelSecurity.plain()
                .roles("counterfoil_owner_" + suffix, "counterfoil_app_" + suffix, "counterfoil_customer_" + suffix);
        if (PG_DUMP != null) {
            try (TestDatabase database = TestDatabase.unused();
                    TestDatabase restored = TestDatabase.empty();
                    TestDatabase secured = TestDatabase.unused();
                    TestDatabase fresh = TestDatabase.unused()) {
                UUID id = worked(database);
                String security = service(database.dataSource()).schema().rowLevelSecurity(settings);
                database.asSuperuser(security);
                database.asSuperuser("grant \"%s\" to %s".formatted(settings.owner(), database.owner()));
                assertThat(run(dump.replace(" --enable-row-security", ""), database.dataSource()))
                        .contains("query would be affected by row-level security policy");
                assertThat(run(dump, database.dataSource())).isEmpty();
                assertThat(run(commands(3).get(0), restored.superuser())).isEmpty();
                goesOn(restored.superuser(), id);

                String data = dataAlone.get(0).replace("--data-only", "--data-only --enable-row-security");
                assertThat(run(data, database.dataSource())).isEmpty();
                secured.asSuperuser(security);
                assertThat(run(dataAlone.get(1), secured.dataSource()))
                        .contains("COPY FROM not supported with row-level security");
                assertThat(run(dataAlone.get(1), secured.superuser())).isEmpty();
                goesOn(secured.superuser(), id);
                assertThat(run(dataAlone.get(1), fresh.dataSource())).isEmpty();
                fresh.asSuperuser(security);
                goesOn(fresh.superuser(), id);
            } finally {
                TestDatabase.dropRoles(settings.owner(), settings.application(), settings.customer());
            }
        }
    }

    /** A ticket with a history, a consumer that has handled some of it, a text to be searched, a file, and a role that works with it. */
    private UUID worked(TestDatabase database) {
        granted(database);
        TicketService tickets = service(database.dataSource());
        SupportTeam team = SupportTeam.registered(tickets);
        UUID id = tickets.customer(ADA)
                .open(NewTicket.of("Printer on fire", "It burns."))
                .id();
        tickets.agent(JANE).on(id).note("Careful");
        tickets.agent(JANE).on(id).assign(JANE);
        tickets.agent(JANE).on(id).tag("fire");
        tickets.agent(JANE).on(id).close();
        tickets.customer(ADA).on(id).rate(5, "Quick");
        UUID photo = tickets.agent(JANE)
                .on(id)
                .attachments()
                .add("photo.jpg", "image/jpeg", new ByteArrayInputStream(PHOTO))
                .id();
        tickets.agent(JANE).on(id).apply(Command.reply("A photo").with(List.of(photo)));
        file = photo;
        team.ticket();
        tickets.changes().register("broker", ChangeFeed.Start.beginning());
        tickets.changes().process("broker", 100, (portion, transaction) -> {});
        tickets.agent(JANE).on(id).reply("Not handled yet");
        return id;
    }

    private void granted(TestDatabase database) {
        TestDatabase.plainRole(application);
        database.execute(service(database.dataSource()).schema().grants(application));
    }

    private void goesOn(DataSource restored, UUID id) throws IOException {
        TicketService tickets = service(restored);
        tickets.schema().require();
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.verifyAll().tickets()).isEqualTo(2);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(tickets.changes().lag("broker").changes()).isEqualTo(1);
        assertThat(tickets.agent(JANE)
                        .find(TicketQuery.all().matching("careful"), PageRequest.newestFirst(5))
                        .items())
                .extracting(TicketSummary::id)
                .containsExactly(id);
        try (InputStream opened =
                tickets.agent(JANE).on(id).attachments().open(Objects.requireNonNull(file)).orElseThrow().stream()) {
            assertThat(opened.readAllBytes()).isEqualTo(PHOTO);
        }
        assertThat(tickets.customer(ADA).on(id).reopen().version()).isPositive();
        UUID next = tickets.customer(ADA).open(NewTicket.of("Another", "Text")).id();
        assertThat(tickets.agent(JANE).on(next).ticket().number()).isEqualTo(3);
        assertThat(tickets.changes().pull(ChangeFeed.Start.beginning(), 100).changes())
                .hasSizeGreaterThan(8);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    private static TicketService service(DataSource database) {
        return TicketService.builder(database)
                .attachmentsInDatabase()
                .searchable()
                .build();
    }

    private static List<String> commands(int block) throws IOException {
        return OperationsPageTest.blocks("sh").get(block).lines().toList();
    }

    /** Runs a command of the page by who connects there: what it says if it fails, which is nothing else. */
    private String run(String command, DataSource by) throws IOException, InterruptedException {
        PGSimpleDataSource database = (PGSimpleDataSource) by;
        String name = Objects.requireNonNull(database.getDatabaseName());
        Files.writeString(
                folder.resolve("guards-off.sql"),
                OperationsPageTest.blocks("sql").get(0));
        Files.writeString(
                folder.resolve("guards-on.sql"),
                OperationsPageTest.blocks("sql").get(1));
        ProcessBuilder shell = new ProcessBuilder(
                        "bash", "-ec", command.replace("helpdesk", name).replace("-d restored", "-d " + name))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        shell.environment()
                .put("PATH", Path.of(Objects.requireNonNull(PG_DUMP)).getParent() + ":" + System.getenv("PATH"));
        shell.environment().put("PGHOST", database.getServerNames()[0]);
        shell.environment().put("PGPORT", Integer.toString(database.getPortNumbers()[0]));
        shell.environment().put("PGUSER", database.getUser());
        shell.environment().put("PGPASSWORD", Objects.requireNonNullElse(database.getPassword(), ""));
        int ended = shell.start().waitFor();
        String said = Files.readString(folder.resolve("output"));
        return ended == 0 ? "" : "ended with " + ended + ": " + said;
    }
}
