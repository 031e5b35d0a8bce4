package io.github.counterfoil.internal.desk;

import static io.github.counterfoil.internal.jooq.Tables.DEACTIVATE_WORKER;

import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.jooq.tables.records.DeactivateWorkerRecord;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.people.WorkerRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The desk of one administrator. */
public final class PostgresAdminDesk implements AdminDesk {
    private final ServiceContext context;
    private final UUID adminId;

    public PostgresAdminDesk(ServiceContext context, UUID adminId) {
        this.context = context;
        this.adminId = adminId;
    }

    @Override
    public List<UUID> deactivate(UUID workerId) {
        Given.value("worker_id", workerId);
        UUID command = UUID.randomUUID();
        Instant now = context.now();
        List<DeactivateWorkerRecord> freed = context.database()
                .command(command, (dsl, frame) -> dsl.fetch(DEACTIVATE_WORKER(workerId, adminId, command, now)));
        freed.forEach(row -> check(workerId, row.getRefusal()));
        return freed.stream().map(DeactivateWorkerRecord::getTicketId).toList();
    }

    @Override
    public void reactivate(UUID workerId) {
        Given.value("worker_id", workerId);
        write(workerId, dsl -> Routines.reactivateWorker(dsl.configuration(), workerId, adminId));
    }

    @Override
    public void changeRole(UUID workerId, WorkerRole role) {
        Given.both("worker_id", workerId, "role", role);
        write(workerId, dsl -> Routines.changeWorkerRole(dsl.configuration(), workerId, adminId, role.wireName()));
    }

    @Override
    public void erase(UUID personId) {
        Given.value("person_id", personId);
        write(personId, dsl -> Routines.erasePerson(dsl.configuration(), personId, adminId));
    }

    private void write(UUID personId, Function<DSLContext, @Nullable String> statement) {
        context.database()
                .write((dsl, frame) -> Optional.ofNullable(statement.apply(dsl)))
                .ifPresent(refusal -> check(personId, refusal));
    }

    private void check(UUID personId, @Nullable String refusal) {
        Refused.check(refusal, "actor.not_admin".equals(refusal) ? adminId : personId);
    }
}
