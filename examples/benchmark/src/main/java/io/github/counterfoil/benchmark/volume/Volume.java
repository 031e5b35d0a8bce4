package io.github.counterfoil.benchmark.volume;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes many tickets, and reports what reading costs among them. */
public final class Volume {
    public static final Set<String> MODES = Set.of("generate", "budgets", "changes");

    public static final String USAGE = """
            benchmark generate [--url JDBC_URL] [--schema S] [--tickets N] [--importers N] [--searches yes|no]
            benchmark budgets  the same, and [--output FOLDER]
            benchmark changes  the same, and [--changes N] [--milliseconds N]

              generate     makes tickets as those of a real desk; run again, it goes on where it broke off
              budgets      makes them if there are none, and writes what each kind of reading costs among them;
                           fails if one costs more than it may
              changes      makes them if there are none, and tells how fast changes are read, and what a reply costs that is followed
              --url        a database whose user is a superuser; without it an embedded PostgreSQL is started
              --schema     where the tickets are: counterfoil_volume
              --tickets    how many: 10000
              --importers  how many import at the same time: 2
              --searches   whether texts get the words that searches find them by: yes; it takes longer than the tickets
              --output     where budgets.md is written: target
              --changes    how many are read: 100000
              --milliseconds  of each slice of replies: 2000
            """;

    private final PrintStream out;
    private final PrintStream progress;
    private final String mode;
    private @Nullable String url;
    private String schema = "counterfoil_volume";
    private long number = 10_000;
    private int importers = 2;
    private boolean searches = true;
    private int changes = 100_000;
    private int milliseconds = 2_000;
    private Path output = Path.of(System.getProperty("benchmark.output", "target"));

    /**
     * @param words a mode, and its options
     * @throws IllegalArgumentException for what is no option
     */
    public Volume(PrintStream out, PrintStream progress, String... words) {
        this.out = out;
        this.progress = progress;
        this.mode = words[0];
        for (Iterator<String> rest = Arrays.asList(words).listIterator(1); rest.hasNext(); ) {
            take(rest.next(), rest);
        }
    }

    /** @return whether every budget that was looked at is kept */
    public boolean run() throws SQLException, IOException {
        if (url != null) {
            return run(url);
        }
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.start()) {
            return run(postgresql.jdbcUrl());
        }
    }

    private void take(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        String value = rest.next();
        switch (option) {
            case "--url" -> url = value;
            case "--schema" -> schema = value;
            case "--tickets" -> number = positive(option, value);
            case "--importers" -> importers = positive(option, value);
            case "--searches" -> searches = yes(option, value);
            case "--changes" -> changes = positive(option, value);
            case "--milliseconds" -> milliseconds = positive(option, value);
            case "--output" -> output = Path.of(value);
            default -> throw new IllegalArgumentException("there is no option " + option);
        }
    }

    private static boolean yes(String option, String value) {
        if (!value.matches("yes|no")) {
            throw new IllegalArgumentException(option + " is yes or no");
        }
        return value.equals("yes");
    }

    private static int positive(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(option + " needs a whole number above 0");
        }
        return Integer.parseInt(value);
    }

    private boolean run(String server) throws SQLException, IOException {
        PGSimpleDataSource unhurried = dataSource(server);
        // Tickets that are lost with the server are made again.
        unhurried.setOptions("-c synchronous_commit=off");
        long there;
        try (HikariDataSource pool = pool(unhurried, importers)) {
            service(pool, schema).schema().apply();
            there = count(pool);
            if (mode.equals("generate") || there == 0) {
                out.println(new Generator(service(pool, schema), number, importers, progress).run());
                execute(pool, "vacuum analyze");
                there = count(pool);
            }
            boolean words = searches && !mode.equals("changes");
            if (words && new SearchedTexts(service(pool, schema), importers, progress).catchUp() > 0) {
                execute(pool, "vacuum analyze");
            }
        }
        if (mode.equals("changes")) {
            try (Following following = new Following(server, schema, changes, Duration.ofMillis(milliseconds), out)) {
                following.run();
            }
        }
        return !mode.equals("budgets") || report(server, there);
    }

    private boolean report(String server, long tickets) throws SQLException, IOException {
        Budgets budgets = Budgets.of(server, schema, searches);
        String report = String.format(Locale.ROOT, "%,d tickets.%n%n", tickets) + budgets.markdown();
        out.print(report);
        Files.createDirectories(output);
        Files.writeString(output.resolve("budgets.md"), report);
        return budgets.broken().isEmpty();
    }

    private long count(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + schema + ".ticket")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static PGSimpleDataSource dataSource(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        return dataSource;
    }

    static HikariDataSource pool(DataSource dataSource, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(dataSource);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(Duration.ofMinutes(1).toMillis());
        return pool;
    }

    /** With users of its own, and a deadline that a slow read does not meet. */
    static TicketService service(DataSource dataSource, String schema) {
        return TicketService.builder(dataSource)
                .schema(schema)
                .usersTable(schema, "users", "id")
                .deadline(Duration.ofMinutes(5))
                .allowAsynchronousCommit()
                .searchable()
                .build();
    }
}
