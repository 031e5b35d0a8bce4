package io.github.counterfoil.internal.desk;

import static io.github.counterfoil.internal.jooq.Tables.DEACTIVATE_WORKER;

import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.jooq.tables.records.DeactivateWorkerRecord;
import io.github.counterfoil.people.WorkerRole;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The desk of one administrator. */
public final class BoundAdminDesk implements AdminDesk {
    private final Counter counter;
    private final UUID adminId;

    public BoundAdminDesk(Counter counter, UUID adminId) {
        this.counter = counter;
        this.adminId = adminId;
    }

    @Override
    public List<UUID> deactivate(UUID workerId) {
        UUID command = UUID.randomUUID();
        Instant now = counter.now();
        List<DeactivateWorkerRecord> rows = counter.database()
                .command(command, dsl -> dsl.fetch(DEACTIVATE_WORKER(workerId, adminId, command, now)));
        return rows.stream()
                .peek(row -> require(workerId, row.getOutcome()))
                .filter(row -> row.getOutcome().equals("freed"))
                .map(DeactivateWorkerRecord::getTicketId)
                .toList();
    }

    @Override
    public void reactivate(UUID workerId) {
        require(
                workerId,
                counter.database().write(dsl -> Routines.reactivateWorker(dsl.configuration(), workerId, adminId)));
    }

    @Override
    public void changeRole(UUID workerId, WorkerRole role) {
        require(
                workerId,
                counter.database()
                        .write(dsl ->
                                Routines.changeWorkerRole(dsl.configuration(), workerId, adminId, role.wireName())));
    }

    @Override
    public void erase(UUID personId) {
        String outcome = counter.database().write(dsl -> Routines.erasePerson(dsl.configuration(), personId, adminId));
        switch (outcome) {
            case "worker-active" -> throw new Conflict("worker.active", personId);
            case "person-unknown" -> throw new PersonNotFound("person", personId);
            default -> require(personId, outcome);
        }
    }

    private void require(UUID workerId, String outcome) {
        switch (outcome) {
            case "not-admin" -> throw new NotAllowed("actor.not_admin", adminId + " is not an active administrator");
            case "worker-unknown", "person-unknown" -> throw new PersonNotFound("worker", workerId);
            default -> {}
        }
    }
}
