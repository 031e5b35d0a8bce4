package io.github.counterfoil.internal.schema;

import static io.github.counterfoil.internal.jooq.Tables.SCHEMA_HISTORY;

import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.internal.jooq.Counterfoil;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.schema.Schema;
import io.github.counterfoil.schema.SchemaFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The schema as it is in a database. */
public final class AppliedSchema implements Schema {
    private final Database database;
    private final Set<String> customerVisibleTypes;
    private final AgentDisplay agentDisplay;

    public AppliedSchema(Database database, Set<String> customerVisibleTypes, AgentDisplay agentDisplay) {
        this.database = database;
        this.customerVisibleTypes = customerVisibleTypes;
        this.agentDisplay = agentDisplay;
    }

    /** Two statements, and only on the first use of a service. */
    public static void check(DSLContext dsl, Names names) {
        int found = version(dsl, names);
        if (found != SqlFiles.latestVersion()) {
            throw new SchemaMismatch(names.schema(), found, SqlFiles.latestVersion());
        }
    }

    @Override
    public List<SchemaFile> files() {
        return SqlFiles.all(database.names());
    }

    @Override
    public String rowLevelSecurity(RowLevelSecurity settings) {
        return SqlFiles.rowLevelSecurity(database.names(), settings, customerVisibleTypes, agentDisplay);
    }

    @Override
    public List<SchemaFile> apply() {
        return database.withConnection(connection -> {
            if (!connection.getAutoCommit()) {
                return applyMissing(connection);
            }
            connection.setAutoCommit(false);
            try {
                List<SchemaFile> applied = applyMissing(connection);
                connection.commit();
                return applied;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    private List<SchemaFile> applyMissing(Connection connection) throws SQLException {
        Names names = database.names();
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext(?))")) {
            lock.setString(1, names.schema());
            lock.execute();
        }
        DSLContext dsl = database.dsl(connection);
        int found = version(dsl, names);
        if (found > SqlFiles.latestVersion()) {
            throw new SchemaMismatch(names.schema(), found, SqlFiles.latestVersion());
        }
        List<SchemaFile> missing =
                files().stream().filter(file -> file.version() > found).toList();
        for (SchemaFile file : missing) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(file.sql());
            }
            dsl.update(SCHEMA_HISTORY)
                    .set(SCHEMA_HISTORY.CHECKSUM, file.checksum())
                    .where(SCHEMA_HISTORY.VERSION.eq(file.version()))
                    .execute();
        }
        return missing;
    }

    @Override
    public List<String> verify() {
        return database.withConnection(connection -> {
            DSLContext dsl = database.dsl(connection);
            Names names = database.names();
            if (version(dsl, names) == 0) {
                return List.of("schema " + names.schema() + " has no version");
            }
            List<String> differences = new ArrayList<>();
            compareFiles(dsl, differences);
            compareColumns(dsl, names, differences);
            findDisabledTriggers(dsl, names, differences);
            return differences;
        });
    }

    private void compareFiles(DSLContext dsl, List<String> differences) {
        Map<Integer, SchemaFile> expected = new TreeMap<>();
        files().forEach(file -> expected.put(file.version(), file));
        dsl.selectFrom(SCHEMA_HISTORY).orderBy(SCHEMA_HISTORY.VERSION).forEach(row -> {
            SchemaFile file = expected.remove(row.getVersion());
            if (file == null) {
                differences.add("version " + row.getVersion() + " is not of this release");
            } else if (row.getChecksum() != null && !row.getChecksum().equals(file.checksum())) {
                differences.add("version " + row.getVersion() + " was applied from another file");
            }
        });
        expected.keySet().forEach(version -> differences.add("version " + version + " is missing"));
    }

    private static void compareColumns(DSLContext dsl, Names names, List<String> differences) {
        Field<String> tableName = DSL.field("table_name", String.class);
        Field<String> columnName = DSL.field("column_name", String.class);
        var found = dsl.select(tableName, columnName)
                .from("information_schema.columns")
                .where(DSL.field("table_schema", String.class).eq(names.schema()))
                .fetchGroups(tableName, columnName);
        for (Table<?> table : Counterfoil.COUNTERFOIL.getTables()) {
            if (!table.getTableType().isFunction()) {
                List<String> columns = found.getOrDefault(table.getName(), List.of());
                table.fieldStream()
                        .map(Field::getName)
                        .filter(column -> !columns.contains(column))
                        .forEach(column -> differences.add(table.getName() + "." + column + " is missing"));
            }
        }
    }

    private static void findDisabledTriggers(DSLContext dsl, Names names, List<String> differences) {
        dsl.resultQuery("""
                        select t.tgname || ' on ' || c.relname from pg_trigger t
                        join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = {0} and not t.tgisinternal and t.tgenabled = 'D' order by 1
                        """, DSL.val(names.schema()))
                .fetch(row -> row.get(0, String.class))
                .forEach(trigger -> differences.add("trigger " + trigger + " is disabled"));
    }

    /** 0 if there is no schema history. */
    private static int version(DSLContext dsl, Names names) {
        boolean known = dsl.fetchExists(DSL.selectOne()
                .from("information_schema.tables")
                .where(DSL.field("table_schema", String.class).eq(names.schema()))
                .and(DSL.field("table_name", String.class).eq(SCHEMA_HISTORY.getName())));
        if (!known) {
            return 0;
        }
        Integer version =
                dsl.select(DSL.max(SCHEMA_HISTORY.VERSION)).from(SCHEMA_HISTORY).fetchOne(0, Integer.class);
        return version == null ? 0 : version;
    }
}
