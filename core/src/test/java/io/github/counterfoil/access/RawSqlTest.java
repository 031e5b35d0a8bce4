package io.github.counterfoil.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.leaks.LeakKit;
import io.github.counterfoil.leaks.LeakReport;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.FilesInMemory;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statement that SQL has, on all that {@code pg_catalog} knows, in the customer's role: none finds what is private. */
@ExtendWith(Chance.class)
class RawSqlTest {
    private static final CustomEventType ESCALATED = CustomEventType.publicType("escalated", 1);
    private static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 1);

    private static final String SCHEMAS = "'counterfoil'::regnamespace, 'counterfoil_customer'::regnamespace";

    /** What openings name: objects of either schema. */
    private static final Pattern OPENED =
            Pattern.compile("\\b(own_\\w+|attachment|tickets?|customer|worker|ticket_\\w+)\\b");

    private static SecuredDatabase secured(AgentDisplay display) {
        return new SecuredDatabase(builder -> builder.attachments(new FilesInMemory(), 1_000)
                .eventType(ESCALATED)
                .eventType(FRAUD_CHECK)
                .agentDisplay(display));
    }

    @ParameterizedTest
    @EnumSource
    void no_sql_of_the_customers_role_finds_a_canary(AgentDisplay.Form form) {
        AgentDisplay display = SecuredDatabase.display(form, "Support");
        try (SecuredDatabase secured = secured(display)) {
            // How agents are shown is seen through what customers read through alone.
            Predicate<String> about =
                    form == AgentDisplay.Form.FULL_NAME ? statement -> true : statement -> statement.contains("own_");
            LeakReport report = probe(secured, display, 40, about);
            System.out.println("row-level security: " + report);
            report.requireNone();
            assertThat(secured.tickets().verifyAll().discrepancies()).isEmpty();
        }
    }

    /** What a fault in the file, or a change behind its back, would open is found. */
    @Tag("planted")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "change own_tickets: o.customer_id = \"counterfoil_customer\".viewer() -> true",
                "change own_history: t.customer_id = \"counterfoil_customer\".viewer() -> true",
                "change own_history: e.public_seq is not null -> true or e.type is null",
                "change own_profile: c.id = \"counterfoil_customer\".viewer() -> true",
                "grant select on ticket to CUSTOMER; create policy open on ticket to CUSTOMER using (true)",
                "grant select on customer to CUSTOMER; create policy open on customer to CUSTOMER using (true)",
                "grant select on ticket_feedback to CUSTOMER; create policy open on ticket_feedback to CUSTOMER using (true)",
                "grant select on ticket_event to CUSTOMER; create policy open on ticket_event to CUSTOMER"
                        + " using (visibility = 'private')",
                "grant select on worker to CUSTOMER; create policy open on worker to CUSTOMER using (true)",
                "grant select on attachment to CUSTOMER; create policy open on attachment to CUSTOMER using (true)",
                "grant select (custom_fields) on ticket to CUSTOMER; create policy open on ticket to CUSTOMER using (true)",
                "grant select (tags) on ticket to CUSTOMER; create policy open on ticket to CUSTOMER using (true)",
                "grant select on ticket to CUSTOMER; alter table ticket no force row level security;"
                        + " alter table ticket disable row level security",
                "grant select on tickets to CUSTOMER; alter view tickets set (security_invoker = false)",
                "alter function counterfoil_customer.own_profile() rename to honest;"
                        + " create function counterfoil_customer.own_profile() returns setof ticket_event language sql"
                        + " security definer as 'select * from counterfoil.ticket_event';"
                        + " alter function counterfoil_customer.own_profile() owner to OWNER;"
                        + " grant execute on function counterfoil_customer.own_profile() to CUSTOMER",
                "grant OWNER to CUSTOMER",
                "grant APPLICATION to CUSTOMER",
            })
    void an_opened_wall_is_found(String opening) {
        try (SecuredDatabase secured = secured(AgentDisplay.fullNames())) {
            open(secured, opening);
            assertThat(probe(secured, AgentDisplay.fullNames(), 10, about(opening))
                            .leaks())
                    .isNotEmpty();
        }
    }

    /** The statements on what an opening names, and what looks at everything where it opens all; it takes time to look at the rest. */
    private static Predicate<String> about(String opening) {
        String named = OPENED.matcher(opening)
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining("|"));
        return named.isEmpty()
                ? statement -> statement.startsWith("select * from")
                : Pattern.compile("\\b(" + named + ")\\b").asPredicate();
    }

    private static void open(SecuredDatabase secured, String opening) {
        if (opening.startsWith("change ")) {
            String[] parts = opening.substring("change ".length()).split(": | -> ");
            secured.changeFunction(parts[0], parts[1], parts[2]);
            return;
        }
        secured.database()
                .asSuperuser("set local search_path = counterfoil; grant usage on schema counterfoil to CUSTOMER; "
                        .concat(opening)
                        .replace("CUSTOMER", '"' + secured.settings().customer() + '"')
                        .replace("APPLICATION", '"' + secured.settings().application() + '"')
                        .replace("OWNER", '"' + secured.settings().owner() + '"'));
    }

    /** So many things happen; after the last one, every customer tries every statement. */
    private static LeakReport probe(
            SecuredDatabase secured, AgentDisplay display, int operations, Predicate<String> about) {
        secured.database().asSuperuser("""
                        create function public.leak(what text) returns boolean language plpgsql cost 0.0000001
                        as $$ begin raise notice '%', what; return true; end $$""");
        List<String> all = everyStatement(secured.database());
        List<String> sql = all.stream().filter(about).toList();
        Set<UUID> asked = new HashSet<>();
        assertThat(all).hasSizeGreaterThan(300);
        assertThat(sql).isNotEmpty();
        return LeakKit.on(secured.tickets())
                .eventTypes(ESCALATED, FRAUD_CHECK)
                .agentDisplay(display)
                .operations(operations)
                .seed(Chance.seed())
                .warmUp(operations - 1)
                .function("raw SQL", (tickets, customer, ticket) -> {
                    List<Object> answers = new ArrayList<>();
                    boolean first = asked.add(customer);
                    for (String statement : sql) {
                        if (!first && !statement.contains("TICKET")) {
                            continue;
                        }
                        try {
                            answers.add(secured.asCustomer(customer, statement.replace("TICKET", ticket.toString())));
                        } catch (SQLException e) {
                            answers.add(e);
                        }
                    }
                    return answers;
                })
                .run();
    }

    /** On all that {@code pg_catalog} knows of the schema, in all the ways that SQL has of looking at it. */
    private static List<String> everyStatement(TestDatabase database) {
        List<String> all = new ArrayList<>();
        all.add("select * from pg_stats where schemaname like 'counterfoil%'");
        all.add("select * from pg_stat_activity");
        for (String relation : database.superuserQuery(
                "select oid::regclass::text from pg_class where relnamespace in (" + SCHEMAS + ')')) {
            all.add("select * from " + relation);
            all.add("select count(*) from " + relation);
            all.add("explain (analyze, verbose) select * from " + relation);
            all.add("copy " + relation + " to stdout");
            all.add("copy (select * from " + relation + ") to stdout");
            all.add("delete from " + relation + " returning *");
            all.add("insert into " + relation + " default values returning *");
            all.add("select * from " + relation + " for update");
            for (String column :
                    database.superuserQuery("select quote_ident(attname) from pg_attribute where attrelid = '"
                            + relation + "'::regclass and attnum > 0")) {
                all.add("select " + column + " from " + relation);
                all.add("select count(*) from " + relation + " where public.leak(" + column + "::text)");
                all.add("explain (analyze, verbose) select from " + relation + " where public.leak(" + column
                        + "::text)");
                all.add("update " + relation + " set " + column + " = " + column + " returning " + column);
                all.add("copy " + relation + " (" + column + ") to stdout");
            }
        }
        all.addAll(database.superuserQuery("""
                select format('select * from %%s(%%s)', p.oid::regproc, (
                  select string_agg(case t::regtype::text when 'uuid' then quote_literal('TICKET') || '::uuid'
                           when 'integer' then '0' when 'jsonb' then '''[{}]''::jsonb' when 'text[]' then '''{}''::text[]'
                           when 'timestamp with time zone' then 'now()' else '''agent''::text' end, ', ' order by n)
                  from unnest(p.proargtypes::oid[]) with ordinality as x (t, n)))
                from pg_proc p where p.pronamespace in (%s)""".formatted(SCHEMAS)));
        return all;
    }
}
