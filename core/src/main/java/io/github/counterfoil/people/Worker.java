package io.github.counterfoil.people;

import io.github.counterfoil.json.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/**
 * A support agent or administrator.
 *
 * @param skills may be empty
 * @param languages BCP 47 tags; may be empty
 * @param metrics the host's own figures, an object, kept as given
 * @param active whether the worker may act and be assigned
 */
public record Worker(
        UUID id,
        String email,
        String firstName,
        String lastName,
        Instant createdAt,
        WorkerRole role,
        List<String> skills,
        List<String> languages,
        ZoneId timezone,
        JsonValue metrics,
        boolean active) {

    public Worker {
        skills = List.copyOf(skills);
        languages = List.copyOf(languages);
    }

    @Override
    public String toString() {
        return "Worker[" + id + " " + role + "]";
    }
}
