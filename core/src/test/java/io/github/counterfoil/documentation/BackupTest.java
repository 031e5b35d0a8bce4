package io.github.counterfoil.documentation;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    @TempDir
    private Path folder;

    @Test
    void a_whole_backup_comes_back_as_it_was_and_the_desks_go_on() throws Exception {
        String commands = OperationsPageTest.blocks("sh").get(0);
        assertThat(commands).contains("pg_dump -Fc", "pg_restore");
        if (PG_DUMP != null) {
            try (TestDatabase database = TestDatabase.withSchema();
                    TestDatabase restored = TestDatabase.empty()) {
                UUID id = worked(database);
                run(commands, database, restored);
                goesOn(restored, id);
            }
        }
    }

    @Test
    void the_data_alone_come_back_into_a_fresh_schema_and_the_desks_go_on() throws Exception {
        String commands = OperationsPageTest.blocks("sh").get(1);
        assertThat(commands).contains("pg_dump --data-only", "psql", "-f guards-off.sql -f data.sql -f guards-on.sql");
        if (PG_DUMP != null) {
            try (TestDatabase database = TestDatabase.withSchema();
                    TestDatabase restored = TestDatabase.unused()) {
                UUID id = worked(database);
                Files.writeString(
                        folder.resolve("guards-off.sql"),
                        OperationsPageTest.blocks("sql").get(0));
                Files.writeString(folder.resolve("guards-on.sql"), OperationsPageTest.guardsOn());
                run(commands, database, restored);
                goesOn(restored, id);
                assertThat(restored.refusal("update counterfoil.ticket set status = 'open'"))
                        .isEqualTo("42501");
            }
        }
    }

    /** A ticket with a history, a consumer that has handled some of it, a search and a file. */
    private static UUID worked(TestDatabase database) {
        SupportTeam team = SupportTeam.in(database);
        TicketService tickets = service(database);
        UUID id = tickets.customer(ADA)
                .open(NewTicket.of("Printer on fire", "It burns."))
                .id();
        tickets.agent(JANE).on(id).note("Careful");
        tickets.agent(JANE).on(id).assign(JANE);
        tickets.agent(JANE).on(id).tag("fire");
        tickets.agent(JANE).on(id).close();
        tickets.customer(ADA).on(id).rate(5, "Quick");
        team.ticket();
        tickets.changes().register("broker", ChangeFeed.Start.beginning());
        tickets.changes().process("broker", 100, (portion, transaction) -> {});
        tickets.agent(JANE).on(id).reply("Not handled yet");
        return id;
    }

    private static void goesOn(TestDatabase restored, UUID id) {
        TicketService tickets = service(restored);
        tickets.schema().require();
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.verifyAll().tickets()).isEqualTo(2);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(tickets.changes().lag("broker").changes()).isEqualTo(1);
        assertThat(tickets.customer(ADA).on(id).reopen().version()).isPositive();
        UUID next = tickets.customer(ADA).open(NewTicket.of("Another", "Text")).id();
        assertThat(tickets.agent(JANE).on(next).ticket().number()).isEqualTo(3);
        assertThat(tickets.changes().pull(ChangeFeed.Start.beginning(), 100).changes())
                .hasSizeGreaterThan(8);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    private static TicketService service(TestDatabase database) {
        return TicketService.builder(database.dataSource()).searchable().build();
    }

    private void run(String commands, TestDatabase from, TestDatabase into) throws IOException, InterruptedException {
        PGSimpleDataSource source = (PGSimpleDataSource) from.dataSource();
        PGSimpleDataSource target = (PGSimpleDataSource) into.dataSource();
        ProcessBuilder shell = new ProcessBuilder(
                        "bash",
                        "-ec",
                        commands.replace("helpdesk", Objects.requireNonNull(source.getDatabaseName()))
                                .replace("-d restored", "-d " + target.getDatabaseName()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        shell.environment()
                .put("PATH", Path.of(Objects.requireNonNull(PG_DUMP)).getParent() + ":" + System.getenv("PATH"));
        shell.environment().put("PGHOST", source.getServerNames()[0]);
        shell.environment().put("PGPORT", Integer.toString(source.getPortNumbers()[0]));
        shell.environment().put("PGUSER", source.getUser());
        shell.environment().put("PGPASSWORD", Objects.requireNonNullElse(source.getPassword(), ""));
        int ended = shell.start().waitFor();
        assertThat(List.of(ended))
                .as(Files.readString(folder.resolve("output")))
                .containsExactly(0);
    }
}
