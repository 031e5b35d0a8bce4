package io.github.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
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
            assertThat(all).hasSize(5);
            for (String sql : all) {
                statement.execute(sql);
            }
            assertThat(database.service().joining(owner).schema().verify()).isEmpty();
            owner.rollback();
        }
    }

    @Test
    void the_guards_go_off_with_a_hosts_own_triggers_and_each_comes_back_as_it_was() throws IOException, SQLException {
        String states =
                "select string_agg(distinct tgname || tgenabled::text, ' ' order by tgname || tgenabled::text) from pg_trigger t"
                        + " join pg_class c on c.oid = tgrelid where not tgisinternal and relnamespace = 'counterfoil'::regnamespace"
                        + " and (tgname like 'own%' or tgname = 'guard_change')";
        try (TestDatabase database = TestDatabase.unused();
                Connection owner = database.dataSource().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(
                    "create function public.nothing() returns trigger language plpgsql as 'begin return new; end'");
            for (String one : List.of("ordinary", "disable", "enable always", "enable replica")) {
                String name = "own_" + one.replace(' ', '_');
                statement.execute("create trigger " + name
                        + " before insert on counterfoil.ticket for each row execute function public.nothing()");
                if (!one.equals("ordinary")) {
                    statement.execute("alter table counterfoil.ticket " + one + " trigger " + name);
                }
            }
            assertThat(database.value(states))
                    .isEqualTo("guard_changeO own_disableD own_enable_alwaysA own_enable_replicaR own_ordinaryO");
            owner.setAutoCommit(false);
            statement.execute(blocks("sql").get(0));
            statement.execute("create temporary table off as " + states);
            statement.execute(blocks("sql").get(1));
            owner.commit();
            assertThat(database.value(states))
                    .isEqualTo("guard_changeO own_disableD own_enable_alwaysA own_enable_replicaR own_ordinaryO");
            try (ResultSet off = statement.executeQuery("select * from off")) {
                off.next();
                assertThat(off.getString(1))
                        .isEqualTo("guard_changeD own_disableD own_enable_alwaysD own_enable_replicaD own_ordinaryD");
            }
        }
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
