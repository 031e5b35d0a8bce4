package io.github.counterfoil.internal.people;

import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.people.PeopleFunctions.PersonChange;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.InputCheck;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.Directory;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.People;
import io.github.counterfoil.people.Worker;
import java.util.Optional;
import java.util.UUID;

/** Customers and workers as rows. */
public final class PostgresPeople implements People {
    private final Database database;
    private final Directory directory;

    public PostgresPeople(Database database) {
        this.database = database;
        this.directory = new PostgresDirectory(database, null);
    }

    @Override
    public void registerCustomer(NewCustomer customer, UUID commandId) {
        Faults faults = new Faults();
        faults.require("command_id", commandId);
        CustomerFields fields = CustomerFields.of(faults.value("customer", customer));
        InputCheck.check(fields, faults, Registration.class);
        faults.throwIfAny();
        apply(fields.id(), "register-customer", args(fields), commandId);
    }

    @Override
    public void updateCustomer(UUID customerId, Customer.Changes changes, UUID commandId) {
        Faults faults = new Faults();
        faults.require("id", customerId);
        faults.require("command_id", commandId);
        CustomerFields fields = CustomerFields.of(customerId, faults.value("changes", changes));
        InputCheck.check(fields, faults);
        faults.throwIfAny();
        apply(customerId, "update-customer", args(fields), commandId);
    }

    @Override
    public Optional<Customer> customer(UUID customerId) {
        return directory.customer(customerId);
    }

    @Override
    public void registerWorker(NewWorker worker, UUID commandId) {
        Faults faults = new Faults();
        faults.require("command_id", commandId);
        WorkerFields fields = WorkerFields.of(faults.value("worker", worker));
        InputCheck.check(fields, faults, Registration.class);
        faults.throwIfAny();
        apply(fields.id(), "register-worker", args(fields), commandId);
    }

    @Override
    public void updateWorker(UUID workerId, Worker.Changes changes, UUID commandId) {
        Faults faults = new Faults();
        faults.require("id", workerId);
        faults.require("command_id", commandId);
        WorkerFields fields = WorkerFields.of(workerId, faults.value("changes", changes));
        InputCheck.check(fields, faults);
        faults.throwIfAny();
        apply(workerId, "update-worker", args(fields), commandId);
    }

    @Override
    public void registerSystem(UUID systemId, String name, UUID commandId) {
        Faults faults = new Faults();
        faults.require("system_id", systemId);
        faults.require("command_id", commandId);
        faults.add("name", TextRules.line(name, TextRules.MAX_NAME));
        faults.throwIfAny();
        apply(systemId, "register-system", new JsonObject().put("name", name), commandId);
    }

    @Override
    public void detach(UUID personId, UUID commandId) {
        Given.both("person_id", personId, "command_id", commandId);
        apply(personId, "detach", new JsonObject(), commandId);
    }

    private void apply(UUID personId, String change, JsonObject args, UUID commandId) {
        PeopleFunctions.apply(database, new PersonChange(null, personId, change, args), commandId);
    }

    private static JsonObject args(CustomerFields fields) {
        return new JsonObject()
                .put("email", fields.email())
                .put("first_name", fields.firstName())
                .put("last_name", fields.lastName())
                .put("preferred_language", fields.preferredLanguage());
    }

    private static JsonObject args(WorkerFields fields) {
        JsonObject args = new JsonObject()
                .put("email", fields.email())
                .put("first_name", fields.firstName())
                .put("last_name", fields.lastName())
                .put("role", fields.role() == null ? null : fields.role().wireName())
                .put(
                        "timezone",
                        fields.timezone() == null ? null : fields.timezone().getId());
        if (fields.skills() != null) {
            args.putStrings("skills", fields.skills());
        }
        if (fields.languages() != null) {
            args.putStrings("languages", fields.languages());
        }
        if (fields.metrics() != null) {
            args.put("metrics", fields.metrics());
        }
        return args;
    }

    @Override
    public Optional<Worker> worker(UUID workerId) {
        return directory.worker(workerId);
    }

    @Override
    public Optional<Customer> customerByEmail(String email) {
        return directory.customerByEmail(email);
    }

    @Override
    public Page<Customer> customers(String namePrefix, PageRequest page) {
        return directory.customers(namePrefix, page);
    }

    @Override
    public Optional<Worker> workerByEmail(String email) {
        return directory.workerByEmail(email);
    }

    @Override
    public Page<Worker.Listed> workers(Worker.Filter filter, PageRequest page) {
        return directory.workers(filter, page);
    }
}
