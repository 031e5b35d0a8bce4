package io.github.counterfoil.people;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How agents are named to customers: as authors of events, as assignees, and in the history of assignments. Customers never
 * see more of an agent than this, and an agent's e-mail or id never.
 */
public final class AgentDisplay implements AsJson {
    private final Form form;
    private final String team;

    /** Which form of an agent's name customers see. */
    public enum Form implements AsJson {
        /** First and last name; of who has one name, that. */
        FULL_NAME,
        /** First name. */
        FIRST_NAME,
        /** The team's name, the same for all agents. */
        TEAM
    }

    private AgentDisplay(Form form, String team) {
        this.form = form;
        this.team = team;
    }

    /** Customers see first and last names: what a service does unless told otherwise. */
    public static AgentDisplay fullNames() {
        return new AgentDisplay(Form.FULL_NAME, "");
    }

    /** Customers see first names only. */
    public static AgentDisplay firstNames() {
        return new AgentDisplay(Form.FIRST_NAME, "");
    }

    /**
     * Customers see a team and no single agent. A ticket that several agents take care of names it once.
     *
     * @param name what the team calls itself, 1 to 100 code points on one line
     * @throws InvalidInput for what a person could not be called either: {@code team.blank}, {@code team.too_long}, …
     */
    public static AgentDisplay team(String name) {
        Problem problem = TextRules.line(name, TextRules.MAX_NAME);
        if (problem != null) {
            throw new InvalidInput("team", problem.code(), problem.limit());
        }
        return new AgentDisplay(Form.TEAM, name);
    }

    public Form form() {
        return form;
    }

    /** What the team calls itself; empty for the other forms. */
    public String team() {
        return team;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(
                new JsonObject().putAny("form", form).putAny("team", team).text());
    }

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    public static AgentDisplay fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        Form form = fields.constant("form", Form.class);
        String team = form == Form.TEAM ? fields.text("team") : fields.optionalText("team");
        if (form != Form.TEAM && team != null && !team.isEmpty()) {
            fields.add("team", "unexpected");
        }
        fields.done(form);
        return team == null || form != Form.TEAM ? new AgentDisplay(form, "") : team(team);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AgentDisplay that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(form, team);
    }

    @Override
    public String toString() {
        return "AgentDisplay[" + form + "]";
    }
}
