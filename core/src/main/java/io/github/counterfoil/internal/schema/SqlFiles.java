package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Digest;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.schema.SchemaFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The SQL files of this release, read from the jar. */
final class SqlFiles {
    private static final List<String> FILES =
            List.of("001_tables", "002_commands", "003_views", "004_people", "005_imports");

    private SqlFiles() {}

    static int latestVersion() {
        return FILES.size();
    }

    static List<SchemaFile> all(Names names) {
        return FILES.stream().map(file -> load(file, names)).toList();
    }

    private static SchemaFile load(String file, Names names) {
        byte[] content = read("/io/github/counterfoil/schema/" + file + ".sql");
        return new SchemaFile(
                Integer.parseInt(file.substring(0, 3)),
                file.substring(4),
                names.fillIn(new String(content, StandardCharsets.UTF_8)),
                Digest.hex(content));
    }

    private static byte[] read(String resource) {
        try (InputStream in = SqlFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
