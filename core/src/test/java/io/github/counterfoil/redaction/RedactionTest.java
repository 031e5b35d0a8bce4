package io.github.counterfoil.redaction;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.TextSearch;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an administrator takes out of a ticket is nowhere any more, and all else is as it was. */
@Tag("storage")
class RedactionTest {
    private static final String CARD = "4111 1111 Zebra 1111";
    private static final CustomEventType CALLED = CustomEventType.publicType("called", 1);

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.registered(
            TicketService.builder(database.connections()).eventType(CALLED).build());
    private final Redactions redactions = team.tickets().admin(EVE).redactions();
    private final UUID ticket = team.ticket();

    @Test
    void a_text_is_gone_and_its_event_stays_with_its_place_id_time_and_author() {
        CommandResult<CustomerEvent> written = team.ada().on(ticket).reply("My card is " + CARD);
        TicketEvent before = history().get(0);

        CommandResult<TicketEvent> result =
                redactions.redact(ticket, Redaction.of(id(written), "content").reason("a card number"));

        assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(result.version()).isEqualTo(2);
        TicketEvent.Message after = (TicketEvent.Message) history().get(0);
        assertThat(after.content()).isEqualTo(TicketEvent.REDACTED);
        assertThat(after.redacted()).containsExactly("content");
        assertThat(List.of(after.id(), after.seq(), after.createdAt(), after.author(), after.visibility()))
                .isEqualTo(
                        List.of(before.id(), before.seq(), before.createdAt(), before.author(), before.visibility()));
        TicketEvent.EventRedacted told = (TicketEvent.EventRedacted) history().get(1);
        assertThat(told).isEqualTo(result.events().get(0));
        assertThat(told.eventId()).isEqualTo(before.id());
        assertThat(told.members()).containsExactly("content");
        assertThat(told.reason()).isEqualTo("a card number");
        assertThat(told.author().id()).isEqualTo(EVE);
        assertThat(told.visibility()).isEqualTo(Visibility.PUBLIC);
        requireGone(CARD);
    }

    @Test
    void customers_see_what_was_taken_out_and_by_whom_and_not_why() {
        UUID written = id(team.ada().on(ticket).reply("My card is " + CARD));
        redactions.redact(ticket, Redaction.of(written, "content").reason("Reason of the staff"));

        List<CustomerEvent> seen =
                team.ada().on(ticket).history(PageRequest.oldestFirst(9)).items();
        CustomerEvent.Message message = (CustomerEvent.Message) seen.get(0);
        assertThat(message.content()).isEqualTo("[redacted]");
        assertThat(message.redacted()).containsExactly("content");
        CustomerEvent.EventRedacted told = (CustomerEvent.EventRedacted) seen.get(1);
        assertThat(told.eventId()).isEqualTo(message.id());
        assertThat(told.members()).containsExactly("content");
        assertThat(told.authorName()).isEqualTo("Eve Boss");
        assertThat(told.toString()).doesNotContain("Reason");
        assertThat(team.ada().on(ticket).ticket().version()).isEqualTo(2);
    }

    @Test
    void a_redaction_of_what_only_the_staff_sees_is_told_to_the_staff_alone() {
        TicketEvent note =
                team.jane().on(ticket).note("His card is " + CARD).events().get(0);
        CommandResult<TicketEvent> result = redactions.redact(ticket, Redaction.ofEverythingIn(note.id()));

        assertThat(result.events()).extracting(TicketEvent::visibility).containsExactly(Visibility.PRIVATE);
        assertThat(team.ada().on(ticket).ticket().version()).isZero();
        assertThat(database.value("select internal_notes #>> '{notes,0,content}' from counterfoil.tickets"))
                .isEqualTo("[redacted]");
        requireGone(CARD);
    }

