package io.github.counterfoil.people;

import io.github.counterfoil.json.JsonValue;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to change of a worker; a null stays as it is. The limits are those of {@link NewWorker}. */
public record WorkerChanges(
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable WorkerRole role,
        @Nullable List<String> skills,
        @Nullable List<String> languages,
        @Nullable ZoneId timezone,
        @Nullable JsonValue metrics) {

    public static WorkerChanges none() {
        return new WorkerChanges(null, null, null, null, null, null, null, null);
    }

    public WorkerChanges email(String email) {
        return new WorkerChanges(email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    public WorkerChanges name(String firstName, String lastName) {
        return new WorkerChanges(email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    public WorkerChanges role(WorkerRole role) {
        return new WorkerChanges(email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    public WorkerChanges skills(String... skills) {
        return new WorkerChanges(email, firstName, lastName, role, List.of(skills), languages, timezone, metrics);
    }

    public WorkerChanges languages(String... tags) {
        return new WorkerChanges(email, firstName, lastName, role, skills, List.of(tags), timezone, metrics);
    }

    public WorkerChanges timezone(ZoneId timezone) {
        return new WorkerChanges(email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    public WorkerChanges metrics(JsonValue metrics) {
        return new WorkerChanges(email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    @Override
    public String toString() {
        return "WorkerChanges";
    }
}
