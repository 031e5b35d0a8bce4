package io.github.counterfoil.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.testing.LargeTickets;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a small host can do with tickets that hold nearly as much as its heap, or more. */
class SmallHostTest {
    private static final int FOUR_MIB = 4 * 1024 * 1024;
    /** Of the host's heap. The tickets hold as much in proportion. */
    private static final int MEGABYTES = Integer.getInteger("counterfoil.small-host", 256);

    @Test
    void a_small_host_reads_verifies_and_exports_tickets_that_hold_nearly_as_much_as_its_heap() throws Exception {
        try (TestDatabase database = TestDatabase.withSchema()) {
            SupportTeam team = SupportTeam.in(database);
            UUID messages = team.ticket();
            UUID descriptions = team.ticket();
            int replies = MEGABYTES * 100 / 512;
            int changes = MEGABYTES * 24 / 512;
            LargeTickets.reply(database, messages, replies, FOUR_MIB);
            LargeTickets.describe(database, descriptions, changes, FOUR_MIB);
            for (int i = 0; i < 18; i++) {
                team.ada().open(NewTicket.of("Small " + i, "Text"));
            }

            assertThat(runSmallHost(database.url(), messages, descriptions))
                    .containsExactly(
                            "agent's events " + replies,
                            "customer's events " + replies,
                            "tickets 20",
                            "customer's tickets 20",
                            "stale 3",
                            "discrepancies 0",
                            "version 10",
                            "document 7 truncated",
                            "MiB exported " + 4 * replies,
                            "discrepancies 0",
                            "version 10",
                            "document 3 truncated",
                            "MiB exported " + 8 * changes,
                            "verified 20");
        }
    }

    private static List<String> runSmallHost(String url, UUID messages, UUID descriptions)
            throws IOException, InterruptedException {
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + MEGABYTES + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SmallHost.class.getName(),
                        url,
                        messages.toString(),
                        descriptions.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(host.waitFor()).as(output).isZero();
        return output.lines()
                .filter(line -> !line.contains("SLF4J") && !line.contains("logVersionSupport"))
                .toList();
    }
}
