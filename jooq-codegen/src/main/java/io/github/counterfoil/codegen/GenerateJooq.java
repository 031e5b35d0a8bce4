package io.github.counterfoil.codegen;

import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.MatcherRule;
import org.jooq.meta.jaxb.MatcherTransformType;
import org.jooq.meta.jaxb.Matchers;
import org.jooq.meta.jaxb.MatchersTableType;
import org.jooq.meta.jaxb.OnError;
import org.jooq.meta.jaxb.Strategy;
import org.jooq.meta.jaxb.Target;

/**
 * Starts a PostgreSQL, applies core's SQL files to it, and writes the jOOQ classes and the manifest for what they made.
 *
 * <p>It reads the files from disk and does not depend on core, so that it also runs while core does not compile.
 */
public final class GenerateJooq {
    private static final String PACKAGE = "io.github.counterfoil.internal.jooq";

    private GenerateJooq() {}

    /** Takes two arguments: the folder of the SQL files, and the source root to write to. */
    public static void main(String[] args) throws Exception {
        SchemaFolder folder = new SchemaFolder(Path.of(args[0]));
        Path sourceRoot = Path.of(args[1]);
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.start();
                Connection connection = postgresql.dataSource().getConnection()) {
            folder.apply(connection);
            folder.writeManifest(connection);
            generate(postgresql.jdbcUrl(), sourceRoot, innerFunctions(connection));
        }
    }

    /** The functions that only others call, as one expression: they have no search path of their own. */
    private static String innerFunctions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select string_agg(distinct p.proname, '|' order by p.proname) from pg_proc p
                        where p.pronamespace = 'counterfoil'::regnamespace
                          and not exists (select from unnest(p.proconfig) as c (setting) where c.setting like 'search_path=%')
                        """)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void generate(String url, Path sourceRoot, String inner) throws Exception {
        GenerationTool.generate(new Configuration()
                .withLogging(Logging.WARN)
                .withOnError(OnError.FAIL)
                .withJdbc(new Jdbc().withUrl(url))
                .withGenerator(new Generator()
                        .withDatabase(new Database()
                                .withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withInputSchema("counterfoil")
                                .withExcludes(
                                        "schema_history|schema_code|adoption_problem|change_epoch|change_consumer|change_place|"
                                                + inner)
                                .withForcedTypes(new ForcedType()
                                        .withName("INSTANT")
                                        .withIncludeTypes("(?i:timestamp\\ with\\ time\\ zone|timestamptz)")))
                        .withGenerate(new Generate()
                                .withJavadoc(false)
                                .withComments(false)
                                .withGeneratedAnnotation(false)
                                // What reading rows and calling functions takes, and nothing of what jOOQ could do
                                // besides.
                                .withGlobalKeyReferences(false)
                                .withGlobalSchemaReferences(true)
                                .withKeys(false)
                                .withRelations(false)
                                .withSequences(false)
                                .withWhereMethodOverrides(false)
                                .withRenameMethodOverrides(false)
                                .withRecordsImplementingRecordN(false)
                                .withImplicitJoinPathsToOne(false)
                                .withImplicitJoinPathsToMany(false)
                                .withIndexes(false))
                        .withStrategy(new Strategy()
                                .withMatchers(new Matchers()
                                        .withTables(new MatchersTableType()
                                                .withTableClass(new MatcherRule()
                                                        .withTransform(MatcherTransformType.PASCAL)
                                                        .withExpression("$0_TABLE")))))
                        .withTarget(new Target().withPackageName(PACKAGE).withDirectory(sourceRoot.toString()))));
    }
}
