package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Digest;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.schema.SchemaFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

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
        byte[] content = read(file);
        return new SchemaFile(
                Integer.parseInt(file.substring(0, 3)),
                file.substring(4),
                names.fillIn(new String(content, StandardCharsets.UTF_8)),
                Digest.hex(content));
    }

    static String rowLevelSecurity(
            Names names, RowLevelSecurity settings, Set<String> publicTypes, AgentDisplay agentDisplay) {
        String viewer = switch (settings.viewer()) {
            case SETTING -> "viewer_setting";
            case SUPABASE -> "viewer_supabase";
        };
        String agentName = switch (agentDisplay.form()) {
            case FULL_NAME -> "agent.first_name || ' ' || agent.last_name";
            case FIRST_NAME -> "agent.first_name";
            case TEAM -> literal(agentDisplay.team());
        };
        String sql = new String(read(viewer), StandardCharsets.UTF_8)
                + new String(read("row_level_security"), StandardCharsets.UTF_8);
        return names.fillIn(sql)
                .replace("${owner}", Names.identifier("owner", settings.owner()))
                .replace("${application}", Names.identifier("application", settings.application()))
                .replace("${customer}", Names.identifier("customer", settings.customer()))
                .replace(
                        "${public_types}",
                        publicTypes.stream().sorted().map(SqlFiles::literal).collect(Collectors.joining(", ")))
                .replace("${assignees_named}", agentDisplay.form() == AgentDisplay.Form.TEAM ? "1" : "all")
                .replace("${agent_name}", agentName);
    }

    /** Any text, also within a function's body, which a dollar sign might end. */
    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("U&'");
        text.codePoints().forEach(c -> {
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == ' ');
            literal.append(plain ? Character.toString(c) : String.format(Locale.ROOT, "\\+%06X", c));
        });
        return literal.append("'::text").toString();
    }

    private static byte[] read(String file) {
        String resource = "/io/github/counterfoil/schema/" + file + ".sql";
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
