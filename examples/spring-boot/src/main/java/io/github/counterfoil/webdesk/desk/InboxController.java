package io.github.counterfoil.webdesk.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.TicketSummary;
import io.github.counterfoil.webdesk.accounts.Account;
import io.github.counterfoil.webdesk.problem.FormAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All tickets, as agents look at them. */
@Controller
class InboxController {
    private static final int LINES = 25;

    /** What a bulk command may be, as the form names it. */
    enum Bulk {
        CLOSE,
        TAKE,
        TAG
    }

    /** A ticket that was ticked, as the form names it: {@code <id>@<version>}. */
    record Chosen(UUID id, int version) {
        public static Chosen of(String text) {
            String[] parts = text.split("@", 2);
            return new Chosen(UUID.fromString(parts[0]), Integer.parseInt(parts.length < 2 ? "" : parts[1]));
        }
    }

    // region: inbox
    @GetMapping("/desk")
    String inbox(AgentDesk desk, @AuthenticationPrincipal Account me, InboxView view, Model model) {
        TicketQuery query = view.query(me.supportId());
        PageRequest request = PageRequest.newestFirst(LINES);
        Page<TicketSummary> page = desk.find(query, view.after() == null ? request : request.after(view.after()));
        Map<String, TicketQuery> queues = new LinkedHashMap<>();
        for (Queue queue : Queue.values()) {
            queues.put(queue.name(), queue.query(me.supportId()));
        }
        model.addAttribute("counts", desk.counts(queues)); // one statement for all of them
        model.addAttribute("lines", lines(page, query));
        // endregion
        model.addAttribute("queues", Queue.values());
        model.addAttribute("partial", page.partial());
        model.addAttribute("next", page.next().map(view::address).orElse(null));
        model.addAttribute("first", view.after() == null ? null : view.address(null));
        model.addAttribute("view", view);
        model.addAttribute("workers", Workers.at(desk).active());
        model.addAttribute("statuses", TicketStatus.values());
        model.addAttribute("priorities", Priority.values());
        model.addAttribute("sorts", List.of(TicketQuery.Sort.values()).subList(0, 4));
        model.addAttribute("commandId", UUID.randomUUID());
        return "desk/inbox";
    }

    private static List<InboxLine> lines(Page<TicketSummary> page, TicketQuery query) {
        return page.items().stream().map(ticket -> InboxLine.of(ticket, query)).toList();
    }

    // region: bulk
    @PostMapping("/desk/bulk")
    String bulk(
            AgentDesk desk,
            @AuthenticationPrincipal Account me,
            @RequestParam UUID commandId,
            @RequestParam Bulk action,
            @RequestParam(defaultValue = "") String addTag,
            @RequestParam(defaultValue = "") List<Chosen> ticket, // each an id and the version that was shown
            InboxView view, // where the form stands: its filters
            HttpServletRequest request,
            RedirectAttributes after) {
        String here = view.address(view.after());
        FormAddress.tell(request, here);
        Map<UUID, Integer> versions = new LinkedHashMap<>();
        ticket.forEach(chosen -> versions.put(chosen.id(), chosen.version()));
        Command command = switch (action) {
            case CLOSE -> Command.close();
            case TAKE -> Command.assign(me.supportId());
            case TAG -> Command.tag(addTag);
        };
        List<BulkCommands.Result> results = versions.isEmpty()
                ? List.of()
                : desk.onEach(versions).once(commandId).apply(command);
        // endregion
        List<String> refused = new ArrayList<>();
        for (BulkCommands.Result result : results) {
            result.refusal().ifPresent(refusal -> refused.add(name(desk, result.ticketId()) + ": " + refusal.code()));
        }
        after.addFlashAttribute(
                "done", (results.size() - refused.size()) + " of " + results.size() + " tickets are done.");
        after.addFlashAttribute("refused", refused);
        return "redirect:" + here;
    }

    private static String name(AgentDesk desk, UUID ticketId) {
        return desk.on(ticketId)
                .findTicket()
                .map(ticket -> "#" + ticket.number() + " " + ticket.title())
                .orElse(ticketId.toString());
    }
}
