package io.github.counterfoil.webdesk.rest;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The customers' side as JSON: it returns the types that hold nothing private. */
@RestController
@RequestMapping("/api/portal/tickets")
class CustomerApi {

    @GetMapping
    Page<CustomerTicketSummary> tickets(
            CustomerDesk desk, @RequestParam @Nullable String q, @RequestParam @Nullable String after) {
        TicketQuery query = q == null ? TicketQuery.all() : TicketQuery.all().matching(q);
        PageRequest request = PageRequest.newestFirst(50);
        return desk.find(query, after == null ? request : request.after(after));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CustomerTicket open(
            CustomerDesk desk, @RequestHeader("Idempotency-Key") UUID commandId, @RequestBody NewTicket ticket) {
        // How urgent it is, its channel and a reference are not the customer's to say.
        if (!ticket.equals(NewTicket.of(ticket.title(), ticket.description()))) {
            throw new InvalidInput("ticket", "not_allowed", null);
        }
        return desk.open(ticket.channel("api"), commandId);
    }

    @GetMapping("/{id}")
    CustomerTicket ticket(CustomerDesk desk, @PathVariable UUID id) {
        return desk.on(id).ticket();
    }

    @GetMapping("/{id}/history")
    Page<CustomerEvent> history(CustomerDesk desk, @PathVariable UUID id, @RequestParam @Nullable String after) {
        PageRequest request = PageRequest.oldestFirst(50);
        return desk.on(id).history(after == null ? request : request.after(after));
    }

    /** An agent's command is none that a customer's JSON can say. */
    @PostMapping("/{id}/commands")
    CommandResult<CustomerEvent> apply(
            CustomerDesk desk,
            @PathVariable UUID id,
            @RequestHeader("Idempotency-Key") UUID commandId,
            @RequestBody JsonValue body) {
        return desk.on(id).once(commandId).apply(SentCommands.read(body, CustomerApi::own));
    }

    /** Objects beside a reply are this desk's to make: a customer names what they uploaded. */
    private static CustomerCommand own(JsonValue sent) {
        CustomerCommand command = CustomerCommand.fromJson(sent);
        if (command instanceof Command.Reply reply && !reply.attachments().isEmpty()) {
            throw new InvalidInput("attachments", "not_allowed", null);
        }
        return command;
    }
}
