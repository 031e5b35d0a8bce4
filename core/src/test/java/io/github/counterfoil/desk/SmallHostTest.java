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

/** What a host of 512 MB can do with tickets that hold nearly as much, or more. */
class SmallHostTest {
    private static final int FOUR_MIB = 4 * 1024 * 1024;

    @Test
    void a_host_of_512_MB_reads_verifies_and_exports_a_ticket_of_100_messages_of_4_MiB() throws Exception {
        try (TestDatabase database = TestDatabase.withSchema()) {
            SupportTeam team = SupportTeam.in(database);
            UUID messages = team.ticket();
            UUID descriptions = team.ticket();
            LargeTickets.reply(database, messages, 100, FOUR_MIB);
            LargeTickets.describe(database, descriptions, 24, FOUR_MIB);
            for (int i = 0; i < 18; i++) {
                team.ada().open(NewTicket.of("Small " + i, "Text"));
            }

            assertThat(runSmallHost(database.url(), messages, descriptions))
                    .containsExactly(
                            "agent's events 100",
                            "customer's events 100",
                            "tickets 20",
                            "customer's tickets 20",
                            "stale 3",
                            "discrepancies 0",
                            "version 10",
                            "document 7 truncated",
                            "MiB exported 400",
                            "discrepancies 0",
                            "version 10",
                            "document 3 truncated",
                            "MiB exported 192",
                            "verified 20");
        }
    }

    private static List<String> runSmallHost(String url, UUID messages, UUID descriptions)
            throws IOException, InterruptedException {
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
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
