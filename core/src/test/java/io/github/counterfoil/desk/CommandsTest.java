package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.Workflow;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each command of the desks: its events, its effects, its refusals. */
@Tag("storage")
class CommandsTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    @Test
    void a_customer_opens_a_ticket_with_status_new_and_an_empty_history() {
        CustomerTicket ticket = team.ada()
                .open(NewTicket.of("Printer on fire", "It burns.")
                        .priority(Priority.HIGH)
                        .channel("web"));

        assertThat(ticket.status()).isEqualTo(TicketStatus.NEW);
        assertThat(ticket).isEqualTo(team.ada().on(ticket.id()).ticket());
        assertThat(team.jane()
                        .on(ticket.id())
                        .history(PageRequest.oldestFirst(10))
                        .items())
                .isEmpty();
        assertThat(team.tickets().people().customer(ADA).orElseThrow().communicationChannels())
                .containsExactly("web");
    }

    @Test
    void a_channel_is_remembered_once_however_often_it_is_used() {
        for (String channel : List.of("web", "email", "web", "email", "chat")) {
            team.ada().open(NewTicket.of("Title", "Text").channel(channel));
        }
        assertThat(team.tickets().people().customer(ADA).orElseThrow().communicationChannels())
                .containsExactly("web", "email", "chat");
    }

    @Test
    void an_agent_opens_a_ticket_for_a_customer() {
        Ticket ticket =
                team.jane().open(ADA, NewTicket.of("Called us", "By phone").tags("phone", "vip", "phone"));

        assertThat(ticket).isEqualTo(team.jane().on(ticket.id()).ticket());
        assertThat(ticket.tags()).containsExactly("phone", "vip");
        assertThat(ticket.createdBy()).isEqualTo(JANE);
        assertThat(ticket.customerId()).isEqualTo(ADA);
        assertThat(ticket.customerEmail()).isEqualTo("ada@example.com");
        assertThat(team.ada().on(ticket.id()).ticket().title()).isEqualTo("Called us");
    }

    @Test
    void a_ticket_opened_with_custom_fields_has_them_from_the_start() {
        Ticket ticket = team.jane()
                .open(
                        ADA,
                        NewTicket.of("T", "D")
                                .field("serial", JsonValue.of("A-1"))
                                .field("b", JsonValue.ofNull()));
        assertThat(ticket).isEqualTo(team.jane().on(ticket.id()).ticket());
        assertThat(ticket.customFields()).containsOnlyKeys("b", "serial");
        assertThat(team.jane().on(ticket.id()).setField("serial", "A-2").events())
                .hasSize(2);
        team.jane().on(ticket.id()).removeField("b");
        assertThat(team.tickets().verify(ticket.id()).discrepancies()).isEmpty();
        assertThat(team.jane().on(ticket.id()).at(0).customFields()).isEqualTo(ticket.customFields());
        assertThatThrownBy(() -> team.ada().open(NewTicket.of("T", "D").field("a", JsonValue.of(1))))
                .hasMessage("custom_fields.not_allowed (limit 0)");
        assertThatThrownBy(() -> team.jane().open(ADA, NewTicket.of("T", "D").field("a.b", JsonValue.of("\0"))))
                .hasMessageContaining("nul_char")
                .hasMessageContaining("invalid");
    }

    @Test
    void nobody_opens_a_ticket_for_a_customer_who_is_not_registered() {
        UUID nobody = UUID.randomUUID();
        assertThatExceptionOfType(PersonNotFound.class)
                .isThrownBy(() -> team.jane().open(nobody, NewTicket.of("T", "D")))
                .satisfies(e -> assertThat(e.code()).isEqualTo("customer.not_found"))
                .satisfies(e -> assertThat(e.personId()).isEqualTo(nobody));
    }

    @Test
    void a_reply_is_a_public_message_by_its_author() {
        UUID id = team.ticket();
        JsonValue file = JsonValue.parse("{\"name\": \"fire.jpg\", \"size\": 12}");
        CommandResult<TicketEvent> result = team.jane().on(id).reply("Please unplug it.", List.of(file));

        assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(result.version()).isEqualTo(1);
        TicketEvent.Message message = (TicketEvent.Message) result.events().get(0);
        assertThat(message.content()).isEqualTo("Please unplug it.");
        assertThat(message.attachments()).containsExactly(file);
        assertThat(message.visibility()).isEqualTo(Visibility.PUBLIC);
        assertThat(message.author().id()).isEqualTo(JANE);
        assertThat(message.author().firstName()).isEqualTo("Jane");
        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(10)).items())
                .containsExactly(message);
    }

    @Test
    void the_first_assignment_opens_a_new_ticket_and_the_second_does_not() {
        UUID id = team.ticket();
        CommandResult<TicketEvent> first = team.jane().on(id).assign(JANE);
        CommandResult<TicketEvent> second = team.jane().on(id).assign(TOM);

        assertThat(first.events()).extracting(TicketEvent::type).containsExactly("assignment-added", "status-update");
        assertThat(second.events()).extracting(TicketEvent::type).containsExactly("assignment-added");
        assertThat(team.jane().on(id).ticket().status()).isEqualTo(TicketStatus.OPEN);
        assertThat(team.jane().on(id).ticket().assignedTo())
                .containsExactly(new Ticket.Assignee(JANE, "Jane", "Smith"), new Ticket.Assignee(TOM, "Tom", "Jones"));
        assertThat(team.ada().on(id).ticket().assignedTo()).containsExactly("Jane Smith", "Tom Jones");
    }

    @Test
    void assigning_twice_and_unassigning_nobody_change_nothing() {
        UUID id = team.ticket();
        team.jane().on(id).assign(JANE);
        CommandResult<TicketEvent> again = team.jane().on(id).assign(JANE);
        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(again.version()).isEqualTo(2);
        assertThat(again.events()).isEmpty();

        assertThat(team.jane().on(id).unassign(TOM).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(team.jane().on(id).unassign(JANE).events())
                .extracting(TicketEvent::type)
                .containsExactly("assignment-removed");
        assertThat(team.jane().on(id).ticket().assignedTo()).isEmpty();
        assertThat(team.jane().on(id).ticket().status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void only_a_registered_worker_is_assigned() {
        UUID id = team.ticket();
        assertThatExceptionOfType(PersonNotFound.class)
                .isThrownBy(() -> team.jane().on(id).assign(ADA))
                .satisfies(e -> assertThat(e.code()).isEqualTo("worker.not_found"));
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    @Test
    void every_status_follows_every_other_but_new() {
        for (TicketStatus from : TicketStatus.values()) {
            for (TicketStatus to : TicketStatus.values()) {
                UUID id = team.ticket();
                if (from != TicketStatus.NEW) {
                    team.jane().on(id).changeStatus(from);
                }
                if (to == TicketStatus.NEW) {
                    assertThatThrownBy(() -> team.jane().on(id).changeStatus(to))
                            .hasMessage("status.not_reachable");
                } else {
                    Outcome expected = from == to ? Outcome.UNCHANGED : Outcome.APPLIED;
                    assertThat(team.jane().on(id).changeStatus(to).outcome()).isEqualTo(expected);
                    assertThat(team.jane().on(id).ticket().status()).isEqualTo(to);
                }
            }
        }
    }

    @Test
    void closing_records_a_resolution_for_every_assignee_and_reopening_keeps_it() {
        UUID id = team.ticket();
        team.jane().on(id).assign(JANE);
        team.jane().on(id).assign(TOM);
        team.jane().on(id).close();
        team.jane().on(id).reopen();
        team.jane().on(id).unassign(TOM);
        team.jane().on(id).close();

        assertThat(database.query("select first_name || ' ' || jsonb_array_length(ticket_history) "
                        + "from counterfoil.workers where jsonb_array_length(ticket_history) > 0 order by first_name"))
                .containsExactly("Jane 2", "Tom 1");
        assertThat(
                        database.query(
                                "select r ->> 'title' from counterfoil.workers w, "
                                        + "jsonb_array_elements(w.ticket_history) r where (r ->> 'resolution_time')::interval < '1 min'"))
                .hasSize(3);
    }

    @Test
    void reopening_is_for_closed_tickets() {
        UUID id = team.ticket();
        assertThatThrownBy(() -> team.jane().on(id).reopen()).isInstanceOf(NotAllowed.class);
        team.jane().on(id).changeStatus(TicketStatus.PENDING);
        assertThatThrownBy(() -> team.ada().on(id).reopen())
                .isInstanceOfSatisfying(
                        NotAllowed.class, e -> assertThat(e.code()).isEqualTo("status.not_allowed"));
        team.jane().on(id).close();
        assertThat(team.ada().on(id).reopen().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(team.ada().on(id).reopen().outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void a_changed_field_is_removed_with_its_old_value_and_then_added() {
        UUID id = team.ticket();
        team.jane().on(id).setField("serial", "A-1");
        CommandResult<TicketEvent> changed =
                team.jane().on(id).setField("serial", JsonValue.parse("{\"b\": [1, null]}"));
        CommandResult<TicketEvent> same = team.jane().on(id).setField("serial", JsonValue.parse("{\"b\":[1,null]}"));

        assertThat(changed.events())
                .satisfiesExactly(
                        e -> assertThat(e)
                                .isInstanceOfSatisfying(
                                        TicketEvent.FieldRemoved.class,
                                        r -> assertThat(r.oldValue()).isEqualTo(JsonValue.of("A-1"))),
                        e -> assertThat(e)
                                .isInstanceOfSatisfying(
                                        TicketEvent.FieldAdded.class,
                                        a -> assertThat(a.fieldName()).isEqualTo("serial")));
        assertThat(same.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(team.jane().on(id).ticket().customFields())
                .isEqualTo(Map.of("serial", JsonValue.parse("{\"b\":[1,null]}")));
    }

    @Test
    void a_field_of_json_null_is_there_until_it_is_removed() {
        UUID id = team.ticket();
        assertThat(team.jane().on(id).setField("empty", JsonValue.ofNull()).outcome())
                .isEqualTo(Outcome.APPLIED);
        assertThat(team.jane().on(id).setField("empty", JsonValue.ofNull()).outcome())
                .isEqualTo(Outcome.UNCHANGED);
        assertThat(team.jane().on(id).ticket().customFields()).containsKey("empty");
        assertThat(team.jane().on(id).removeField("empty").outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(team.jane().on(id).removeField("empty").outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(team.jane().on(id).ticket().customFields()).isEmpty();
    }

    @Test
    void priority_title_and_description_change_with_old_and_new_value() {
        UUID id = team.ticket();
        assertThat(team.jane().on(id).changePriority(Priority.LOW).events())
                .singleElement()
                .isInstanceOfSatisfying(TicketEvent.PriorityUpdate.class, e -> {
                    assertThat(e.oldValue()).isEqualTo(Priority.MEDIUM);
                    assertThat(e.newValue()).isEqualTo(Priority.LOW);
                });
        assertThat(team.jane().on(id).changeTitle("Printer smokes").events())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketEvent.TitleUpdate.class,
                        e -> assertThat(e.oldValue()).isEqualTo("Printer on fire"));
        assertThat(team.jane().on(id).changeDescription("Less than we thought.").events())
                .singleElement()
                .isInstanceOf(TicketEvent.DescriptionUpdate.class);
        assertThat(team.jane().on(id).changeDescription("Less than we thought.").outcome())
                .isEqualTo(Outcome.UNCHANGED);
        Ticket ticket = team.jane().on(id).ticket();
        assertThat(ticket.title()).isEqualTo("Printer smokes");
        assertThat(ticket.description()).isEqualTo("Less than we thought.");
        assertThat(ticket.priority()).isEqualTo(Priority.LOW);
    }

    @Test
    void each_new_tag_and_each_removed_tag_is_one_private_event() {
        UUID id = team.ticket();
        assertThat(team.jane().on(id).tag("fire", "printer", "fire").events()).hasSize(2);
        assertThat(team.jane().on(id).tag("fire").outcome()).isEqualTo(Outcome.UNCHANGED);
        CommandResult<TicketEvent> removed = team.jane().on(id).untag("fire", "water");
        assertThat(removed.events()).singleElement().isInstanceOf(TicketEvent.TagRemoved.class);
        assertThat(removed.events().get(0).visibility()).isEqualTo(Visibility.PRIVATE);
        assertThat(team.jane().on(id).ticket().tags()).containsExactly("printer");
    }

    @Test
    void a_customer_rates_each_closing_once() {
        UUID id = team.ticket();
        assertThatThrownBy(() -> team.ada().on(id).rate(5, null)).isInstanceOf(NotAllowed.class);
        team.jane().on(id).assign(JANE);
        team.jane().on(id).close();
        assertThat(team.ada().on(id).rate(5, "Excellent support").events())
                .singleElement()
                .isInstanceOfSatisfying(
                        CustomerEvent.FeedbackSubmitted.class,
                        e -> assertThat(e.comment()).isEqualTo("Excellent support"));
        assertThatThrownBy(() -> team.ada().on(id).rate(1, null)).isInstanceOf(Conflict.class);
        team.ada().on(id).reopen();
        team.ada().on(id).close();
        team.ada().on(id).rate(3, null);

        assertThat(team.ada().on(id).ticket().feedback().orElseThrow().rating()).isEqualTo(3);
        assertThat(database.value(
                        "select jsonb_array_length(feedback_history -> 'feedback') from counterfoil.customers "
                                + "where email = 'ada@example.com'"))
                .isEqualTo("2");
        assertThat(database.query("select r #>> '{feedback,rating}' from counterfoil.workers w, "
                        + "jsonb_array_elements(w.ticket_history) r where w.email = 'jane@example.com'"))
                .containsExactly("5", "3");
    }

    @Test
    void a_customers_reply_opens_a_pending_ticket_and_reopens_a_closed_one() {
        UUID id = team.ticket();
        team.jane().on(id).changeStatus(TicketStatus.PENDING);
        assertThat(team.ada().on(id).reply("It still burns.").events())
                .extracting(CustomerEvent::type)
                .containsExactly("message", "status-update");
        team.jane().on(id).close();
        assertThat(team.ada().on(id).reply("And now?").events()).hasSize(2);
        assertThat(team.ada().on(id).reply("Hello?").events()).hasSize(1);
        assertThat(team.jane().on(id).ticket().status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void the_manual_workflow_moves_nothing_by_itself_and_leaves_closing_to_the_staff() {
        TicketService manual = TicketService.builder(database.connections())
                .workflow(Workflow.manual())
                .build();
        UUID id = team.ticket();
        assertThat(manual.agent(JANE).on(id).assign(JANE).events()).hasSize(1);
        manual.agent(JANE).on(id).changeStatus(TicketStatus.PENDING);
        assertThat(manual.customer(ADA).on(id).reply("Hello?").events()).hasSize(1);
        for (Runnable move : List.<Runnable>of(
                () -> manual.customer(ADA).on(id).close(),
                () -> manual.customer(ADA).on(id).reopen())) {
            assertThatThrownBy(move::run)
                    .isInstanceOfSatisfying(
                            NotAllowed.class, e -> assertThat(e.code()).isEqualTo("transition.not_allowed"));
        }
    }

    @Test
    void a_workflow_may_refuse_replies_to_closed_tickets() {
        TicketService strict = TicketService.builder(database.connections())
                .workflow(Workflow.standard().replyToClosed(Workflow.ReplyToClosed.REFUSED))
                .build();
        UUID id = team.ticket();
        team.jane().on(id).close();
        assertThatThrownBy(() -> strict.customer(ADA).on(id).reply("Hello?")).isInstanceOf(NotAllowed.class);
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
        assertThat(strict.agent(JANE).on(id).reply("One more thing.").outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void a_delivery_that_failed_is_the_staffs_to_know() {
        UUID id = team.ticket();
        UUID reply =
                team.jane().on(id).reply("Please unplug it.").events().get(0).id();
        CommandResult<TicketEvent> result = team.jane().on(id).deliveryFailed(reply, "email", "550 mailbox full");
        assertThat(result.events()).singleElement().isInstanceOfSatisfying(TicketEvent.DeliveryFailed.class, failed -> {
            assertThat(failed.eventId()).isEqualTo(reply);
            assertThat(failed.channel()).isEqualTo("email");
            assertThat(failed.reason()).isEqualTo("550 mailbox full");
            assertThat(failed).asString().doesNotContain("mailbox");
        });
        assertThat(team.ada().on(id).history(PageRequest.oldestFirst(50)).items())
                .hasSize(1);
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }
}
