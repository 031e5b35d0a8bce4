package io.github.counterfoil.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresqlTest {
    private final String temporary = System.getProperty("java.io.tmpdir");
    private final String user = System.getProperty("user.name");

    @TempDir
    private Path folder;

    @BeforeEach
    void become() {
        System.setProperty("java.io.tmpdir", folder.toString());
        System.setProperty("user.name", "ACME\\j smith");
    }

    @AfterEach
    void goBack() {
        System.setProperty("java.io.tmpdir", temporary);
        System.setProperty("user.name", user);
    }

    @Test
    void two_users_of_one_temporary_folder_have_a_folder_each() throws Exception {
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.start()) {
            assertThat(dataDirectory(postgresql)).startsWith(folder.resolve("counterfoil-postgresql-ACME_j_smith"));
        }
        try (Stream<Path> left = Files.list(folder.resolve("counterfoil-postgresql-ACME_j_smith"))) {
            assertThat(left)
                    .allSatisfy(
                            path -> assertThat(path.getFileName().toString()).startsWith("PG-"));
        }
    }

    @Test
    void a_tests_server_leaves_no_file_where_it_kept_them_in_memory() throws Exception {
        Path data;
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.startInMemory()) {
            data = dataDirectory(postgresql);
            Path memory = Path.of("/dev/shm");
            assertThat(data.startsWith(memory) || data.startsWith(folder)).isTrue();
            assertThat(data.getParent().getFileName()).hasToString("counterfoil-postgresql-ACME_j_smith");
        }
        assertThat(data).doesNotExist();
        // The programs stay for the next server of a user, which this one is not.
        try (Stream<Path> left = Files.walk(data.getParent())) {
            left.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
        assertThat(data.getParent()).doesNotExist();
    }

    private static Path dataDirectory(EmbeddedPostgresql postgresql) throws SQLException {
        try (Connection connection = postgresql.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }
}
