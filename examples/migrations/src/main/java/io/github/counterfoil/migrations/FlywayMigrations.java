package io.github.counterfoil.migrations;

import io.github.counterfoil.schema.Schema;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Flyway runs Counterfoil's files, beside the host's own migrations and in a history table of their own, since both count
 * from 1.
 */
public final class FlywayMigrations {
    private FlywayMigrations() {}

    /**
     * Call {@code migrate()} on it.
     *
     * @param historySchema where the history table is; must be there, or the role must be allowed to make it
     */
    public static Flyway of(DataSource dataSource, String historySchema, Schema schema) {
        return of(dataSource, historySchema, schema.files());
    }

    static Flyway of(DataSource dataSource, String historySchema, List<Schema.SqlFile> files) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema(historySchema)
                .table("counterfoil_flyway_history")
                // The files are in Counterfoil's jar, and their names are filled in: nothing to look for.
                .locations(new String[0])
                .javaMigrations(files.stream().map(File::new).toArray(JavaMigration[]::new))
                // Where the schema is the host's and has other tables, those are no reason not to begin.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    /** One of the files. Flyway repeats what has no version whenever its checksum has changed. */
    private record File(Schema.SqlFile file) implements JavaMigration {

        @Override
        public @Nullable MigrationVersion getVersion() {
            return file.version().isPresent()
                    ? MigrationVersion.fromVersion(
                            Integer.toString(file.version().getAsInt()))
                    : null;
        }

        @Override
        public String getDescription() {
            return "counterfoil " + file.name();
        }

        @Override
        public Integer getChecksum() {
            return file.checksum().hashCode();
        }

        @Override
        public boolean canExecuteInTransaction() {
            return true;
        }

        @Override
        public void migrate(Context context) throws SQLException {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute(file.sql());
            }
        }
    }
}
