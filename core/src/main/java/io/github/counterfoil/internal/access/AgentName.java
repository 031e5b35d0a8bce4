package io.github.counterfoil.internal.access;

import io.github.counterfoil.people.AgentDisplay;

/** An agent's name, on its way to customers. */
public record AgentName(String first, String last) {

    public String shown(AgentDisplay display) {
        return switch (display.form()) {
            // Of what came from elsewhere either may be empty.
            case FULL_NAME -> first + (first.isEmpty() || last.isEmpty() ? "" : " ") + last;
            case FIRST_NAME -> first;
            case TEAM -> display.team();
        };
    }
}
