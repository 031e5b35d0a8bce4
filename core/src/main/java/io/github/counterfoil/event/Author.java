package io.github.counterfoil.event;

import io.github.counterfoil.json.AsJson;
import java.util.UUID;

/**
 * Who did something, named as they were at that moment.
 *
 * @param id {@code created_by_uuid}
 * @param firstName {@code created_by_first_name}
 * @param lastName {@code created_by_last_name}; empty for who has one name
 * @param role {@code role}
 */
public record Author(UUID id, String firstName, String lastName, Role role) implements AsJson {
    @Override
    public String toString() {
        return role + " " + id;
    }
}
