package io.github.counterfoil.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    @Test
    void prints_both_views_and_the_documented_row_with_every_documented_event_type() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.startInMemory()) {
            PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
            Quickstart.run(postgresql.dataSource(), new Terminal(out, false));
        }
        String text = printed.toString(StandardCharsets.UTF_8);

        assertThat(text)
                .contains("The agents' inbox: 2 not closed, 2 nobody's, 2 closed", "#3  Paper jam, NEW, by Bob Babbage")
                .contains("Jane finds #1", "Ada finds nothing")
                .contains("WHAT THE AGENTS SEE", "WHAT THE CUSTOMER SEES")
                .doesNotContain("\u001b");
        for (String type : List.of(
                "message",
                "status-update",
                "field-added",
                "field-removed",
                "assignment-added",
                "assignment-removed",
                "note-added")) {
            assertThat(text).contains("\"type\": \"" + type + "\"");
        }
        assertThat(text.lines().filter(line -> line.contains(" | ")).map(line -> line.substring(line.indexOf(" | "))))
                .as("the customer's column")
                .noneMatch(line -> line.contains("lawsuit") || line.contains("LP-18") || line.contains("note"));
    }
}
