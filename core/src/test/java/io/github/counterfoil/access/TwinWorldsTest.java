package io.github.counterfoil.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.testing.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Noninterference: no customer can tell two databases apart that differ only in private events, in what only the staff
 * sees, and in the data of others. A longer run: {@code -Dcounterfoil.twins.scripts=20000}.
 */
@ExtendWith(Chance.class)
class TwinWorldsTest {
    private static final int SCRIPTS = Integer.getInteger("counterfoil.twins.scripts", 35);
    private static final int THREADS = 2;

    @Test
    void no_customer_can_tell_the_twin_worlds_apart() throws Exception {
        System.out.println("twin worlds: " + SCRIPTS + " scripts, seed " + Chance.seed());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Long>> halves = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                halves.add(() -> play(first));
            }
            long answers = 0;
            for (Future<Long> half : threads.invokeAll(halves)) {
                answers += half.get();
            }
            System.out.println("twin worlds: " + answers + " answers compared, none differed");
            // Four steps and the end, where both customers ask: six times seven questions, in the shortest script.
            assertThat(answers).isGreaterThanOrEqualTo(42L * SCRIPTS);
        } finally {
            threads.shutdown();
        }
    }

    private static long play(int first) {
        try (TwinWorlds worlds = first % 2 == 0 ? new TwinWorlds() : TwinWorlds.searchedLater()) {
            for (int script = first; script < SCRIPTS; script += THREADS) {
                try {
                    new TwinScript(worlds, Chance.seed() + script, Set.of()).play();
                } catch (AssertionError e) {
                    throw new AssertionError("script " + script + " of seed " + Chance.seed(), e);
                }
            }
            assertThat(worlds.discrepancies())
                    .as("discrepancies of both worlds")
                    .isZero();
            return worlds.answers();
        }
    }

    /** What a fault in the commands' SQL would open is found, the sooner for the steps that are likely then. */
    @Tag("planted")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "append_event | greatest(e.created_at, t.public_updated_at + c_tick) | greatest(e.created_at, t.updated_at) | REPLY NOTE",
                "append_event | c_public_at, e.command | case when c_public_at is not null then c_at end, e.command | REPLY NOTE",
                "append_event | then t.last_public_seq + 1 end | then t.last_seq + 1 end | REPLY NOTE",
                "append_event | then t.last_public_seq + 1 end | then t.last_public_seq + 1 else nullif(sign(nextval('ticket_number_number_seq')), 1) end | OPEN NOTE",
                "append_event | coalesce(public_at, t.public_updated_at) | created_at | REPLY NOTE",
                "following_event_id | x.public_seq = t.last_public_seq | x.seq = t.last_seq | SEVERAL",
                "store_ticket | public_updated_at = t.public_updated_at | public_updated_at = t.updated_at | REPLY TAG SET_FIELD",
                "apply_command | public_version := t.last_public_seq | public_version := t.last_seq | CLOSE_OWN MESSAGE NOTE",
                "apply_command | when 'customer' then t.last_public_seq else | when 'customer' then t.last_seq else | MESSAGE NOTE",
                "add_participant | 'participant-added', 'private' | 'participant-added', 'public' | PRIVATE_PARTICIPANT",
                "snooze_ticket | 'snooze-update', 'private' | 'snooze-update', 'public' | SNOOZE",
                "change_part | if c_seen is distinct from p_new then | if p_old is distinct from p_new then | IMPORT PRIORITY",
                "change_part | jsonb_build_object('old_value', c_seen | jsonb_build_object('old_value', p_old | IMPORT PRIORITY TITLE",
                "change_status | case when c_shows then c_seen else c_before end | c_before | IMPORT CLOSE PEND REOPEN",
                "change_status | p_public and c_seen <> p_status | c_before <> p_status | IMPORT CLOSE PEND",
                "change_ticket | (case e.role when 'customer' then coalesce(t.shown ->> 'status', t.status) else t.status end) | t.status | IMPORT CLOSE MESSAGE",
                "add_assignment | case when v_seen then 'private' else 'public' end | case when v_held then 'private' else 'public' end | IMPORT ASSIGN",
                "remove_assignment | p_public and (c_worker = any (v_seen) or v_seen is null and v_held) | v_held | IMPORT UNASSIGN",
                "rate_resolution | and not f.private | and true | IMPORT RATE",
                "store_imported_parts | x.submitted_at, x.private | x.submitted_at, false | IMPORT",
                "claim_imported | given.shown, given.shown_assigned_to | null, null | IMPORT",
                "grow_imported | shown = nullif(coalesce(given.shown, '{}') | shown = nullif(jsonb '{}' | IMPORT",
                "store_ticket | shown = t.shown, | shown = null, | TITLE",
                "redact_event | when x.public_seq is null then 'private' | when false then 'private' | REDACT_PRIVATE",
                "redact_event | x.id, array( | gen_random_uuid(), array( | REDACT",
                "mark_read | t.last_seq else t.last_public_seq | t.last_seq else t.last_seq | MARK_READ NOTE",
                "bind_attachments | a.ticket = t.id and a.uploader = e.created_by and a.role = e.role | true | UPLOAD_PRIVATE",
                "claim_reference | (p_reference ->> 'giver')::uuid | uuid '00000000-0000-0000-0000-000000000000' | MESSAGE NOTE",
            })
    void a_planted_leak_is_found(String function, String correct, String leaking, String likely) {
        try (TwinWorlds worlds = new TwinWorlds()) {
            worlds.plant(function, correct, leaking);
            assertFound(worlds, likely);
        }
    }

    /** Of texts that get their words later, too: those of the staff alone. */
    @Tag("planted")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index_unsearched | e.public_seq is not null | true",
                "add_words | not p_shown, (p_words | false, (p_words",
            })
    void a_leak_planted_in_what_is_indexed_later_is_found(String function, String correct, String leaking) {
        try (TwinWorlds worlds = TwinWorlds.searchedLater()) {
            worlds.plant(function, correct, leaking);
            assertFound(worlds, "NOTE SET_FIELD REDACT_PRIVATE");
        }
    }

    /** What a fault in the SQL of lists would open is found: what is unread follows from the customers' own numbers and events. */
    @Tag("planted")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"public_seq\" > greatest | \"seq\" > greatest",
                "\"public_seq\" > (greatest.*? - 100..) and [^ ]+\"public_seq\" is not null | \"seq\" > $1",
            })
    void a_leak_planted_in_what_is_unread_is_found(String correct, String leaking) {
        assertFoundInStatements(sql -> sql.replaceAll(correct, leaking), "REPLY MARK_READ NOTE");
    }

    /** What a fault in the customers' feed would open is found, where no desk has it. */
    @Test
    @Tag("planted")
    void a_leak_planted_in_the_customers_feed_is_found() {
        assertFoundInStatements(
                sql -> sql.contains("pull_changes") ? sql.replace("\"public_seq\"", "\"seq\"") : sql, "REPLY NOTE");
    }

    private static void assertFoundInStatements(UnaryOperator<String> fault, String likely) {
        AtomicInteger planted = new AtomicInteger();
        UnaryOperator<String> plant = sql -> {
            String changed = fault.apply(sql);
            planted.addAndGet(changed.equals(sql) ? 0 : 1);
            return changed;
        };
        try (TwinWorlds worlds = new TwinWorlds(plant)) {
            assertFound(worlds, likely);
        }
        assertThat(planted).as("statements with the fault").hasPositiveValue();
    }

    private static void assertFound(TwinWorlds worlds, String likely) {
        Set<TwinScript.Step> steps =
                Stream.of(likely.split(" ")).map(TwinScript.Step::valueOf).collect(Collectors.toSet());
        assertThatThrownBy(() -> {
                    for (int script = 0; script < 300; script++) {
                        new TwinScript(worlds, Chance.seed() + script, steps).play();
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the worlds");
    }
}
