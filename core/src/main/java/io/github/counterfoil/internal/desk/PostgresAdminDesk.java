package io.github.counterfoil.internal.desk;

import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.internal.command.PurgeFunctions;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.people.DeactivatingFunctions;
import io.github.counterfoil.internal.people.ErasingFunctions;
import io.github.counterfoil.internal.people.PeopleFunctions;
import io.github.counterfoil.internal.people.PeopleFunctions.PersonChange;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.people.WorkerRole;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** The desk of one administrator. */
public final class PostgresAdminDesk implements AdminDesk {
    private static final int MOST_PURGED = 1_000;

    private final ServiceContext context;
    private final UUID adminId;

    public PostgresAdminDesk(ServiceContext context, UUID adminId) {
        this.context = context;
        this.adminId = adminId;
    }

    @Override
    public List<UUID> deactivate(UUID workerId, UUID commandId) {
        Given.both("person_id", workerId, "command_id", commandId);
        return DeactivatingFunctions.deactivate(context.database(), adminId, workerId, commandId, context.now());
    }

    @Override
    public void reactivate(UUID workerId, UUID commandId) {
        apply(workerId, "reactivate", new JsonObject(), commandId);
    }

    @Override
    public void changeRole(UUID workerId, WorkerRole role, UUID commandId) {
        Faults faults = new Faults();
        faults.require("person_id", workerId);
        faults.require("command_id", commandId);
        WorkerRole given = faults.value("role", role);
        apply(workerId, "role", new JsonObject().put("role", given.wireName()), commandId);
    }

    @Override
    public void block(UUID customerId, UUID commandId) {
        apply(customerId, "block", new JsonObject(), commandId);
    }

    @Override
    public void unblock(UUID customerId, UUID commandId) {
        apply(customerId, "unblock", new JsonObject(), commandId);
    }

    @Override
    public Erased erase(UUID personId, UUID commandId) {
        Given.both("person_id", personId, "command_id", commandId);
        return ErasingFunctions.erase(context.database(), adminId, personId, commandId);
    }

    @Override
    public void purge(UUID ticketId, UUID commandId) {
        Given.both("ticket_id", ticketId, "command_id", commandId);
        PurgeFunctions.purge(context.database(), adminId, ticketId, commandId, context.now());
    }

    @Override
    public Purged purgeClosed(Instant before, int atMost) {
        Faults faults = new Faults();
        faults.add("before", MomentRules.moment(before));
        faults.add("at_most", Problem.range(atMost, 1, MOST_PURGED));
        faults.throwIfAny();
        Instant moment = before.truncatedTo(ChronoUnit.MICROS);
        return PurgeFunctions.purgeClosed(context.database(), adminId, moment, atMost, context.now());
    }

    @Override
    public Redactions redactions() {
        return new PostgresRedactions(context, adminId);
    }

    private void apply(UUID personId, String change, JsonObject args, UUID commandId) {
        Given.both("person_id", personId, "command_id", commandId);
        PeopleFunctions.apply(context.database(), new PersonChange(adminId, personId, change, args), commandId);
    }
}
