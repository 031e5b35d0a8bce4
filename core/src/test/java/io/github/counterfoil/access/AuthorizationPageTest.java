package io.github.counterfoil.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of the page refuses what does not belong there, and does not overlook a changed table. */
class AuthorizationPageTest {
    private static final String LAST_ROW_BEGINS = "| `AdminDesk.purgeClosed` |";

    private String text;
    private AuthorizationPage page;

    @BeforeEach
    void read() throws IOException {
        text = AuthorizationPage.text();
        page = AuthorizationPage.read(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\" \" type=\"java.lang.AssertionError\"><![CDATA[java.lang.AssertionError: ",
                "[INFO] Tests run: 1, Failures: 0",
                "seed 4251580198272",
                "| a cell",
                " ",
            })
    void an_unknown_line_is_refused_wherever_it_stands(String line) {
        String[] lines = text.split("\n", -1);
        int inProse = text.substring(0, text.indexOf("## The desks")).split("\n", -1).length - 1;
        int afterTable = text.substring(0, text.indexOf("## Beyond")).split("\n", -1).length - 1;
        for (int at : new int[] {0, inProse, inProse + 2, inProse + 5, afterTable - 1, afterTable, lines.length - 1}) {
            StringBuilder damaged = new StringBuilder();
            for (int i = 0; i < lines.length; i++) {
                damaged.append(i == at ? line + "\n" : "").append(lines[i]).append(i < lines.length - 1 ? "\n" : "");
            }
            refused(damaged.toString());
        }
    }

    @Test
    void text_after_a_row_is_refused() {
        refused(text.replace(row(LAST_ROW_BEGINS), row(LAST_ROW_BEGINS) + " and more"));
    }

    @Test
    void text_after_the_list_is_refused() {
        refused(text + "More.\n");
        refused(text + "\nMore.\n");
        refused(text + "\n");
        refused(text.stripTrailing());
    }

    @Test
    void a_paragraph_without_its_end_is_refused() {
        refused(text.replace(".\n\n## The desks", "\n\n## The desks"));
    }

    @Test
    void rows_in_another_order_are_another_table() {
        String first = row("| `AdminDesk.purge` |");
        String second = row(LAST_ROW_BEGINS);
        String swapped = text.replace(first + "\n" + second, second + "\n" + first);
        assertThat(AuthorizationPage.read(swapped).table()).isNotEqualTo(page.table());
    }

    @Test
    void a_doubled_row_and_a_missing_row_are_another_table() {
        String row = row(LAST_ROW_BEGINS) + "\n";
        assertThat(AuthorizationPage.read(text.replace(row, row + row)).table()).isNotEqualTo(page.table());
        assertThat(AuthorizationPage.read(text.replace(row, "")).table()).isNotEqualTo(page.table());
    }

    @Test
    void a_doubled_method_of_the_hosts_own_is_read_twice() {
        String item = "- `schema`: the SQL files\n";
        assertThat(AuthorizationPage.read(text.replace(item, item + item)).hostsOwn())
                .hasSize(page.hostsOwn().size() + 1);
    }

    private String row(String begins) {
        return text.lines().filter(line -> line.startsWith(begins)).findFirst().orElseThrow();
    }

    private void refused(String damaged) {
        assertThat(damaged).isNotEqualTo(text);
        assertThatThrownBy(() -> AuthorizationPage.read(damaged)).isInstanceOf(IllegalArgumentException.class);
    }
}
