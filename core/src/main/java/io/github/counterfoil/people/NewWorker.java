package io.github.counterfoil.people;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker to register. The limits are checked when it is registered. */
public final class NewWorker implements AsJson {
    private final UUID id;
    private final String email;
    private final String firstName;
    private final String lastName;
    private final WorkerRole role;
    private final List<String> skills;
    private final List<String> languages;
    private final ZoneId timezone;
    private final JsonValue metrics;

    private NewWorker(
            UUID id,
            String email,
            String firstName,
            String lastName,
            WorkerRole role,
            List<String> skills,
            List<String> languages,
            ZoneId timezone,
            JsonValue metrics) {
        this.id = id;
        this.email = email;
        this.firstName = firstName;
        this.lastName = lastName;
        this.role = role;
        this.skills = skills;
        this.languages = languages;
        this.timezone = timezone;
        this.metrics = metrics;
    }

    /**
     * @param id the key in the table of users
     * @param email at most 254 characters, unique among workers without regard to the case of ASCII letters
     * @param firstName 1 to 100 code points on one line
     * @param lastName 1 to 100 code points on one line; empty for who has one name
     */
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

    /** {@link WorkerRole#AGENT} unless said otherwise: how a host gets its first administrator. */
    public NewWorker role(WorkerRole role) {
        return new NewWorker(id, email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    /** @param skills at most 50 of 1 to 64 code points */
    public NewWorker skills(String... skills) {
        return new NewWorker(
                id, email, firstName, lastName, role, Given.held("skills", skills), languages, timezone, metrics);
    }

    /** @param tags at most 50 BCP 47 tags of at most 35 characters */
    public NewWorker languages(String... tags) {
        return new NewWorker(
                id, email, firstName, lastName, role, skills, Given.held("languages", tags), timezone, metrics);
    }

    /**
     * @param timezone a region of the tz database, or UTC, which it is unless said otherwise. What PostgreSQL reads otherwise
     *     than Java is {@code timezone.ambiguous}: offsets ({@code +02:00}, {@code UTC+2}; {@code Etc/GMT-2} is that one's
     *     region) and what it takes for an abbreviation ({@code CET}). What it does not know is {@code timezone.unknown}
     */
    public NewWorker timezone(ZoneId timezone) {
        return new NewWorker(id, email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    /** @param metrics an object of at most 16 KiB, 16 deep; empty unless said otherwise */
    public NewWorker metrics(JsonValue metrics) {
        return new NewWorker(id, email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    public UUID id() {
        return id;
    }

    public String email() {
        return email;
    }

    public String firstName() {
        return firstName;
    }

    public String lastName() {
        return lastName;
    }

    public WorkerRole role() {
        return role;
    }

    /** May be empty. */
    public List<String> skills() {
        return skills;
    }

    /** May be empty. */
    public List<String> languages() {
        return languages;
    }

    public ZoneId timezone() {
        return timezone;
    }

    public JsonValue metrics() {
        return metrics;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putAny("id", id)
                .putAny("email", email)
                .putAny("first_name", firstName)
                .putAny("last_name", lastName)
                .putAny("role", role)
                .putAny("skills", skills)
                .putAny("languages", languages)
                .putAny("timezone", timezone)
                .putAny("metrics", metrics)
                .text());
    }

    /**
     * What {@link #json()} gave; what a worker need not have may be left out.
     *
     * @throws InvalidInput if it is anything else
     */
    public static NewWorker fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        NewWorker plain =
                of(fields.id("id"), fields.text("email"), fields.text("first_name"), fields.text("last_name"));
        WorkerRole given = fields.optionalConstant("role", WorkerRole.class);
        JsonValue figures = fields.optionalValue("metrics");
        return fields.done(plain.role(given == null ? plain.role : given)
                .skills(fields.texts("skills").toArray(String[]::new))
                .languages(fields.texts("languages").toArray(String[]::new))
                .timezone(fields.zone("timezone", plain.timezone))
                .metrics(figures == null ? plain.metrics : figures));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewWorker that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(id, email, firstName, lastName, role, skills, languages, timezone, metrics);
    }

    @Override
    public String toString() {
        return "NewWorker[" + id + " " + role + "]";
    }
}
