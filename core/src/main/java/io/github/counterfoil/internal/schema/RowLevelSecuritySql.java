package io.github.counterfoil.internal.schema;

import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.schema.RowLevelSecurity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The optional SQL, with all names filled in. It touches the objects of the manifest and its own, by name. */
final class RowLevelSecuritySql {
    private static final String FULL_NAME = "concat_ws(' ', nullif(agent.first_name, ''), nullif(agent.last_name, ''))";

    private final Manifest manifest;
    private final Names names;

    RowLevelSecuritySql(Manifest manifest, Names names) {
        this.manifest = manifest;
        this.names = names;
    }

    String sql(RowLevelSecurity settings, EventTypes eventTypes, AgentDisplay agentDisplay) {
        check(settings);
        String viewer = switch (settings.viewer()) {
            case SETTING -> "optional/viewer_setting.sql";
            case SUPABASE -> "optional/viewer_supabase.sql";
        };
        String agentName = switch (agentDisplay.form()) {
            case FULL_NAME -> FULL_NAME;
            case FIRST_NAME -> "agent.first_name";
            case TEAM -> literal(agentDisplay.team());
        };
        return SqlTemplate.of(SqlResource.text("optional/row_level_security.sql"))
                .with("viewer_functions", SqlResource.text(viewer))
                .with("grants", new Grants(manifest).sql("${application}"))
                .with("tables", withPartitions(qualified("table")))
                .with("relations", withPartitions(qualified("table", "view")))
                .with("functions", ArrayLiteral.of(manifest.names("function"), "text"))
                .with("signature", Manifest.SIGNATURE)
                .with("users_id_name", "'" + names.usersKey() + "'")
                .with("customer_schema", Names.identifier("customer_schema", customerSchema(settings)))
                .with("owner", Names.role("owner", settings.owner()))
                .with("application", Names.role("application", settings.application()))
                .with("customer", Names.role("customer", settings.customer()))
                .with("public_types", literals(eventTypes.customerVisible().stream()))
                .with(
                        "whole_types",
                        literals(eventTypes.registered().stream()
                                .filter(CustomEventType::showsWholeBody)
                                .map(CustomEventType::name)))
                .with(
                        "shown_members",
                        literals(eventTypes.registered().stream()
                                .flatMap(type ->
                                        type.shownMembers().stream().map(member -> type.name() + "." + member))))
                .with("assignees_named", agentDisplay.form() == AgentDisplay.Form.TEAM ? "1" : "all")
                .with("full_name", FULL_NAME)
                .with("agent_name", agentName)
                .sql(names);
    }

    private void check(RowLevelSecurity settings) {
        Faults faults = new Faults();
        faults.require("customer_schema", settings.customerSchema());
        if (settings.customerSchema() != null) {
            String schema = customerSchema(settings);
            faults.add("customer_schema", Names.problem(schema));
            faults.add("customer_schema", unlessOther(schema, names.schema(), names.usersSchema()));
        }
        faults.add("owner", Names.roleProblem(settings.owner()));
        faults.add("application", Names.roleProblem(settings.application()));
        faults.add("application", unlessOther(settings.application(), settings.owner()));
        faults.add("customer", Names.roleProblem(settings.customer()));
        // With the rights of another role, a customer would read more than their own.
        faults.add("customer", unlessOther(settings.customer(), settings.owner(), settings.application()));
        faults.throwIfAny();
    }

    private static @Nullable Problem unlessOther(@Nullable String name, @Nullable String... others) {
        return name != null && Arrays.asList(others).contains(name) ? Problem.of("not_distinct") : null;
    }

    private String customerSchema(RowLevelSecurity settings) {
        return settings.customerSchema().isEmpty() ? names.schema() + "_customer" : settings.customerSchema();
    }

    private List<String> qualified(String... kinds) {
        return manifest.names(kinds).stream().map(name -> "${schema}." + name).toList();
    }

    /** What belongs to a table only as long as nobody asks for the partition itself. */
    private static String withPartitions(List<String> relations) {
        String given = ArrayLiteral.of(relations, "regclass");
        return "(" + given + " || array(select i.inhrelid::regclass from pg_inherits i where i.inhparent = any ("
                + given + ")))";
    }

    private static String literals(Stream<String> texts) {
        return texts.sorted().map(RowLevelSecuritySql::literal).collect(Collectors.joining(", "));
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
}
