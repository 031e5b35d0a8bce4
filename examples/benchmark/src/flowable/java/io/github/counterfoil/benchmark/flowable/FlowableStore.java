package io.github.counterfoil.benchmark.flowable;

import io.github.counterfoil.benchmark.sample.Person;
import io.github.counterfoil.benchmark.sample.Status;
import io.github.counterfoil.benchmark.store.TicketStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.identity.Authentication;
import org.flowable.engine.HistoryService;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.TaskService;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.task.api.Task;
import org.flowable.task.api.history.HistoricTaskInstance;
import org.flowable.variable.api.history.HistoricVariableInstance;

/** A ticket is a task, what is written are comments, the status is a variable, and a rating completes it. */
public final class FlowableStore implements TicketStore {
    private static final String STATUS = "status";
    private static final String RATING = "rating";
    private static final String MESSAGE = "message";
    private static final String NOTE = "note";

    private final ProcessEngine engine;
    private final TaskService tasks;
    private final HistoryService history;

    public FlowableStore(DataSource dataSource, String schema) {
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(dataSource);
        configuration.setDatabaseSchema(schema);
        configuration.setDatabaseSchemaUpdate("true");
        // Else what a variable was before is lost.
        configuration.setHistoryLevel(HistoryLevel.FULL);
        configuration.setAsyncExecutorActivate(false);
        configuration.setDisableIdmEngine(true);
        configuration.setDisableEventRegistry(true);
        this.engine = configuration.buildProcessEngine();
        this.tasks = engine.getTaskService();
        this.history = engine.getHistoryService();
    }

    /** The engine made its tables; it knows people by their ids alone. */
    @Override
    public void install(List<Person> people) {}

    private static void as(Person person, Runnable work) {
        Authentication.setAuthenticatedUserId(person.id().toString());
        try {
            work.run();
        } finally {
            Authentication.setAuthenticatedUserId(null);
        }
    }

    @Override
    public UUID open(Person customer, String title, String description) {
        UUID id = UUID.randomUUID();
        as(customer, () -> {
            Task task = tasks.newTask(id.toString());
            task.setName(title);
            task.setDescription(description);
            task.setOwner(customer.id().toString());
            tasks.saveTask(task);
        });
        return id;
    }

    @Override
    public void message(UUID ticket, Person author, String text) {
        as(author, () -> tasks.addComment(ticket.toString(), null, MESSAGE, text));
    }

    @Override
    public void note(UUID ticket, Person agent, String text) {
        as(agent, () -> tasks.addComment(ticket.toString(), null, NOTE, text));
    }

    @Override
    public void assign(UUID ticket, Person agent) {
        as(agent, () -> tasks.setAssignee(ticket.toString(), agent.id().toString()));
    }

    @Override
    public void changeStatus(UUID ticket, Person agent, Status status) {
        as(agent, () -> tasks.setVariableLocal(ticket.toString(), STATUS, status.wireName()));
    }

    @Override
    public void close(UUID ticket, Person agent) {
        changeStatus(ticket, agent, Status.CLOSED);
    }

    /** The task is completed with it: nothing can be added to one that is completed. */
    @Override
    public void rate(UUID ticket, Person customer, int rating, String comment) {
        as(customer, () -> tasks.complete(ticket.toString(), Map.of(RATING, rating + " " + comment)));
    }

    @Override
    public Stored stored(UUID ticket) {
        String id = ticket.toString();
        HistoricTaskInstance task =
                history.createHistoricTaskInstanceQuery().taskId(id).singleResult();
        int messages = tasks.getTaskComments(id, MESSAGE).size();
        int notes = tasks.getTaskComments(id, NOTE).size();
        int variables = (int) history.createHistoricDetailQuery()
                .taskId(id)
                .variableUpdates()
                .count();
        String status = value(id, STATUS, "new");
        String assignee = task.getAssignee();
        return new Stored(
                status,
                (assignee == null ? 0 : 1) + messages + notes + variables,
                messages,
                notes,
                assignee == null ? null : UUID.fromString(assignee),
                assignee != null && status.equals("closed") ? 1 : 0,
                value(id, RATING, "0").charAt(0) - '0');
    }

    private String value(String task, String variable, String none) {
        HistoricVariableInstance value = history.createHistoricVariableInstanceQuery()
                .taskId(task)
                .variableName(variable)
                .singleResult();
        return value == null ? none : (String) value.getValue();
    }

    @Override
    public void close() {
        engine.close();
    }
}
