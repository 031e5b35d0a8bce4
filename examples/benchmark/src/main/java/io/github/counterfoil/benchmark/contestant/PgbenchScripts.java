package io.github.counterfoil.benchmark.contestant;

import io.github.counterfoil.benchmark.sample.Samples;
import io.github.counterfoil.benchmark.sample.TicketSet;
import io.github.counterfoil.benchmark.store.OneStatementSql;
import io.github.counterfoil.benchmark.workload.Workload;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements of one round trip each, as scripts of pgbench. */
final class PgbenchScripts {
    /** What {@link #of} can write. */
    static final Set<Workload> WORKLOADS = Set.of(
            Workload.LIFECYCLE,
            Workload.OPEN,
            Workload.APPEND_EMPTY,
            Workload.APPEND_SHORT,
            Workload.APPEND_LONG,
            Workload.TRIAGE,
            Workload.READ_SHORT,
            Workload.READ_LONG,
            Workload.QUEUE);

    /** The name of the variable that holds a message; pgbench makes no texts itself. */
    static final String TEXT_VARIABLE = "text";

    private static final String TEXT = ":" + TEXT_VARIABLE + "::text";
    private static final String AGENT = person(Samples.agentId(0).toString(), "agent");
    private static final String CUSTOMER = person(Samples.customerId(0).toString(), "customer");
    private static final String NEW_TICKET =
            "(lpad(to_hex(:high::bigint), 16, '0') || lpad(to_hex(:low::bigint), 16, '0'))::uuid";

    private PgbenchScripts() {}

    /** @param threads among which the tickets are divided */
    static String of(Workload workload, Samples samples, int threads) {
        String draw = "\\set agent random(0, " + (Samples.AGENTS - 1) + ")\n\\set customer random(0, "
                + (Samples.CUSTOMERS - 1) + ")\n"
                + "\\set high random(0, 9223372036854775806)\n\\set low random(0, 9223372036854775806)\n";
        TicketSet set = workload.sets().stream().findFirst().orElse(TicketSet.IMPORT);
        String ticket =
                "(" + prefix(Samples.ticketId(set, 0).toString()) + " || lpad(to_hex(:ticket::bigint), 12, '0'))::uuid";
        int size = Math.max(1, samples.size(set));
        int own = Math.max(1, size / threads);
        String pick = "\\set ticket (:client_id * " + own + " + random(0, " + (own - 1) + ")) % " + size + "\n";
        return switch (workload) {
            case LIFECYCLE -> draw + lifecycle();
            case OPEN -> draw + statement(OneStatementSql.OPEN, NEW_TICKET, "'Printer on fire'", TEXT, CUSTOMER);
            case APPEND_EMPTY, APPEND_SHORT, APPEND_LONG ->
                draw + pick + statement(OneStatementSql.MESSAGE, ticket, TEXT, AGENT);
            case TRIAGE ->
                draw
                        + pick
                        + statement(OneStatementSql.ASSIGN, ticket, AGENT, AGENT)
                        + status(ticket, "open")
                        + status(ticket, "pending");
            case READ_SHORT, READ_LONG ->
                draw + pick + statement(OneStatementSql.READ, ticket, ticket, Integer.toString(Workload.PAGE));
            case QUEUE -> draw + statement(OneStatementSql.QUEUE, AGENT, Integer.toString(Workload.PAGE));
            case BULK, IMPORT -> throw new IllegalArgumentException(workload.id());
        };
    }

    private static String lifecycle() {
        String messages = IntStream.range(0, Workload.MESSAGES)
                .mapToObj(i -> statement(OneStatementSql.MESSAGE, NEW_TICKET, TEXT, i % 2 == 0 ? CUSTOMER : AGENT))
                .collect(Collectors.joining());
        return String.join(
                "",
                List.of(
                        statement(OneStatementSql.OPEN, NEW_TICKET, "'Printer on fire'", TEXT, CUSTOMER),
                        statement(OneStatementSql.ASSIGN, NEW_TICKET, AGENT, AGENT),
                        messages,
                        statement(OneStatementSql.NOTE, NEW_TICKET, TEXT, AGENT),
                        status(NEW_TICKET, "pending"),
                        statement(OneStatementSql.CLOSE, NEW_TICKET, AGENT),
                        statement(OneStatementSql.RATE, NEW_TICKET, "'Fine'", CUSTOMER, "5", "'Fine'")));
    }

    private static String status(String ticket, String status) {
        return statement(OneStatementSql.STATUS, ticket, "'" + status + "'", AGENT, "'" + status + "'");
    }

    /** The statement on one line, with values in place of its parameters. */
    private static String statement(String sql, String... values) {
        String[] parts = sql.split("\\?", -1);
        StringBuilder statement = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            statement.append(values[i - 1]).append(parts[i]);
        }
        return statement.append(";\n").toString();
    }

    private static String person(String first, String variable) {
        return "(" + prefix(first) + " || lpad(to_hex(:" + variable + "::bigint), 12, '0'))::uuid";
    }

    /** All of an id but its last group, which is the number. */
    private static String prefix(String id) {
        return "'" + id.substring(0, id.lastIndexOf('-') + 1) + "'";
    }
}
