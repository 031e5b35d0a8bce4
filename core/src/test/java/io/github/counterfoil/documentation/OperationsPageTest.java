package io.github.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What operators are told to run runs, and what they are told of the log is all that there is. */
class OperationsPageTest {
    static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Pattern LINE =
            Pattern.compile("\\b(?:LOG\\.(?:warn|info|error)|warn)\\(\\s*\"([^\"{][^\"]+)\"");

    @Test
    void every_statement_runs_and_is_no_fault_to_the_schema() throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.withSchema();
                Connection owner = database.dataSource().getConnection();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            List<String> all = blocks("sql");
            assertThat(all).hasSize(4);
            for (String sql : all) {
                statement.execute(sql);
            }
            statement.execute(guardsOn());
            assertThat(database.service().joining(owner).schema().verify()).isEmpty();
            owner.rollback();
        }
    }

    /** As the page says that it is made of the other. */
    static String guardsOn() throws IOException {
        String off = blocks("sql").get(0);
        return off.substring(off.indexOf('\n') + 1).replace("disable", "enable");
    }

    @Test
    void every_line_of_the_log_is_listed() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> lines = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                LINE.matcher(Files.readString(source)).results().forEach(line -> lines.add(line.group(1)));
            }
        }
        assertThat(lines)
                .hasSizeBetween(10, 20)
                .allSatisfy(line -> assertThat(page).contains("`" + shown(line)));
    }

    /** Of a line with parts that vary, what the page has of it. */
    private static String shown(String line) {
        return line.replaceAll("\\{}\\{}$", "…")
                .replaceAll("\\{} \\(SQLSTATE XX001\\)$", "…")
                .replace("{}", "…");
    }

    /** The blocks of the page in a language, in order. */
    static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
