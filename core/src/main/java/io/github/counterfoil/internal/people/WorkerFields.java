package io.github.counterfoil.internal.people;

import io.github.counterfoil.internal.validation.Email;
import io.github.counterfoil.internal.validation.Language;
import io.github.counterfoil.internal.validation.Line;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.Timezone;
import io.github.counterfoil.internal.validation.Value;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker to be registered, where all is needed, or to be changed, where nothing is. */
public record WorkerFields(
        @NotNull(message = "required") UUID id,

        @NotNull(message = "required", groups = Registration.class) @Email @Nullable
        String email,

        @NotNull(message = "required", groups = Registration.class) @Line(max = TextRules.MAX_NAME) @Nullable
        String firstName,

        @NotNull(message = "required", groups = Registration.class)
        @Line(max = TextRules.MAX_NAME, optional = true)
        @Nullable
        String lastName,

        @NotNull(message = "required", groups = Registration.class) @Nullable
        WorkerRole role,

        @Size(max = 50, message = "too_many") @Nullable
        List<@NotNull(message = "required") @Line(max = TextRules.MAX_LABEL) String> skills,

        @Size(max = 50, message = "too_many") @Nullable List<@NotNull(message = "required") @Language String> languages,

        @NotNull(message = "required", groups = Registration.class) @Timezone @Nullable
        ZoneId timezone,

        @NotNull(message = "required", groups = Registration.class) @Value(object = true) @Nullable
        JsonValue metrics) {

    public static WorkerFields of(NewWorker worker) {
        return new WorkerFields(
                worker.id(),
                worker.email(),
                worker.firstName(),
                worker.lastName(),
                worker.role(),
                worker.skills(),
                worker.languages(),
                worker.timezone(),
                worker.metrics());
    }

    public static WorkerFields of(UUID id, Worker.Changes changes) {
        return new WorkerFields(
                id,
                changes.email(),
                changes.firstName(),
                changes.lastName(),
                null,
                changes.skills(),
                changes.languages(),
                changes.timezone(),
                changes.metrics());
    }
}
