package io.github.counterfoil.benchmark.store;

/** The statements of one round trip each, with their parameters as JDBC has them. */
public final class OneStatementSql {
    public static final String OPEN =
            "insert into ticket (id, title, description, source_channel, created_by, customer_id)"
                    + " select ?, ?, ?, 'web', p.id, p.id from person p where p.id = ? and p.active";

    // Without the lock, two that append at the same time would both number their events after the same one.
    private static final String LOCK =
            "with t as (select id, last_seq, status, assignee_id from ticket where id = ? for update)";
    private static final String INSERT =
            ", e as (insert into ticket_event (ticket_id, seq, id, type, created_at, author_id,"
                    + " author_first_name, author_last_name, role, visibility, content, old_value, new_value, agent_id)"
                    + " select t.id, t.last_seq + 1, gen_random_uuid(), %s, clock_timestamp(), p.id, p.first_name,"
                    + " p.last_name, p.role, %s from t join person p on p.id = ? and p.active"
                    + " returning ticket_id, seq, created_at)";
    private static final String UPDATE =
            " update ticket k set last_seq = e.seq, updated_at = e.created_at%s from e where k.id = e.ticket_id";

    public static final String MESSAGE =
            LOCK + INSERT.formatted("'message'", "'public', ?::text, null, null, null::uuid") + UPDATE.formatted("");
    public static final String NOTE = LOCK
            + INSERT.formatted("'note-added'", "'private', ?::text, null, null, null::uuid")
            + UPDATE.formatted("");
    public static final String ASSIGN = LOCK
            + INSERT.formatted("'assignment-added'", "'public', null, null, null, p.id")
            + UPDATE.formatted(", assignee_id = ?");
    public static final String UNASSIGN = LOCK
            + INSERT.formatted("'assignment-removed'", "'public', null, null, null, p.id")
            + UPDATE.formatted(", assignee_id = null");
    public static final String STATUS = LOCK
            + INSERT.formatted("'status-update'", "'public', null, t.status, ?::text, null::uuid")
            + UPDATE.formatted(", status = ?");
    public static final String CLOSE = LOCK
            + INSERT.formatted("'status-update'", "'public', null, t.status, 'closed', null::uuid")
            + ", r as (insert into resolution (ticket_id, seq, worker_id, resolved_at)"
            + " select t.id, e.seq, t.assignee_id, e.created_at from t, e where t.assignee_id is not null)"
            + UPDATE.formatted(", status = 'closed'");
    public static final String RATE = LOCK
            + INSERT.formatted("'feedback-submitted'", "'public', ?::text, null, null, null::uuid")
            + ", f as (insert into feedback (ticket_id, seq, rating, comment, submitted_at)"
            + " select e.ticket_id, e.seq, ?::smallint, ?::text, e.created_at from e)"
            + UPDATE.formatted("");
    public static final String NOTE_ON_EACH = "with t as (select id, last_seq from ticket where id = any (?)"
            + " order by id for update)"
            + INSERT.formatted("'note-added'", "'private', ?::text, null, null, null::uuid")
            + UPDATE.formatted("");

    // The ticket is the first row and shares its columns with the events, so that neither is sent twice.
    public static final String READ = "select * from ("
            + "(select t.last_seq as seq, t.id, t.status, t.created_at, t.customer_id, t.title, t.description,"
            + " t.priority, t.source_channel, c.email, w.first_name, w.last_name, t.assignee_id, t.updated_at, t.tags,"
            + " t.custom_fields, t.created_by from ticket t join person c on c.id = t.customer_id"
            + " left join person w on w.id = t.assignee_id where t.id = ?)"
            + " union all (select seq, id, type, created_at, author_id, author_first_name, author_last_name, role,"
            + " visibility, content, old_value, new_value, agent_id, null, null, null, null"
            + " from ticket_event where ticket_id = ? order by seq desc limit ?)) r"
            + " order by r.updated_at is null, r.seq desc";
    public static final String QUEUE = "select t.id, t.title, t.description, t.status, t.priority, t.tags,"
            + " t.custom_fields, t.source_channel, t.created_at, t.updated_at, t.created_by, t.customer_id, c.email,"
            + " t.assignee_id, w.first_name, w.last_name, t.last_seq"
            + " from ticket t join person c on c.id = t.customer_id left join person w on w.id = t.assignee_id"
            + " where t.assignee_id = ? and t.status = 'open' order by t.created_at desc, t.id desc limit ?";

    private OneStatementSql() {}
}
