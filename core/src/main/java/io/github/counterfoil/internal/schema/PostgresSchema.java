package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;

/** The schema as it is in a database. */
public final class PostgresSchema implements Schema {
    /** How long those who write are waited for where the database came to another server. */
    private static final int PATIENCE_MILLIS = 5_000;

    private final Database database;
    private final EventTypes eventTypes;
    private final AgentDisplay agentDisplay;

    public PostgresSchema(Database database, EventTypes eventTypes, AgentDisplay agentDisplay) {
        this.database = database;
        this.eventTypes = eventTypes;
        this.agentDisplay = agentDisplay;
    }

    /** Three statements, and only on the first use of a service: the last sees whether the database came to another server. */
    public static void check(DSLContext dsl, Names names) {
        InstalledSchema.read(dsl, names).require(Release.load(), names);
        dsl.select(Routines.followServer(PATIENCE_MILLIS, true)).fetch();
    }

    @Override
    public List<Schema.SqlFile> files() {
        return Release.load().files(database.names());
    }

    @Override
    public List<Schema.SqlFile> apply() {
        return database.transaction(this::applyMissing);
    }

    private List<Schema.SqlFile> applyMissing(Connection connection) throws SQLException {
        Release release = Release.load();
        DSLContext dsl = database.dsl(connection);
        try (Statement lock = connection.createStatement()) {
            lock.execute("select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'))");
        }
        InstalledSchema installed = InstalledSchema.read(dsl, database.names());
        installed.requireUpgradable(release, database.names());
        installed.requireUsers(release, database.names());
        boolean damaged = installed.visible()
                && installed.revision() == release.revision()
                && !release.manifest().dropped(dsl, database.names()).isEmpty();
        List<Schema.SqlFile> missing = release.files(database.names()).stream()
                .filter(file -> isToBeRun(file, installed.state(file, release), damaged))
                .toList();
        if (!missing.isEmpty()) {
            requireRunnable(dsl, installed, release);
        }
        for (Schema.SqlFile file : missing) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(file.sql());
            }
        }
        return missing;
    }

    private static boolean isToBeRun(Schema.SqlFile file, InstalledSchema.FileState state, boolean damaged) {
        return file.version().isPresent()
                ? state == InstalledSchema.FileState.NOT_RUN
                : damaged || state != InstalledSchema.FileState.RUN;
    }

    /** What would fail in PostgreSQL, with an error that names neither object nor cure. */
    private void requireRunnable(DSLContext dsl, InstalledSchema installed, Release release) {
        boolean first = !installed.visible();
        if (first) {
            UsersTable.fault(dsl, database.names()).ifPresent(fault -> {
                throw installed.mismatch(release, "schema.users_unsuitable", fault);
            });
        }
        List<String> lacking = InstallationRights.missing(dsl, database.names(), first);
        if (!lacking.isEmpty()) {
            throw installed.mismatch(
                    release,
                    "schema.not_permitted",
                    "schema " + database.names().schema() + " cannot be made or changed: the connection's role lacks "
                            + String.join(", ", lacking)
                            + ": who owns these grants the role each of them, or makes it a member of the owner");
        }
    }

    @Override
    public void require() {
        read(dsl -> {
            Release release = Release.load();
            InstalledSchema installed = InstalledSchema.read(dsl, database.names());
            installed.require(release, database.names());
            installed.requireUsers(release, database.names());
            List<String> denied = new Grants(release.manifest()).missing(dsl, database.names());
            List<String> missing = release.manifest().missing(Manifest.of(dsl, database.names())).stream()
                    .filter(object -> object.matches("(table|column|view|function|trigger) .*"))
                    .toList();
            if (!missing.isEmpty()) {
                throw installed.mismatch(
                        release,
                        "schema.incomplete",
                        "schema " + database.names().schema() + ": " + String.join(", ", missing)
                                + ": apply() brings functions, triggers and views back, and a backup tables and columns");
            }
            if (!denied.isEmpty()) {
                throw installed.mismatch(
                        release,
                        "schema.not_permitted",
                        "schema " + database.names().schema() + ": the connection's role lacks "
                                + String.join(", ", denied)
                                + ": the owner grants it with the SQL of TicketService.schema().grants(role)");
            }
            return installed;
        });
    }

    @Override
    public List<String> verify() {
        return read(dsl -> {
            Release release = Release.load();
            InstalledSchema installed = InstalledSchema.read(dsl, database.names());
            List<String> differences = new ArrayList<>();
            if (!installed.holdsAllText()) {
                differences.add("the database's encoding is " + installed.encoding() + ", and not UTF8");
            }
            if (!installed.visible()) {
                String absent = installed.denied() == null
                        ? "schema " + database.names().schema()
                        : installed.denied();
                differences.add(absent + " is missing");
                return differences;
            }
            differences.addAll(compareFiles(release, installed));
            if (installed.isBrokenFor(release)) {
                differences.add("version " + installed.brokenSince() + " broke this release");
            } else {
                Manifest found = Manifest.of(dsl, database.names());
                // What is gone is missed by older releases too.
                differences.addAll(
                        installed.isNewerThan(release)
                                ? release.manifest().missing(found)
                                : release.manifest().differences(found, database.names()));
            }
            differences.addAll(new Grants(release.manifest()).excessive(dsl, database.names()));
            return differences;
        });
    }

    private List<String> compareFiles(Release release, InstalledSchema installed) {
        List<String> differences = new ArrayList<>();
        for (Schema.SqlFile file : release.files(database.names())) {
            switch (installed.state(file, release)) {
                case RUN -> {}
                case NOT_RUN -> differences.add("file " + file.fileName() + " was not run");
                case RUN_WITH_ANOTHER_TEXT -> differences.add("file " + file.fileName() + " was run with another text");
            }
        }
        return differences;
    }

    @Override
    public List<String> additions() {
        return read(dsl -> InstalledSchema.read(dsl, database.names()).visible()
                ? Manifest.of(dsl, database.names()).additions(Release.load())
                : List.of());
    }

    @Override
    public String grants(String role) {
        return database.names().fillIn(new Grants(Release.load().manifest()).sql(Names.role("role", role)));
    }

    @Override
    public String rowLevelSecurity(RowLevelSecurity settings) {
        Given.value("settings", settings);
        return new RowLevelSecuritySql(Release.load().manifest(), database.names())
                .sql(settings, eventTypes, agentDisplay);
    }

    @Override
    public String partitions(int count) {
        return new DistributionSql(Release.load(), database.names()).sql("optional/partitions.sql", count);
    }

    @Override
    public String citus(int shards) {
        return new DistributionSql(Release.load(), database.names()).sql("optional/citus.sql", shards);
    }

    /** Without the check that the schema fits, which would forestall the answer. */
    private <T> T read(Function<DSLContext, T> statements) {
        return database.reading(statements);
    }
}
