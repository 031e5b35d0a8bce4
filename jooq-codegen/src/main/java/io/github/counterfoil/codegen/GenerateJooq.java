package io.github.counterfoil.codegen;

import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.OnError;
import org.jooq.meta.jaxb.Target;

/**
 * Starts a PostgreSQL, applies core's SQL files to it and writes the jOOQ classes for what they made.
 *
 * <p>It reads the files from disk and does not depend on core, so that it also runs while core does not compile.
 */
public final class GenerateJooq {
    private static final String PACKAGE = "io.github.counterfoil.internal.jooq";

    private GenerateJooq() {}

    /** Takes two arguments: the folder of the SQL files, and the source root to write to. */
    public static void main(String[] args) throws Exception {
        Path files = Path.of(args[0]);
        Path sourceRoot = Path.of(args[1]);
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.start()) {
            apply(files, postgresql);
            generate(postgresql.jdbcUrl(), sourceRoot);
        }
    }

    private static void apply(Path files, EmbeddedPostgresql postgresql) throws IOException, SQLException {
        try (Connection connection = postgresql.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (Path file : sqlFiles(files)) {
                statement.execute(Files.readString(file)
                        .replace("${schema}", "counterfoil")
                        .replace("${users_schema}", "auth")
                        .replace("${users_id}", "id")
                        .replace("${users}", "auth.users"));
            }
        }
    }

    /** The numbered files: those without a number are for hosts to choose. */
    private static List<Path> sqlFiles(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.getFileName().toString().matches("\\d{3}_.*\\.sql"))
                    .sorted()
                    .toList();
        }
    }

    private static void generate(String url, Path sourceRoot) throws Exception {
        GenerationTool.generate(new Configuration()
                .withLogging(Logging.WARN)
                .withOnError(OnError.FAIL)
                .withJdbc(new Jdbc().withUrl(url))
                .withGenerator(new Generator()
                        .withDatabase(new Database()
                                .withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withInputSchema("counterfoil")
                                .withExcludes("refuse_change|ensure_user")
                                .withForcedTypes(new ForcedType()
                                        .withName("INSTANT")
                                        .withIncludeTypes("(?i:timestamp\\ with\\ time\\ zone|timestamptz)")))
                        .withGenerate(new Generate()
                                .withJavadoc(false)
                                .withComments(false)
                                .withGeneratedAnnotation(false)
                                .withRecords(true)
                                .withIndexes(false))
                        .withTarget(new Target().withPackageName(PACKAGE).withDirectory(sourceRoot.toString()))));
    }
}
