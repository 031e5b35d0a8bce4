package io.github.counterfoil.people;

import io.github.counterfoil.json.JsonValue;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A worker to register. The limits are checked when it is registered.
 *
 * @param id the key in the table of users
 * @param email at most 254 characters, unique among workers without regard to the case of ASCII letters
 * @param firstName 1 to 100 code points on one line
 * @param lastName 1 to 100 code points on one line
 * @param role {@link WorkerRole#AGENT} unless said otherwise
 * @param skills at most 50 of 1 to 64 code points
 * @param languages at most 50 BCP 47 tags of at most 35 characters
 * @param timezone UTC unless said otherwise
 * @param metrics an object of at most 16 KiB, 16 deep; empty unless said otherwise
 */
public record NewWorker(
        UUID id,
        String email,
        String firstName,
        String lastName,
        WorkerRole role,
        List<String> skills,
        List<String> languages,
        ZoneId timezone,
        JsonValue metrics) {

    public NewWorker {
        skills = List.copyOf(skills);
        languages = List.copyOf(languages);
    }

    public static NewWorker of(UUID id, String email, String firstName, String lastName) {
        return new NewWorker(
                id,
                email,
                firstName,
                lastName,
                WorkerRole.AGENT,
                List.of(),
                List.of(),
                ZoneId.of("UTC"),
                JsonValue.ofObject(Map.of()));
    }

    public NewWorker role(WorkerRole role) {
        return new NewWorker(id, email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    public NewWorker skills(String... skills) {
        return new NewWorker(id, email, firstName, lastName, role, List.of(skills), languages, timezone, metrics);
    }

    public NewWorker languages(String... tags) {
        return new NewWorker(id, email, firstName, lastName, role, skills, List.of(tags), timezone, metrics);
    }

    public NewWorker timezone(ZoneId timezone) {
        return new NewWorker(id, email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    public NewWorker metrics(JsonValue metrics) {
        return new NewWorker(id, email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    @Override
    public String toString() {
        return "NewWorker[" + id + " " + role + "]";
    }
}
