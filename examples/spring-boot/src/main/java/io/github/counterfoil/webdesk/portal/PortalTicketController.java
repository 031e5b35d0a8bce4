package io.github.counterfoil.webdesk.portal;

import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.desk.TicketWithHistory;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.webdesk.accounts.Account;
import io.github.counterfoil.webdesk.files.Attachment;
import io.github.counterfoil.webdesk.files.Uploads;
import io.github.counterfoil.webdesk.shown.Done;
import io.github.counterfoil.webdesk.shown.HistoryLine;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One ticket of a customer's. */
@Controller
@RequestMapping("/portal/tickets/{id}")
class PortalTicketController {
    private static final int EVENTS = 40;

    private final Uploads uploads;

    PortalTicketController(Uploads uploads) {
        this.uploads = uploads;
    }

    @GetMapping
    String ticket(CustomerDesk desk, @PathVariable UUID id, @RequestParam @Nullable String before, Model model) {
        CustomerHandle handle = desk.on(id);
        PageRequest request = PageRequest.newestFirst(EVENTS);
        TicketWithHistory<CustomerTicket, CustomerEvent> read =
                handle.ticketWithHistory(before == null ? request : request.after(before));
        handle.markRead(read.ticket().version());
        model.addAttribute("ticket", PortalTicket.of(read.ticket()));
        model.addAttribute("lines", HistoryLine.oldestFirst(read.history(), CustomerHistory::line));
        model.addAttribute("earlier", read.history().next().orElse(null));
        model.addAttribute("later", before);
        model.addAttribute("commandId", UUID.randomUUID());
        return "portal/ticket";
    }

    @PostMapping("/reply")
    String reply(
            CustomerDesk desk,
            @AuthenticationPrincipal Account me,
            @PathVariable UUID id,
            @RequestParam UUID commandId,
            @RequestParam String text,
            @RequestParam @Nullable List<MultipartFile> files,
            RedirectAttributes after) {
        return done(
                id,
                after,
                "Your answer is sent.",
                uploads.with(
                        files,
                        id,
                        me,
                        commandId,
                        attachments -> desk.on(id).once(commandId).reply(text, attachments)));
    }

    @PostMapping("/close")
    String close(CustomerDesk desk, @PathVariable UUID id, @RequestParam UUID commandId, RedirectAttributes after) {
        return done(
                id, after, "The ticket is closed.", desk.on(id).once(commandId).close());
    }

    @PostMapping("/reopen")
    String reopen(CustomerDesk desk, @PathVariable UUID id, @RequestParam UUID commandId, RedirectAttributes after) {
        return done(
                id,
                after,
                "The ticket is open again.",
                desk.on(id).once(commandId).reopen());
    }

    @PostMapping("/rate")
    String rate(
            CustomerDesk desk,
            @PathVariable UUID id,
            @RequestParam UUID commandId,
            @RequestParam int rating,
            @RequestParam(defaultValue = "") String comment,
            RedirectAttributes after) {
        String words = comment.isBlank() ? null : comment;
        return done(
                id,
                after,
                "Thank you for your rating.",
                desk.on(id).once(commandId).rate(rating, words));
    }

    // region: download
    @GetMapping("/files/{file}")
    ResponseEntity<Resource> file(CustomerDesk desk, @PathVariable UUID id, @PathVariable UUID file) {
        return Attachment.in(
                        desk.on(id)::history,
                        event -> event instanceof CustomerEvent.Message message ? message.attachments() : List.of(),
                        file)
                .map(uploads::download)
                .orElse(ResponseEntity.notFound().build());
    }
    // endregion

    private static String done(UUID id, RedirectAttributes after, String words, CommandResult<CustomerEvent> result) {
        after.addFlashAttribute("done", Done.words(result, words));
        return "redirect:/portal/tickets/" + id;
    }
}
