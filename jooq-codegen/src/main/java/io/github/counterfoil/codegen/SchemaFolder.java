package io.github.counterfoil.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The folder of core's SQL files. */
final class SchemaFolder {
    private static final String MANIFEST = "manifest.txt";

    private final Path folder;

    SchemaFolder(Path folder) {
        this.folder = folder;
    }

    void apply(Connection connection) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Path file : numbered()) {
                statement.execute(filledIn(file));
            }
            for (Path file : repeatable()) {
                statement.execute(filledIn(file));
            }
        }
    }

    /** Which files there are, and what they made. A changed set of repeatable files gets the next revision. */
    void writeManifest(Connection connection) throws IOException, SQLException {
        String checksum = checksum();
        List<String> lines = new ArrayList<>();
        lines.add("# Written by jooq-codegen: the files of this release, and every object that they make.");
        lines.add("revision " + revision(checksum));
        lines.add("checksum " + checksum);
        Stream.concat(numbered().stream(), repeatable().stream())
                .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                .forEach(file -> lines.add("file " + file));
        try (Statement statement = connection.createStatement();
                ResultSet objects = statement.executeQuery(filledIn(folder.resolve("manifest.sql")))) {
            while (objects.next()) {
                lines.add(String.join("\t", objects.getString(1), objects.getString(2), objects.getString(3)));
            }
        }
        Files.writeString(folder.resolve(MANIFEST), String.join("\n", lines) + "\n");
    }

    private int revision(String checksum) throws IOException {
        int revision = 0;
        for (String line : Files.exists(folder.resolve(MANIFEST))
                ? Files.readAllLines(folder.resolve(MANIFEST))
                : List.<String>of()) {
            if (line.startsWith("revision ")) {
                revision = Integer.parseInt(line.substring("revision ".length()));
            } else if (line.equals("checksum " + checksum)) {
                return revision;
            }
        }
        return revision + 1;
    }

    private List<Path> numbered() throws IOException {
        return files("tables");
    }

    private List<Path> repeatable() throws IOException {
        List<Path> files = new ArrayList<>(files("functions"));
        files.addAll(files("triggers"));
        files.addAll(files("views"));
        return files;
    }

    private List<Path> files(String kind) throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve(kind))) {
            return found.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }

    private static String filledIn(Path file) throws IOException {
        return Files.readString(file)
                .replace("${schema}", "\"counterfoil\"")
                .replace("${users_schema}", "\"auth\"")
                .replace("${users_id}", "\"id\"")
                .replace("${users}", "\"auth\".\"users\"")
                .replace("${checksum}", "generated");
    }

    /** Of what the repeatable statement is made of; also of the tables' files, since it grants what they make. */
    private String checksum() throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            List<Path> files = new ArrayList<>(numbered());
            files.addAll(repeatable());
            files.add(folder.resolve("code.sql"));
            files.add(folder.resolve("manifest.sql"));
            for (Path file : files) {
                sha256.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                sha256.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
