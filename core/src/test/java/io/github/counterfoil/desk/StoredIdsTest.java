package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What a command is recognised by is stored, and another release has to make the same of it: a command that the one took must
 * not be taken again by the other, nor be refused as another.
 */
class StoredIdsTest {
    private static final UUID COMMAND = UUID.fromString("00000000-0000-4000-8000-0000000000ff");

    @Test
    void are_the_same_in_every_release() {
        CustomEventType escalated = CustomEventType.publicType("escalated", 2);
        try (TestDatabase database = TestDatabase.withSchema()) {
            SupportTeam.in(database);
            TicketService tickets = TicketService.builder(database.connections())
                    .eventType(escalated)
                    .clock(() -> Instant.parse("2026-03-01T09:00:00Z"))
                    .build();
            UUID id = tickets.agent(JANE)
                    .open(
                            ADA,
                            NewTicket.of("Title", "Text")
                                    .channel("web")
                                    .priority(Priority.HIGH)
                                    .tags("b", "a")
                                    .customFields(Map.of("serial", JsonValue.of("A-1"))),
                            COMMAND)
                    .id();
            List<Command> commands = List.of(
                    Command.reply("Hello"),
                    Command.note("Note"),
                    Command.assign(TOM),
                    Command.unassign(TOM),
                    Command.changeStatus(TicketStatus.PENDING),
                    Command.setField("name", JsonValue.of(1)),
                    Command.removeField("name"),
                    Command.changePriority(Priority.LOW),
                    Command.changeTitle("Other"),
                    Command.changeDescription("Other"),
                    Command.tag("c"),
                    Command.untag("c"),
                    Command.deliveryFailed(COMMAND, "mail", "No such mailbox"),
                    Command.record(escalated, JsonValue.parse("{\"level\": 2}")),
                    Command.close(),
                    Command.reopen(),
                    Command.close());
            for (int i = 0; i < commands.size(); i++) {
                tickets.agent(JANE)
                        .on(id)
                        .once(new UUID(0x4000, Long.MIN_VALUE + i))
                        .apply(commands.get(i));
            }
            tickets.customer(ADA).on(id).once(COMMAND).apply(CustomerCommand.rate(5, "Thanks"));
            tickets.agent(JANE)
                    .on(id)
                    .once(COMMAND)
                    .apply(Command.note("One"), Command.reply("Two"), Command.note("Three"), Command.reply("Four"));
            tickets.agent(JANE).on(id).once(new UUID(0x4000, 7)).moveToCustomer(SupportTeam.BOB);

            assertThat(database.query("select id || ' ' || opening || ' ' || command from counterfoil.ticket"))
                    .containsExactly("36e6b6eb-805d-8c35-89d9-9744c9b535e4 5a3a643c-25d7-8211-b287-745aba994891"
                            + " b47103aa-932c-8087-935c-09bb8d0945c6");
            assertThat(database.query(
                            "select type || ' ' || id || ' ' || command from counterfoil.ticket_event order by seq"))
                    .containsExactly(
                            "message c9696432-a215-86c5-8e28-e5497f148740 4131f065-80dc-82da-a933-54e8006cbf9c",
                            "note-added 299aa065-9cd6-8ec7-bee8-df7009643bc4 41e8a4ed-466f-8774-bd7e-f2fc566a0d7d",
                            "assignment-added 5d10ea51-f5db-8f1f-bd7b-7e85b903ae20 93bacafd-ff12-8882-80cf-d04c6968ba63",
                            "status-update fada822b-c9ca-88d4-b8ae-f9456e48f786 93bacafd-ff12-8882-80cf-d04c6968ba63",
                            "assignment-removed 345b7dd5-493f-8015-91c5-eed0ead3c2c2 75a23624-da18-840e-97a1-cce4edeb0259",
                            "status-update 291f91a9-deaf-87e1-a04c-d4902a9babdc 2797524a-1b56-8f6a-8df0-2dccc8043b09",
                            "field-added c69acdd7-ba3b-83e5-bd9c-0340fbc30dc9 6f17827d-94c1-89bc-a701-80370dea6576",
                            "field-removed 56dfcaeb-2e94-8cf2-8047-1569004a256b 5f19249c-5c15-8b11-828b-e2e11e08ab61",
                            "priority-update e89960ac-c426-8d08-94a0-44586a2ef040 27d7add3-b36a-8167-8f21-9d90aae8a8ba",
                            "title-update 44f6b6ca-db3e-8eb4-bfbf-a9295c7551a8 cee82234-524b-80ce-a62d-180bcd573569",
                            "description-update a9948477-67ac-864d-bfff-0851012bb888 85fec037-68d7-80f3-981a-eb6caabc4865",
                            "tag-added 4e35d5c7-b81f-8f46-a56e-190c02a4525e 7b102377-63a6-8648-897f-00796ee4ba11",
                            "tag-removed fa17724e-d163-8a54-a337-f8ec85575bdd e0744471-4b53-8cd0-ad41-e151ba7482f9",
                            "delivery-failed eaf9c80b-3c93-8914-bd94-5cbcc405b4de 263ed336-3692-80a8-943d-f95b215b125a",
                            "escalated c76c5318-f735-8c41-bdbd-21ab9096cc2c 26bd6f4a-26c7-855b-832d-6938c510c64a",
                            "status-update 6229c435-e8f9-8a0b-8ae2-60aeb09f8499 fe259584-a0a6-8ee5-86a5-4de485f57e7c",
                            "status-update e0584c90-2b14-8234-9641-0115cfaaa08f 9ba840e5-0ad3-8391-b391-9bff42c7a4c5",
                            "status-update a7c740f8-69d7-830a-be84-5be119623692 249198ad-bb1d-8e58-ae7a-f7a6777b9c6e",
                            "feedback-submitted fee7c46b-6af6-84fb-b017-983f0fa7b0e8 444f4dd8-0c47-895d-b033-f3f72be5795e",
                            "note-added a3253b18-9238-8fdb-9204-eeb2655a62eb 835da143-a079-8ec2-8806-881818bfe40b",
                            "message ed6b2b84-c349-88c0-9b63-bea52c1d0baf 835da143-a079-8ec2-8806-881818bfe40b",
                            "note-added 41492253-38b1-8b10-ab0e-fc6ecd3e98d0 835da143-a079-8ec2-8806-881818bfe40b",
                            "message fc7bb39b-71c3-87b2-9eab-921e049c197c 835da143-a079-8ec2-8806-881818bfe40b",
                            "customer-update e3c8438f-7a91-8f28-9b34-7c6dc620a0a0 8d5e2895-18f5-85df-a2bf-cf2acc12fc9e");
        }
    }
}
