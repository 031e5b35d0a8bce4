package io.github.counterfoil.internal.desk;

import static io.github.counterfoil.internal.jooq.Tables.CLAIM_ATTACHMENTS;
import static io.github.counterfoil.internal.jooq.Tables.FORGET_ATTACHMENTS;

import io.github.counterfoil.desk.AttachmentSweep;
import io.github.counterfoil.internal.command.KeptFiles;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.spi.AttachmentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Given up first, so that nobody can name it; then deleted; then forgotten. */
public final class PostgresAttachmentSweep implements AttachmentSweep {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int MOST = 1_000;

    private final ServiceContext context;

    public PostgresAttachmentSweep(ServiceContext context) {
        this.context = context;
    }

    @Override
    public Swept sweep(Duration unnamedFor, int atMost) {
        Faults faults = new Faults();
        faults.add("at_most", Problem.range(atMost, 1, MOST));
        faults.require("unnamed_for", unnamedFor);
        if (unnamedFor != null) {
            faults.add("unnamed_for", Problem.range(unnamedFor.toSeconds(), SHORTEST.toSeconds(), LONGEST.toSeconds()));
        }
        faults.throwIfAny();
        KeptFiles files = context.keptFiles();
        AttachmentStore store = files.store(context.database());
        Instant now = context.now();
        List<UUID> claimed = context.database().write((dsl, frame) -> {
            files.requireOutside(frame);
            return dsl.fetch(CLAIM_ATTACHMENTS(now, unnamedFor.toMillis(), atMost, frame.patience(), frame.durable()))
                    .map(row -> row.getId());
        });
        UUID[] deleted =
                claimed.stream().filter(id -> KeptFiles.deleted(store, id)).toArray(UUID[]::new);
        if (deleted.length > 0) {
            context.database()
                    .write((dsl, frame) ->
                            dsl.fetchSingle(FORGET_ATTACHMENTS(deleted, frame.patience(), frame.durable())));
        }
        return new Swept(deleted.length, claimed.size() - deleted.length);
    }
}
