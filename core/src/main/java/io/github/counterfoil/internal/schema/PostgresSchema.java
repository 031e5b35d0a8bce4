package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;

/** The schema as it is in a database. */
public final class PostgresSchema implements Schema {
    private final Database database;
    private final Set<String> customerVisibleTypes;
    private final AgentDisplay agentDisplay;

    public PostgresSchema(Database database, Set<String> customerVisibleTypes, AgentDisplay agentDisplay) {
        this.database = database;
        this.customerVisibleTypes = customerVisibleTypes;
        this.agentDisplay = agentDisplay;
    }

    /** Two statements, and only on the first use of a service. */
    public static void check(DSLContext dsl, Names names) {
        InstalledSchema.read(dsl, names).require(Release.load(), names);
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
        try (Statement lock = connection.createStatement()) {
            lock.execute("select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'))");
        }
        InstalledSchema installed = InstalledSchema.read(database.dsl(connection), database.names());
        if (!installed.holdsAllText() || installed.denied() != null || installed.brokenSince() > release.version()) {
            installed.require(release, database.names());
        }
        boolean damaged = installed.visible()
                && installed.revision() == release.revision()
                && release.manifest().missing(Manifest.of(database.dsl(connection), database.names())).stream()
                        .anyMatch(missing -> missing.matches("(function|trigger|view) .*"));
        List<Schema.SqlFile> missing = release.files(database.names()).stream()
                .filter(file -> isMissing(file, installed, release)
                        || damaged && file.version().isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            requireRights(connection, installed, release);
        }
        for (Schema.SqlFile file : missing) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(file.sql());
            }
        }
        return missing;
    }

    private void requireRights(Connection connection, InstalledSchema installed, Release release) {
        List<String> lacking =
                InstallationRights.missing(database.dsl(connection), database.names(), !installed.visible());
        if (!lacking.isEmpty()) {
            throw installed.mismatch(
                    release,
                    "schema.not_permitted",
                    "schema " + database.names().schema() + " cannot be made or changed: the connection's role lacks "
                            + String.join(", ", lacking)
                            + ": who owns these grants the role each of them, or makes it a member of the owner");
        }
    }

    private static boolean isMissing(Schema.SqlFile file, InstalledSchema installed, Release release) {
        return file.version().isPresent()
                ? !installed.has(file.version().getAsInt(), file.name())
                : installed.revision() <= release.revision()
                        && !installed.checksum().equals(file.checksum());
    }

    @Override
    public void require() {
        read(dsl -> {
            Release release = Release.load();
            InstalledSchema installed = InstalledSchema.read(dsl, database.names());
            installed.require(release, database.names());
            List<String> denied = new Grants(release.manifest()).missing(dsl, database.names());
            List<String> missing = release.manifest().missing(Manifest.of(dsl, database.names())).stream()
                    .filter(object -> object.matches("(table|column|view|function|trigger) .*"))
                    .toList();
            if (!missing.isEmpty()) {
                throw installed.mismatch(
                        release,
                        "schema.incomplete",
                        "schema " + database.names().schema() + ": " + String.join(", ", missing)
                                + ": apply() brings functions, triggers and views back");
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
            if (!installed.visible()) {
                return List.of(
                        installed.denied() == null
                                ? "schema " + database.names().schema() + " is missing"
                                : installed.denied() + " is missing");
            }
            List<String> differences = compareFiles(release, installed);
            Manifest found = Manifest.of(dsl, database.names());
            // How a newer release made things is not this release's to judge, but what is gone is missed by both.
            boolean newer = installed.revision() > release.revision() || installed.version() > release.version();
            if (installed.brokenSince() <= release.version()) {
                differences.addAll(
                        newer
                                ? release.manifest().missing(found)
                                : release.manifest().differences(found));
            }
            differences.addAll(new Grants(release.manifest()).excessive(dsl, database.names()));
            return differences;
        });
    }

    private List<String> compareFiles(Release release, InstalledSchema installed) {
        List<String> differences = new ArrayList<>();
        for (Schema.SqlFile file : release.files(database.names())) {
            if (file.version().isPresent()) {
                String checksum = installed
                        .files()
                        .get(new InstalledSchema.NumberedFile(file.version().getAsInt(), file.name()));
                if (checksum == null) {
                    differences.add("file " + file.fileName() + " was not run");
                } else if (!checksum.isEmpty() && !checksum.equals(file.checksum())) {
                    differences.add("file " + file.fileName() + " was run with another text");
                }
            } else if (installed.revision() < release.revision()) {
                differences.add("file " + file.fileName() + " was not run");
            } else if (installed.revision() == release.revision()
                    && !installed.checksum().equals(file.checksum())) {
                differences.add("file " + file.fileName() + " was run with another text");
            }
        }
        if (installed.brokenSince() > release.version()) {
            differences.add("version " + installed.brokenSince() + " broke this release");
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
        return database.names()
                .fillIn(new Grants(Release.load().manifest()).sql())
                .replace("<role>", Names.role("role", role));
    }

    @Override
    public String rowLevelSecurity(RowLevelSecurity settings) {
        return new RowLevelSecuritySql(Release.load().manifest(), database.names())
                .sql(settings, customerVisibleTypes, agentDisplay);
    }

    /** Without the check that the schema fits, which would forestall the answer. */
    private <T> T read(Function<DSLContext, T> statements) {
        return database.reading(statements);
    }
}
