package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Finding people: by e-mail, by name, by what they can do. */
@Tag("storage")
class DirectoryTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final People people = team.tickets().people();
    private final Directory directory = team.jane().directory();

    private void customer(String firstName, String lastName) {
        UUID id = UUID.randomUUID();
        people.registerCustomer(NewCustomer.of(id, id + "@example.com", firstName, lastName));
    }

    @Test
    void an_email_finds_its_customer_and_its_worker_whatever_the_case_of_ascii_letters() {
        UUID emile = UUID.randomUUID();
        people.registerCustomer(NewCustomer.of(emile, "Émile@example.com", "Émile", "Zola"));
        for (Directory each : List.of(people, directory)) {
            assertThat(each.customerByEmail("ADA@Example.COM").orElseThrow().id())
                    .isEqualTo(ADA);
            assertThat(each.workerByEmail("Tom@EXAMPLE.com").orElseThrow().id()).isEqualTo(TOM);
            assertThat(each.customerByEmail("Émile@EXAMPLE.com").orElseThrow().id())
                    .isEqualTo(emile);
            assertThat(each.customerByEmail("émile@example.com")).isEmpty();
            assertThat(each.customerByEmail("tom@example.com")).isEmpty();
            assertThat(each.workerByEmail("ada@example.com")).isEmpty();
            assertThat(each.customer(ADA)).isEqualTo(people.customer(ADA));
            assertThat(each.worker(TOM)).isEqualTo(people.worker(TOM));
            assertThat(each.worker(ADA)).isEmpty();
        }
    }

    @Test
    void customers_are_found_by_how_their_name_begins_in_its_order() {
        customer("Adam", "");
        customer("ADA", "Byron");
        customer("Adele", "");
        customer("Bea", "Ada");
        customer("100%", "sure");
        customer("Ångström", "");
        for (Directory each : List.of(people, directory)) {
            assertThat(names(each, "ada")).containsExactly("ADA Byron", "Ada Lovelace", "Adam ");
            assertThat(names(each, "Ada l")).containsExactly("Ada Lovelace");
            assertThat(names(each, "100%")).containsExactly("100% sure");
            assertThat(names(each, "ad_")).isEmpty();
            assertThat(names(each, "Å")).containsExactly("Ångström ");
            assertThat(names(each, "")).hasSize(8).startsWith("100% sure", "ADA Byron");
            assertThat(all(page -> each.customers("a", page), PageRequest.newestFirst(2)))
                    .extracting(Customer::firstName)
                    .containsExactly("Adele", "Adam", "Ada", "ADA");
        }
    }

    private static List<String> names(Directory directory, String prefix) {
        return all(page -> directory.customers(prefix, page), PageRequest.oldestFirst(2)).stream()
                .map(customer -> customer.firstName() + " " + customer.lastName())
                .toList();
    }

    private static <T> List<T> all(Function<PageRequest, Page<T>> list, PageRequest first) {
        List<T> all = new ArrayList<>();
        Page<T> page = list.apply(first);
        all.addAll(page.items());
        while (page.next().isPresent()) {
            assertThat(page.items()).hasSize(first.size());
            page = list.apply(first.after(page.next().get()));
            all.addAll(page.items());
        }
        return all;
    }

    @Test
    void people_of_one_name_are_each_on_one_page() {
        IntStream.range(0, 25).forEach(n -> customer("Same", "Name"));
        assertThat(all(page -> directory.customers("same name", page), PageRequest.oldestFirst(4)))
                .extracting(Customer::id)
                .hasSize(25)
                .doesNotHaveDuplicates();
    }

    @Test
    void names_longer_than_an_index_holds_are_kept_and_found() {
        String before = "x".repeat(150);
        database.execute("update counterfoil.customer set first_name = '" + before
                + "', last_name = repeat('Y', 100000)" + " where id = '" + ADA + "'");
        assertThat(directory
                        .customers(before + " yy", PageRequest.oldestFirst(5))
                        .items())
                .extracting(Customer::id)
                .containsExactly(ADA);
    }

    @Test
    void workers_are_found_by_role_skill_language_and_whether_they_work_with_their_open_load() {
        people.updateWorker(JANE, Worker.Changes.none().skills("api", "billing").languages("en", "de"));
        people.updateWorker(TOM, Worker.Changes.none().skills("api").languages("en"));
        UUID open = team.ticket();
        UUID pending = team.ticket();
        UUID closed = team.ticket();
        team.jane().on(open).assign(JANE);
        team.jane().on(pending).assign(JANE);
        team.jane().on(pending).changeStatus(TicketStatus.PENDING);
        team.jane().on(closed).assign(JANE);
        team.jane().on(closed).close();
        team.tickets().admin(EVE).deactivate(TOM);
        // region: directory
        Page<Worker.Listed> free = team.jane()
                .directory() // or tickets.people(), for the host itself
                .workers(Worker.Filter.all().active(true).skills("billing"), PageRequest.oldestFirst(50));
        int load = free.items().get(0).openLoad();
        // endregion
        assertThat(load).isEqualTo(2);
        for (Directory each : List.of(people, directory)) {
            assertThat(found(each, Worker.Filter.all())).containsExactly("Eve 0", "Jane 2", "Tom 0");
            assertThat(found(each, Worker.Filter.all().role(WorkerRole.ADMIN))).containsExactly("Eve 0");
            assertThat(found(each, Worker.Filter.all().active(false))).containsExactly("Tom 0");
            assertThat(found(each, Worker.Filter.all().skills("api"))).containsExactly("Jane 2", "Tom 0");
            assertThat(found(each, Worker.Filter.all().skills("api", "billing")))
                    .containsExactly("Jane 2");
            assertThat(found(each, Worker.Filter.all().skills("API"))).isEmpty();
            assertThat(found(each, Worker.Filter.all().languages("en").active(true)))
                    .containsExactly("Jane 2");
            assertThat(found(each, Worker.Filter.all().languages("de").role(WorkerRole.ADMIN)))
                    .isEmpty();
        }
    }

    private static List<String> found(Directory directory, Worker.Filter filter) {
        return all(page -> directory.workers(filter, page), PageRequest.oldestFirst(1)).stream()
                .map(listed -> listed.worker().firstName() + " " + listed.openLoad())
                .toList();
    }

    @Test
    void who_may_not_act_finds_nobody_and_is_told_so() {
        team.tickets().admin(EVE).deactivate(TOM);
        PageRequest page = PageRequest.oldestFirst(5);
        for (UUID other : List.of(ADA, TOM, UUID.randomUUID())) {
            String code = other.equals(ADA) ? "actor.is_customer" : "actor.unknown";
            Directory theirs = team.tickets().agent(other).directory();
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> theirs.customer(ADA),
                    () -> theirs.customerByEmail("ada@example.com"),
                    () -> theirs.customers("", page),
                    () -> theirs.worker(JANE),
                    () -> theirs.workerByEmail("jane@example.com"),
                    () -> theirs.workers(Worker.Filter.all(), page))) {
                assertThatThrownBy(call)
                        .isInstanceOfSatisfying(
                                NotAllowed.class, e -> assertThat(e.code()).isEqualTo(code));
            }
        }
    }

    @Test
    void a_cursor_is_good_for_its_list_alone() {
        customer("Ada", "Byron");
        PageRequest first = PageRequest.oldestFirst(1);
        String cursor = directory.customers("ada", first).next().orElseThrow();
        assertThat(directory.customers("ada", first.after(cursor)).items()).hasSize(1);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> directory.customers("ad", first.after(cursor)),
                () -> directory.customers("ada", PageRequest.newestFirst(1).after(cursor)),
                () -> people.customers("ada", first.after(cursor)),
                () -> directory.workers(Worker.Filter.all(), first.after(cursor)),
                () -> directory.customers("ada", first.after("nonsense")))) {
            refused("cursor.invalid", call);
        }
    }

    @Test
    void what_nobody_can_be_called_is_refused_before_any_sql() {
        PageRequest page = PageRequest.oldestFirst(5);
        refused("email.blank", () -> people.customerByEmail(""));
        refused("email.nul_char", () -> directory.workerByEmail("a\0b"));
        refused("email.too_long (limit 2000)", () -> people.customerByEmail("x".repeat(2001)));
        refused("name_prefix.too_long (limit 201)", () -> people.customers("x".repeat(202), page));
        refused("name_prefix.invalid_unicode", () -> people.customers("\ud800", page));
        refused("page_size.out_of_range (limit 200)", () -> people.customers("x", PageRequest.oldestFirst(201)));
        refused("skills[1].nul_char", () -> people.workers(Worker.Filter.all().skills("a", "\0"), page));
    }

    private static void refused(String fault, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .extracting(InvalidInput.Fault::toString)
                                .containsExactly(fault));
    }
}
