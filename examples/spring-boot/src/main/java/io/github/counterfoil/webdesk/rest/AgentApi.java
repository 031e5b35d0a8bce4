package io.github.counterfoil.webdesk.rest;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentCommands;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The agents' side as JSON. */
@RestController
@RequestMapping("/api/desk/tickets")
class AgentApi {

    // region: rest
    @GetMapping
    Page<TicketSummary> tickets(
            AgentDesk desk, @RequestParam @Nullable String q, @RequestParam @Nullable String after) {
        TicketQuery query =
                q == null ? TicketQuery.unsolved() : TicketQuery.all().matching(q);
        PageRequest request = PageRequest.newestFirst(50);
        return desk.find(query, after == null ? request : request.after(after));
    }

    @GetMapping("/{id}")
    Ticket ticket(AgentDesk desk, @PathVariable UUID id) {
        return desk.on(id).ticket();
    }

    @GetMapping("/{id}/history")
    Page<TicketEvent> history(AgentDesk desk, @PathVariable UUID id, @RequestParam @Nullable String after) {
        PageRequest request = PageRequest.oldestFirst(50);
        return desk.on(id).history(after == null ? request : request.after(after));
    }

    /** Sent again under one {@code Idempotency-Key} they are stored once; {@code If-Match} holds the version that was seen. */
    @PostMapping("/{id}/commands")
    CommandResult<TicketEvent> apply(
            AgentDesk desk,
            @PathVariable UUID id,
            @RequestHeader("Idempotency-Key") UUID commandId,
            @RequestHeader("If-Match") @Nullable SeenVersion version,
            @RequestBody JsonValue body) {
        List<Command> commands = SentCommands.read(body, Command::fromJson);
        AgentCommands once = desk.on(id).once(commandId);
        return (version == null ? once : once.expecting(version.number())).apply(commands);
    }
    // endregion
}
