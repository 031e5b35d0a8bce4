package io.github.counterfoil.webdesk.portal;

import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** A customer's tickets. */
@Controller
@RequestMapping("/portal")
class PortalController {
    private static final int LINES = 20;

    // region: my-tickets
    @GetMapping
    String tickets(
            CustomerDesk desk,
            @RequestParam(defaultValue = "") String q,
            @RequestParam @Nullable String after,
            Model model) {
        TicketQuery query = q.isBlank()
                ? TicketQuery.all().sort(TicketQuery.Sort.UPDATED)
                : TicketQuery.all().matching(q).sort(TicketQuery.Sort.RELEVANCE);
        PageRequest request = PageRequest.newestFirst(LINES);
        Page<CustomerTicketSummary> page = desk.find(query, after == null ? request : request.after(after));
        // endregion
        Map<String, TicketQuery> counts = new LinkedHashMap<>();
        counts.put("not closed", TicketQuery.unsolved());
        counts.put("waiting for your answer", TicketQuery.all().status(TicketStatus.PENDING));
        counts.put("closed", TicketQuery.all().status(TicketStatus.CLOSED));
        model.addAttribute("counts", desk.counts(counts));
        model.addAttribute(
                "lines",
                page.items().stream()
                        .map(ticket -> PortalLine.of(ticket, query))
                        .toList());
        model.addAttribute("q", q);
        model.addAttribute("partial", page.partial());
        model.addAttribute("first", after == null ? null : address(q, null));
        model.addAttribute("next", page.next().map(cursor -> address(q, cursor)).orElse(null));
        return "portal/tickets";
    }

    private static String address(String q, @Nullable String cursor) {
        return UriComponentsBuilder.fromPath("/portal")
                .queryParamIfPresent("q", Optional.of(q).filter(text -> !text.isBlank()))
                .queryParamIfPresent("after", Optional.ofNullable(cursor))
                .encode()
                .build()
                .toUriString();
    }

    @GetMapping("/new")
    String open(Model model) {
        model.addAttribute("commandId", UUID.randomUUID());
        return "portal/new";
    }

    // region: open
    @PostMapping("/tickets")
    String open(
            CustomerDesk desk,
            @RequestParam UUID commandId,
            @RequestParam String title,
            @RequestParam String text,
            RedirectAttributes after) {
        NewTicket ticket = NewTicket.of(title.strip(), text).channel("web");
        UUID id = desk.open(ticket, commandId).id(); // the same form sent twice opens one ticket
        after.addFlashAttribute("done", "Thank you. We take care of it.");
        return "redirect:/portal/tickets/" + id;
    }
    // endregion
}
