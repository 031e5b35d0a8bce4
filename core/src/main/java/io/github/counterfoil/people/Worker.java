package io.github.counterfoil.people;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A support agent or administrator.
 *
 * @param lastName empty for who has one name
 * @param skills may be empty
 * @param languages BCP 47 tags, or what an import was given for them; may be empty
 * @param timezone null if this JVM does not know the one that is stored, or if PostgreSQL reads its name otherwise: an import
 *     keeps what it is given
 * @param timezoneName as it is stored
 * @param metrics the host's own figures, an object, or what an import was given for them; kept as given
 * @param active whether the worker may act and be assigned
 * @param placeholder whether an import made the worker up, because tickets name them and nobody had registered them
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
        @Nullable ZoneId timezone,
        String timezoneName,
        JsonValue metrics,
        boolean active,
        boolean placeholder)
        implements AsJson {

    public Worker {
        skills = Given.list("skills", skills);
        languages = Given.list("languages", languages);
    }

    /** This, {@code timezone} as it is stored, as the document has it. */
    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putComponents(this, Set.of("timezone", "timezone_name"))
                .put("timezone", timezoneName)
                .text());
    }

    @Override
    public String toString() {
        return "Worker[" + id + " " + role + "]";
    }

    /**
     * What a worker did in a span of time, computed from the tickets' histories.
     *
     * @param openLoad tickets assigned now and not closed, whatever the span
     * @param resolved closings while assigned, in the span; a ticket closed twice counts twice
     * @param medianResolution of the times from the worker's assignment to each of these closings; empty if there were none
     * @param ninetiethResolution the 90th percentile of the same times
     * @param medianFirstResponse of the times from a ticket's opening to the first public message of an agent, where that
     *     message is this worker's and lies in the span; empty if there were none
     * @param averageRating of the ratings in the span of closings while assigned; empty if there were none
     */
    public record Figures(
            int openLoad,
            int resolved,
            Optional<Duration> medianResolution,
            Optional<Duration> ninetiethResolution,
            Optional<Duration> medianFirstResponse,
            OptionalDouble averageRating)
            implements AsJson {}

    /**
     * A worker in a list.
     *
     * @param openLoad tickets assigned now and not closed
     */
    public record Listed(Worker worker, int openLoad) implements AsJson {}

    /** Which workers a list is of. What is not named does not matter. */
    public static final class Filter implements AsJson {
        private final Optional<WorkerRole> role;
        private final Optional<Boolean> active;
        private final List<String> skills;
        private final List<String> languages;

        private Filter(
                Optional<WorkerRole> role, Optional<Boolean> active, List<String> skills, List<String> languages) {
            this.role = role;
            this.active = active;
            this.skills = skills;
            this.languages = languages;
        }

        /** All workers. */
        public static Filter all() {
            return new Filter(Optional.empty(), Optional.empty(), List.of(), List.of());
        }

        public Filter role(WorkerRole role) {
            return new Filter(Optional.of(Given.value("role", role)), active, skills, languages);
        }

        /** Whether they may act and be assigned. */
        public Filter active(boolean active) {
            return new Filter(role, Optional.of(active), skills, languages);
        }

        /** @param skills at most 50, all of which they have, written as they are */
        public Filter skills(String... skills) {
            return new Filter(role, active, Given.list("skills", Given.held("skills", skills)), languages);
        }

        /** @param languages at most 50, all of which they have, written as they are */
        public Filter languages(String... languages) {
            return new Filter(role, active, skills, Given.list("languages", Given.held("languages", languages)));
        }

        /** Empty if it does not matter. */
        public Optional<WorkerRole> role() {
            return role;
        }

        /** Empty if it does not matter. */
        public Optional<Boolean> active() {
            return active;
        }

        /** May be empty. */
        public List<String> skills() {
            return skills;
        }

        /** May be empty. */
        public List<String> languages() {
            return languages;
        }

        @Override
        public JsonValue json() {
            return JsonValue.parse(new JsonObject()
                    .putAny("role", role)
                    .putAny("active", active)
                    .putAny("skills", skills)
                    .putAny("languages", languages)
                    .text());
        }

        /**
         * What {@link #json()} gave; one that is empty is of all workers.
         *
         * @throws InvalidInput if it is anything else
         */
        public static Filter fromJson(JsonValue json) {
            JsonFields fields = JsonFields.of(json);
            return fields.done(new Filter(
                    Optional.ofNullable(fields.optionalConstant("role", WorkerRole.class)),
                    Optional.ofNullable(fields.optionalBool("active")),
                    Given.held("skills", fields.texts("skills")),
                    Given.held("languages", fields.texts("languages"))));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Filter that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        private List<@Nullable Object> parts() {
            return Arrays.asList(role, active, skills, languages);
        }

        @Override
        public String toString() {
            return "Worker.Filter";
        }
    }

    /**
     * What to change of a worker. The limits are those of {@link NewWorker}. A role is changed at the administrators' desk:
     * {@code AdminDesk.changeRole}.
     */
    public static final class Changes implements AsJson {
        private final @Nullable String email;
        private final @Nullable String firstName;
        private final @Nullable String lastName;
        private final @Nullable List<String> skills;
        private final @Nullable List<String> languages;
        private final @Nullable ZoneId timezone;
        private final @Nullable JsonValue metrics;

        private Changes(
                @Nullable String email,
                @Nullable String firstName,
                @Nullable String lastName,
                @Nullable List<String> skills,
                @Nullable List<String> languages,
                @Nullable ZoneId timezone,
                @Nullable JsonValue metrics) {
            this.email = email;
            this.firstName = firstName;
            this.lastName = lastName;
            this.skills = skills;
            this.languages = languages;
            this.timezone = timezone;
            this.metrics = metrics;
        }

        /** Nothing: what is not named stays as it is. */
        public static Changes none() {
            return new Changes(null, null, null, null, null, null, null);
        }

        public Changes email(String email) {
            return new Changes(Given.value("email", email), firstName, lastName, skills, languages, timezone, metrics);
        }

        public Changes name(String firstName, String lastName) {
            Given.both("first_name", firstName, "last_name", lastName);
            return new Changes(email, firstName, lastName, skills, languages, timezone, metrics);
        }

        public Changes skills(String... skills) {
            return new Changes(email, firstName, lastName, Given.held("skills", skills), languages, timezone, metrics);
        }

        public Changes languages(String... tags) {
            return new Changes(email, firstName, lastName, skills, Given.held("languages", tags), timezone, metrics);
        }

        public Changes timezone(ZoneId timezone) {
            return new Changes(
                    email, firstName, lastName, skills, languages, Given.value("timezone", timezone), metrics);
        }

        public Changes metrics(JsonValue metrics) {
            return new Changes(
                    email, firstName, lastName, skills, languages, timezone, Given.value("metrics", metrics));
        }

        /** Null if it stays as it is. */
        public @Nullable String email() {
            return email;
        }

        /** Null if it stays as it is. */
        public @Nullable String firstName() {
            return firstName;
        }

        /** Null if it stays as it is. */
        public @Nullable String lastName() {
            return lastName;
        }

        /** Null if it stays as it is. */
        public @Nullable List<String> skills() {
            return skills;
        }

        /** Null if it stays as it is. */
        public @Nullable List<String> languages() {
            return languages;
        }

        /** Null if it stays as it is. */
        public @Nullable ZoneId timezone() {
            return timezone;
        }

        /** Null if it stays as it is. */
        public @Nullable JsonValue metrics() {
            return metrics;
        }

        /** This, a member for each thing that changes. */
        @Override
        public JsonValue json() {
            return JsonValue.parse(new JsonObject()
                    .putPresent("email", email)
                    .putPresent("first_name", firstName)
                    .putPresent("last_name", lastName)
                    .putPresent("skills", skills)
                    .putPresent("languages", languages)
                    .putPresent("timezone", timezone)
                    .putPresent("metrics", metrics)
                    .text());
        }

        /**
         * What {@link #json()} gave. What is not there, or is {@code null}, stays as it is.
         *
         * @throws InvalidInput if it is anything else
         */
        public static Changes fromJson(JsonValue json) {
            JsonFields fields = JsonFields.of(json);
            return fields.done(new Changes(
                    fields.optionalText("email"),
                    fields.optionalText("first_name"),
                    fields.optionalText("last_name"),
                    fields.has("skills") ? fields.texts("skills") : null,
                    fields.has("languages") ? fields.texts("languages") : null,
                    fields.optionalZone("timezone"),
                    fields.optionalValue("metrics")));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Changes that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        private List<@Nullable Object> parts() {
            return Arrays.asList(email, firstName, lastName, skills, languages, timezone, metrics);
        }

        @Override
        public String toString() {
            return "Worker.Changes";
        }
    }
}
