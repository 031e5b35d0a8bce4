package io.github.counterfoil.people;

import io.github.counterfoil.error.InvalidInput;

/**
 * How agents are named to customers: as authors of events, as assignees, and in the history of assignments. Customers never
 * see more of an agent than this, and an agent's e-mail or id never.
 *
 * @param form which form of the name
 * @param team what the team calls itself; empty for the other forms
 */
public record AgentDisplay(Form form, String team) {
    private static final int MAX_TEAM = 100;

    /** Which form of an agent's name customers see. */
    public enum Form {
        /** First and last name. */
        FULL_NAME,
        /** First name. */
        FIRST_NAME,
        /** The team's name, the same for all agents. */
        TEAM
    }

    /** @throws InvalidInput {@code team.length} for a team's name of less than 1 or more than 100 code points */
    public AgentDisplay {
        int length = team.codePointCount(0, team.length());
        if (form == Form.TEAM && (team.isBlank() || length > MAX_TEAM)) {
            throw new InvalidInput("team", "length", (long) MAX_TEAM);
        }
    }

    /** Customers see first and last names: what a service does unless told otherwise. */
    public static AgentDisplay fullNames() {
        return new AgentDisplay(Form.FULL_NAME, "");
    }

    /** Customers see first names only. */
    public static AgentDisplay firstNames() {
        return new AgentDisplay(Form.FIRST_NAME, "");
    }

    /** Customers see a team and no single agent. A ticket that several agents take care of names it once. */
    public static AgentDisplay team(String name) {
        return new AgentDisplay(Form.TEAM, name);
    }
}