    @Test
    void an_attachments_description_goes_and_the_others_stay() {
        JsonValue first = JsonValue.parse("{\"name\": \"a.txt\"}");
        JsonValue second = JsonValue.parse("{\"name\": \"" + CARD + ".txt\"}");
        UUID written = id(team.ada().on(ticket).reply("Text", List.of(first, second)));

        redactions.redact(ticket, Redaction.of(written, "attachments[1]"));

        TicketEvent.Message message = (TicketEvent.Message) history().get(0);
        assertThat(message.content()).isEqualTo("Text");
        assertThat(message.attachments()).containsExactly(first, JsonValue.parse("{\"redacted\": true}"));
        assertThat(message.redacted()).containsExactly("attachments[1]");
        requireGone(CARD);

        redactions.redact(ticket, Redaction.of(written, "attachments"));
        assertThat(history().get(0).redacted()).containsExactly("attachments[0]", "attachments[1]");
        assertThat(((TicketEvent.EventRedacted) history().get(2)).members()).containsExactly("attachments[0]");
    }

    @Test
    void a_title_is_gone_from_all_that_repeats_it() {
        team.jane().on(ticket).assign(JANE);
        UUID changed = team.jane()
                .on(ticket)
                .changeTitle("About " + CARD)
                .events()
                .get(0)
                .id();
        team.jane().on(ticket).close();
        team.jane().on(ticket).reopen();
        team.jane().on(ticket).changeTitle("Another");

        redactions.redact(ticket, Redaction.of(changed, "new_value"));

        requireGone(CARD);
        assertThat(history())
                .filteredOn(TicketEvent.TitleUpdate.class::isInstance)
                .extracting(TicketEvent::redacted)
                .extracting(Object::toString)
                .containsExactly("[new_value]", "[old_value]");
        assertThat(team.jane().on(ticket).ticket().title()).isEqualTo("Another");
        assertThat(team.jane().on(ticket).at(3).title()).isEqualTo("[redacted]");
        assertThat(database.value("select title from counterfoil.ticket_resolution"))
                .isEqualTo("[redacted]");
    }

    @Test
    void an_old_title_is_gone_from_what_the_ticket_started_with() {
        UUID id = team.ada().open(NewTicket.of("Card " + CARD, "Text")).id();
        UUID changed = team.jane().on(id).changeTitle("Another").events().get(0).id();

        redactions.redact(id, Redaction.of(changed, "old_value"));

        requireGone(CARD);
        assertThat(team.jane().on(id).at(0).title()).isEqualTo("[redacted]");
        assertThat(team.jane().on(id).ticket().title()).isEqualTo("Another");
    }

    @Test
    void a_title_that_stands_is_gone_and_may_be_changed_again() {
        UUID changed = team.jane().on(ticket).changeTitle(CARD).events().get(0).id();
        redactions.redact(ticket, Redaction.of(changed, "new_value"));
        assertThat(team.jane().on(ticket).ticket().title()).isEqualTo("[redacted]");
        requireGone(CARD);

        redactions.redact(ticket, Redaction.of(changed, "old_value"));
        requireGone("Printer on fire");
        team.jane().on(ticket).changeTitle("Printer");
        requireGone(CARD);
    }

    @Test
    void a_description_is_gone_from_the_ticket_and_from_its_event() {
        UUID changed = team.jane()
                .on(ticket)
                .changeDescription("Card " + CARD)
                .events()
                .get(0)
                .id();
        redactions.redact(ticket, Redaction.ofEverythingIn(changed));
        requireGone(CARD);
        requireGone("It burns.");
        assertThat(team.ada().on(ticket).ticket().description()).isEqualTo("[redacted]");
    }

    @Test
    void a_field_is_gone_from_the_ticket_and_from_the_events_that_tell_of_it() {
        team.jane().on(ticket).setField("other", "Harmless");
        UUID set = team.jane().on(ticket).setField("card", CARD).events().get(0).id();
        redactions.redact(ticket, Redaction.of(set, "new_value"));
        requireGone(CARD);
        Ticket now = team.jane().on(ticket).ticket();
        assertThat(now.customFields())
                .isEqualTo(Map.of("card", JsonValue.of("[redacted]"), "other", JsonValue.of("Harmless")));

        team.jane().on(ticket).setField("card", "Number " + CARD);
        List<TicketEvent> removed =
                team.jane().on(ticket).setField("card", "none").events();
        assertThatThrownBy(() ->
                        redactions.redact(ticket, Redaction.of(removed.get(0).id(), "field_name")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("members");
        redactions.redact(ticket, Redaction.of(removed.get(0).id(), "old_value"));
        requireGone(CARD);
        assertThat(team.jane().on(ticket).ticket().customFields()).containsEntry("card", JsonValue.of("none"));
        assertThat(team.ada().on(ticket).ticket().version()).isZero();
    }

    @Test
    void a_comment_is_gone_and_the_rating_stays() {
        team.jane().on(ticket).assign(JANE);
        team.jane().on(ticket).close();
        UUID rated = id(team.ada().on(ticket).rate(2, "Charge " + CARD));
        redactions.redact(ticket, Redaction.ofEverythingIn(rated));
        requireGone(CARD);
        assertThat(team.ada().on(ticket).ticket().feedback().orElseThrow().comment())
                .isEqualTo("[redacted]");
        assertThat(team.ada().on(ticket).ticket().feedback().orElseThrow().rating())
                .isEqualTo(2);
        assertThatThrownBy(() -> redactions.redact(ticket, Redaction.of(rated, "rating")))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults().get(0).code()).isEqualTo("not_allowed"));
    }

