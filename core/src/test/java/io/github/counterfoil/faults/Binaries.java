package io.github.counterfoil.faults;

import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's programs, as Maven fetched them. */
final class Binaries {
    private static final Path FOLDER = unpacked();

    private Binaries() {}

    /** How to call one of them: PostgreSQL refuses to run as root, and does not see that it does from inside a user namespace. */
    static List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (Commands.isRoot()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(FOLDER.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** The embedded server unpacks them where it runs, and stays there. */
    private static Path unpacked() {
        try (EmbeddedPostgresql server = EmbeddedPostgresql.startInMemory();
                Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select setting from pg_config where name = 'BINDIR'")) {
            row.next();
            return Path.of(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
