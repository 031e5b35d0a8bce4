package io.github.counterfoil.migrations;

import io.github.counterfoil.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Counterfoil's files as one changelog of Liquibase's formatted SQL. Write it when you take a new release of Counterfoil, keep
 * it with your own changelogs, and include it in your root changelog.
 */
public final class LiquibaseChangelog {
    private LiquibaseChangelog() {}

    /** Writes {@code counterfoil.sql} into a folder. */
    public static Path write(Schema schema, Path folder) throws IOException {
        return write(schema.files(), folder);
    }

    static Path write(List<Schema.SqlFile> files, Path folder) throws IOException {
        StringBuilder changelog = new StringBuilder("--liquibase formatted sql\n");
        for (Schema.SqlFile file : files) {
            changelog
                    .append("\n--changeset counterfoil:")
                    .append(file.fileName())
                    // Each file is one text for PostgreSQL; what has no version is run again when it has changed.
                    .append(" splitStatements:false stripComments:false")
                    .append(file.version().isPresent() ? "\n" : " runOnChange:true\n")
                    .append(file.sql());
        }
        return Files.writeString(folder.resolve("counterfoil.sql"), changelog);
    }
}
