package io.github.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.Workflow;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hosts hand in grows without breaking them: made by name, changed by name, compared by what it holds. */
class SettingsTest {
    private static final String TYPED = "typed by somebody";
    private static final UUID ID = new UUID(0, 1);

    private record Setting(Supplier<?> some, List<?> others) {
        @Override
        public String toString() {
            return some.get().getClass().getSimpleName();
        }
    }

    static Stream<Setting> settings() {
        Instant at = Instant.EPOCH;
        return Stream.of(
                new Setting(
                        Workflow::standard,
                        List.of(
                                Workflow.standard().firstAssignmentOpens(false),
                                Workflow.standard().customerReplyOpensPending(false),
                                Workflow.standard().replyToClosed(Workflow.ReplyToClosed.REFUSED),
                                Workflow.standard().customerMayClose(false),
                                Workflow.standard().customerMayReopen(false))),
                new Setting(
                        TicketQuery::all,
                        List.of(
                                TicketQuery.all().status(TicketStatus.OPEN),
                                TicketQuery.all().assignedTo(ID),
                                TicketQuery.all().ofCustomer(ID))),
                new Setting(
                        () -> NewTicket.of(TYPED, TYPED),
                        List.of(
                                NewTicket.of(TYPED, "another"),
                                NewTicket.of(TYPED, TYPED).priority(Priority.HIGH),
                                NewTicket.of(TYPED, TYPED).channel(TYPED),
                                NewTicket.of(TYPED, TYPED).tags(TYPED),
                                NewTicket.of(TYPED, TYPED).field(TYPED, JsonValue.of(TYPED)),
                                NewTicket.of(TYPED, TYPED).customFields(Map.of("a", JsonValue.of(TYPED))))),
                new Setting(
                        () -> PageRequest.newestFirst(50),
                        List.of(
                                PageRequest.newestFirst(51),
                                PageRequest.oldestFirst(50),
                                PageRequest.newestFirst(50).after(TYPED))),
                new Setting(AgentDisplay::fullNames, List.of(AgentDisplay.firstNames(), AgentDisplay.team(TYPED))),
                new Setting(
                        RowLevelSecurity::plain,
                        List.of(
                                RowLevelSecurity.supabase(),
                                RowLevelSecurity.plain().roles("a", "b", "c"),
                                RowLevelSecurity.plain().customerSchema("d"))),
                new Setting(
                        () -> CustomEventType.privateType("a", 1),
                        List.of(CustomEventType.privateType("a", 2), CustomEventType.publicType("a", 1))),
                new Setting(
                        () -> ImportedTicket.of(ID, NewTicket.of(TYPED, TYPED), ID, at),
                        List.of(
                                ImportedTicket.of(ID, NewTicket.of(TYPED, TYPED), ID, at.plusMillis(1)),
                                ImportedTicket.of(ID, NewTicket.of(TYPED, TYPED), ID, at)
                                        .createdBy(new UUID(0, 2)))),
                new Setting(
                        () -> NewCustomer.of(ID, TYPED, TYPED, TYPED),
                        List.of(NewCustomer.of(ID, TYPED, TYPED, TYPED).preferredLanguage("en"))),
                new Setting(
                        () -> NewWorker.of(ID, TYPED, TYPED, TYPED),
                        List.of(
                                NewWorker.of(ID, TYPED, TYPED, TYPED).role(WorkerRole.ADMIN),
                                NewWorker.of(ID, TYPED, TYPED, TYPED).skills(TYPED),
                                NewWorker.of(ID, TYPED, TYPED, TYPED).languages("en"),
                                NewWorker.of(ID, TYPED, TYPED, TYPED).timezone(ZoneId.of("Asia/Tokyo")),
                                NewWorker.of(ID, TYPED, TYPED, TYPED).metrics(JsonValue.of(TYPED)))),
                new Setting(
                        Customer.Changes::none,
                        List.of(
                                Customer.Changes.none().email(TYPED),
                                Customer.Changes.none().name(TYPED, TYPED),
                                Customer.Changes.none().preferredLanguage(TYPED))),
                new Setting(
                        Worker.Changes::none,
                        List.of(
                                Worker.Changes.none().email(TYPED),
                                Worker.Changes.none().name(TYPED, TYPED),
                                Worker.Changes.none().skills(TYPED),
                                Worker.Changes.none().languages(TYPED),
                                Worker.Changes.none().timezone(ZoneId.of("Asia/Tokyo")),
                                Worker.Changes.none().metrics(JsonValue.of(TYPED)))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_setting_is_what_it_holds(Setting setting) {
        Object some = setting.some().get();
        assertThat(some)
                .isEqualTo(setting.some().get())
                .hasSameHashCodeAs(setting.some().get());
        assertThat(Stream.concat(Stream.of(some), setting.others().stream())).doesNotHaveDuplicates();
        assertThat(some).isNotEqualTo(null).isNotEqualTo("another type");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_setting_has_no_constructor_that_a_new_part_would_break(Setting setting) {
        Class<?> type = setting.some().get().getClass();
        assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
        assertThat(type.getDeclaredConstructors())
                .extracting(Constructor::getModifiers)
                .containsOnly(Modifier.PRIVATE);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_settings_text_holds_nothing_that_somebody_typed(Setting setting) {
        assertThat(Stream.concat(Stream.of(setting.some().get()), setting.others().stream()))
                .noneMatch(one -> one.toString().contains(TYPED));
    }

    @Test
    void a_status_may_be_asked_for_twice() {
        assertThat(TicketQuery.all()
                        .status(TicketStatus.OPEN, TicketStatus.OPEN)
                        .statuses())
                .containsExactly(TicketStatus.OPEN);
    }

    @Test
    void a_team_has_a_name_that_fits() {
        Map.of("", "blank", " ", "blank", "x".repeat(101), "too_long (limit 100)", "a\u200bb", "invisible_char")
                .forEach((name, code) -> assertThatThrownBy(() -> AgentDisplay.team(name))
                        .isInstanceOf(InvalidInput.class)
                        .hasMessage("team." + code));
        assertThat(AgentDisplay.team("x".repeat(100)).team()).hasSize(100);
    }
}