    @Test
    void what_the_ticket_started_with_goes_though_no_event_tells_it() {
        UUID id = team.jane()
                .open(
                        ADA,
                        NewTicket.of("Title " + CARD, "Text " + CARD)
                                .field("card", JsonValue.of(CARD))
                                .tags("b", "a"))
                .id();
        redactions.redact(id, Redaction.ofBeginning("title"));
        redactions.redact(id, Redaction.ofWholeBeginning().reason("Cards"));

        requireGone(CARD);
        Ticket now = team.jane().on(id).ticket();
        assertThat(List.of(now.title(), now.description())).containsOnly("[redacted]");
        assertThat(now.customFields()).isEqualTo(Map.of("card", JsonValue.of("[redacted]")));
        List<TicketEvent> told = history(id);
        assertThat(told)
                .extracting(event -> ((TicketEvent.EventRedacted) event).eventId())
                .containsOnlyNulls();
        assertThat(told)
                .extracting(event -> ((TicketEvent.EventRedacted) event).members() + " " + event.visibility())
                .containsExactly("[title] PUBLIC", "[description] PUBLIC", "[custom_fields.card] PRIVATE");
        team.jane().on(id).removeField("card");
        team.jane().on(id).untag("b");
        team.jane().on(id).changeTitle("New");
        requireGone(CARD);
        assertThatThrownBy(() -> redactions.redact(id, Redaction.ofBeginning("priority")))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void any_member_of_a_hosts_own_event_goes_but_its_version() {
        JsonValue body = JsonValue.parse("{\"number\": \"" + CARD + "\", \"minutes\": 3}");
        TicketEvent called =
                team.jane().on(ticket).record(CALLED, body).events().get(0);
        redactions.redact(ticket, Redaction.of(called.id(), "number"));
        requireGone(CARD);
        TicketEvent.CustomEvent after = (TicketEvent.CustomEvent) history().get(0);
        assertThat(after.body())
                .isEqualTo(JsonValue.parse("{\"number\": \"[redacted]\", \"minutes\": 3, \"version\": 1}"));
        assertThat(after.redacted()).containsExactly("number");
        redactions.redact(ticket, Redaction.ofEverythingIn(called.id()));
        assertThat(((TicketEvent.CustomEvent) history().get(0)).body())
                .isEqualTo(
                        JsonValue.parse("{\"number\": \"[redacted]\", \"minutes\": \"[redacted]\", \"version\": 1}"));
        assertThatThrownBy(() -> redactions.redact(ticket, Redaction.of(called.id(), "version")))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> team.jane().on(ticket).record(CALLED, JsonValue.parse("{\"redacted\": []}")))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_command_that_comes_again_is_told_that_it_was_redacted_and_is_not_done_again() {
        UUID reply = UUID.randomUUID();
        UUID opening = UUID.randomUUID();
        NewTicket start = NewTicket.of("Title " + CARD, "Text");
        UUID id = team.ada().open(start, opening).id();
        UUID written = id(team.ada().on(id).once(reply).reply(CARD));
        redactions.redact(id, Redaction.of(written, "content"));
        redactions.redact(id, Redaction.ofBeginning("title"));

        for (Runnable again : List.<Runnable>of(
                () -> team.ada().on(id).once(reply).reply(CARD),
                () -> team.ada().open(start, opening))) {
            assertThatThrownBy(again::run)
                    .isInstanceOfSatisfying(
                            Conflict.class, e -> assertThat(e.code()).isEqualTo("command_id.redacted"));
        }
        requireGone(CARD);
    }

    /** A digest of a card number can be guessed in seconds. */
    @Test
    void no_digest_of_what_was_there_is_kept_in_any_event_of_its_command() {
        UUID command = UUID.randomUUID();
        List<TicketEvent> events = team.jane()
                .on(ticket)
                .once(command)
                .apply(
                        io.github.counterfoil.command.Command.note("Before"),
                        io.github.counterfoil.command.Command.reply(CARD),
                        io.github.counterfoil.command.Command.changeStatus(TicketStatus.PENDING))
                .events();
        team.jane().on(ticket).note("After");
        redactions.redact(ticket, Redaction.of(events.get(1).id(), "content"));
        assertThat(database.query("select command = '00000000-0000-0000-0000-000000000000'::uuid"
                        + " from counterfoil.ticket_event order by seq"))
                .containsExactly("t", "t", "t", "f", "f");
    }

    @Test
    void redacting_twice_changes_nothing_and_sending_it_again_answers_the_same() {
        UUID written = id(team.ada().on(ticket).reply(CARD));
        UUID command = UUID.randomUUID();
        Redaction redaction = Redaction.of(written, "content");
        CommandResult<TicketEvent> first = redactions.redact(ticket, redaction, command);
        CommandResult<TicketEvent> again = redactions.redact(ticket, redaction, command);
        assertThat(again.outcome()).isEqualTo(Outcome.REPLAYED);
        assertThat(again.events()).isEqualTo(first.events());
        CommandResult<TicketEvent> twice = redactions.redact(ticket, redaction);
        assertThat(twice.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(twice.version()).isEqualTo(2);
    }

    @Test
    void what_cannot_be_redacted_is_refused_by_name() {
        UUID written = id(team.ada().on(ticket).reply("Text"));
        TicketEvent closed = team.jane().on(ticket).close().events().get(0);
        String before = database.value("select jsonb_agg(t)::text from counterfoil.tickets t");
        assertThat(code(() -> redactions.redact(UUID.randomUUID(), Redaction.of(written, "content"))))
                .isEqualTo("ticket.not_found");
        assertThat(fault(Redaction.of(UUID.randomUUID(), "content"))).isEqualTo("event_id.unknown");
        assertThat(fault(Redaction.of(written, "comment"))).isEqualTo("members.unknown");
        assertThat(fault(Redaction.of(written, "attachments[0]"))).isEqualTo("members.unknown");
        assertThat(fault(Redaction.of(closed.id(), "new_value"))).isEqualTo("members.not_allowed");
        assertThat(fault(Redaction.ofBeginning("title", "x"))).isEqualTo("members.unknown");
        assertThat(fault(Redaction.of(written))).isEqualTo("members.required");
        assertThat(fault(Redaction.of(written, "content").reason(" "))).startsWith("reason.");
        assertThat(redactions
                        .redact(ticket, Redaction.ofEverythingIn(closed.id()))
                        .outcome())
                .isEqualTo(Outcome.UNCHANGED);
        for (UUID other : List.of(JANE, ADA, UUID.randomUUID())) {
            Redactions theirs = team.tickets().admin(other).redactions();
            assertThat(code(() -> theirs.redact(ticket, Redaction.of(written, "content"))))
                    .isEqualTo("actor.not_admin");
            assertThat(code(() -> theirs.redactAll(ADA))).isEqualTo("actor.not_admin");
        }
        assertThatThrownBy(() -> redactions.redactAll(UUID.randomUUID())).isInstanceOf(PersonNotFound.class);
        assertThat(database.value("select jsonb_agg(t)::text from counterfoil.tickets t"))
                .isEqualTo(before);
    }

    @Test
    void a_redactions_own_reason_can_be_redacted() {
        UUID written = id(team.ada().on(ticket).reply("Text"));
        TicketEvent told = redactions
                .redact(ticket, Redaction.of(written, "content").reason("It was " + CARD))
                .events()
                .get(0);
        CommandResult<TicketEvent> result = redactions.redact(ticket, Redaction.of(told.id(), "reason"));
        assertThat(result.events()).extracting(TicketEvent::visibility).containsExactly(Visibility.PRIVATE);
        assertThat(team.ada()
                        .on(ticket)
                        .history(PageRequest.newestFirst(1))
                        .items()
                        .get(0)
                        .redacted())
                .as("of a member that no customer sees, none hears")
                .isEmpty();
        requireGone(CARD);
    }

    @Test
    void all_that_a_person_wrote_goes_at_once_and_what_others_wrote_stays() {
        UUID second =
                team.ada().open(NewTicket.of("Second " + CARD, "Text " + CARD)).id();
        UUID bobs = team.bob().open(NewTicket.of("Bob's", "Text of Bob's")).id();
        for (UUID id : List.of(ticket, second)) {
            team.ada().on(id).reply("First " + CARD);
            team.jane().on(id).reply("Jane's");
            team.jane().on(id).close();
            team.ada().on(id).rate(1, "Never " + CARD);
        }
        UUID command = UUID.randomUUID();

        Redactions.Report report = redactions.redactAll(ADA, "GDPR", command);

        assertThat(report).isEqualTo(new Redactions.Report(2, 6));
        requireGone(CARD);
        requireGone("It burns.");
        assertThat(history())
                .filteredOn(TicketEvent.Message.class::isInstance)
                .extracting(event -> ((TicketEvent.Message) event).content())
                .containsExactly("[redacted]", "Jane's");
        assertThat(team.bob().on(bobs).ticket().description()).isEqualTo("Text of Bob's");
        assertThat(redactions.redactAll(ADA, "GDPR", command)).isEqualTo(report);
        assertThat(redactions.redactAll(ADA)).isEqualTo(new Redactions.Report(0, 0));

        team.ada().on(ticket).reply("Again " + CARD);
        redactions.redactAll(ADA, "GDPR", command);
        requireGone(CARD);
    }

    @Test
    void more_than_one_statement_takes_of_a_ticket_go_one_after_another() {
        for (int i = 0; i < 450; i++) {
            team.ada().on(ticket).reply(CARD + " " + i);
        }
        assertThat(redactions.redactAll(ADA).redactions()).isEqualTo(451);
        requireGone(CARD);
    }

    @Test
    void an_administrators_own_notes_go_and_their_reasons_stay() {
        UUID written = id(team.ada().on(ticket).reply("Text"));
        redactions.redact(ticket, Redaction.of(written, "content").reason("Words"));
        team.tickets().agent(EVE).on(ticket).note("Note " + CARD);
        assertThat(redactions.redactAll(EVE, "Mine", UUID.randomUUID()).redactions())
                .isEqualTo(1);
        requireGone(CARD);
    }

    @Test
    void it_joins_a_hosts_transaction() throws Exception {
        UUID written = id(team.ada().on(ticket).reply(CARD));
        try (java.sql.Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            Redactions joined = team.tickets().joining(tx).admin(EVE).redactions();
            joined.redact(ticket, Redaction.of(written, "content"));
            joined.redactAll(ADA);
            tx.rollback();
            assertThat(TextSearch.hostsTables(database, CARD)).isNotEmpty();
            joined.redact(ticket, Redaction.of(written, "content"));
            tx.commit();
        }
        requireGone(CARD);
    }

    private String fault(Redaction redaction) {
        try {
            redactions.redact(ticket, redaction);
            return "";
        } catch (InvalidInput e) {
            return e.faults().get(0).field() + "." + e.faults().get(0).code();
        }
    }

    private static String code(Runnable call) {
        try {
            call.run();
            return "";
        } catch (NotAllowed | TicketNotFound e) {
            return ((CounterfoilException) e).code();
        }
    }

    private List<TicketEvent> history() {
        return history(ticket);
    }

    private List<TicketEvent> history(UUID id) {
        return team.jane().on(id).history(PageRequest.oldestFirst(200)).items();
    }

    private static UUID id(CommandResult<CustomerEvent> result) {
        return result.events().get(0).id();
    }

    private void requireGone(String text) {
        assertThat(TextSearch.hostsTables(database, text)).isEmpty();
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }
}
