package io.github.counterfoil.webdesk.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.TicketWithHistory;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
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

/** One ticket, and all that agents do with it. */
@Controller
@RequestMapping("/desk/tickets/{id}")
class TicketController {
    private static final int EVENTS = 40;

    private final Uploads uploads;

    TicketController(Uploads uploads) {
        this.uploads = uploads;
    }

    /**
     * What each form brings along.
     *
     * @param commandId made with the form: sent twice, the command is stored once
     * @param version that was shown
     */
    record Form(UUID commandId, int version) {}

    // region: ticket-page
    @GetMapping
    String ticket(AgentDesk desk, @PathVariable UUID id, @RequestParam @Nullable String before, Model model) {
        AgentHandle handle = desk.on(id);
        PageRequest request = PageRequest.newestFirst(EVENTS);
        TicketWithHistory<Ticket, TicketEvent> read =
                handle.ticketWithHistory(before == null ? request : request.after(before));
        Ticket ticket = read.ticket();
        handle.markRead(ticket.version()); // what is on this page, and not what came meanwhile
        // endregion
        Workers workers = Workers.at(desk);
        StaffHistory history = new StaffHistory(workers::name);
        model.addAttribute("ticket", TicketView.of(ticket, desk.directory().customer(ticket.customerId())));
        model.addAttribute("lines", HistoryLine.oldestFirst(read.history(), history::line));
        model.addAttribute("earlier", read.history().next().orElse(null));
        model.addAttribute("later", before);
        model.addAttribute("workers", workers.active());
        model.addAttribute("statuses", List.of(TicketStatus.OPEN, TicketStatus.PENDING, TicketStatus.CLOSED));
        model.addAttribute("priorities", Priority.values());
        model.addAttribute("commandId", UUID.randomUUID());
        return "desk/ticket";
    }

    // region: reply
    @PostMapping("/reply")
    String reply(
            AgentDesk desk,
            @AuthenticationPrincipal Account me,
            @PathVariable UUID id,
            Form form,
            @RequestParam String text,
            @RequestParam @Nullable List<MultipartFile> files,
            RedirectAttributes after) {
        return done(
                id,
                after,
                "The reply is sent.",
                uploads.with(
                        files,
                        id,
                        me,
                        form.commandId(),
                        attachments -> desk.on(id)
                                .once(form.commandId()) // a double click is one reply
                                .expecting(form.version()) // a colleague may have been quicker
                                .reply(text, attachments)));
    }
    // endregion

    @PostMapping("/note")
    String note(AgentDesk desk, @PathVariable UUID id, Form form, @RequestParam String text, RedirectAttributes after) {
        return done(
                id,
                after,
                "The note is stored.",
                desk.on(id).once(form.commandId()).note(text));
    }

    @PostMapping("/status")
    String status(
            AgentDesk desk,
            @PathVariable UUID id,
            Form form,
            @RequestParam TicketStatus status,
            RedirectAttributes after) {
        return change(desk, id, form, after, Command.changeStatus(status));
    }

    @PostMapping("/priority")
    String priority(
            AgentDesk desk,
            @PathVariable UUID id,
            Form form,
            @RequestParam Priority priority,
            RedirectAttributes after) {
        return change(desk, id, form, after, Command.changePriority(priority));
    }

    @PostMapping("/assign")
    String assign(
            AgentDesk desk, @PathVariable UUID id, Form form, @RequestParam UUID worker, RedirectAttributes after) {
        return change(desk, id, form, after, Command.assign(worker));
    }

    @PostMapping("/unassign")
    String unassign(
            AgentDesk desk, @PathVariable UUID id, Form form, @RequestParam UUID worker, RedirectAttributes after) {
        return change(desk, id, form, after, Command.unassign(worker));
    }

    @PostMapping("/tag")
    String tag(AgentDesk desk, @PathVariable UUID id, Form form, @RequestParam String tag, RedirectAttributes after) {
        return change(desk, id, form, after, Command.tag(tag));
    }

    @PostMapping("/untag")
    String untag(AgentDesk desk, @PathVariable UUID id, Form form, @RequestParam String tag, RedirectAttributes after) {
        return change(desk, id, form, after, Command.untag(tag));
    }

    @GetMapping("/files/{file}")
    ResponseEntity<Resource> file(AgentDesk desk, @PathVariable UUID id, @PathVariable UUID file) {
        return Attachment.in(
                        desk.on(id)::history,
                        event -> event instanceof TicketEvent.Message message ? message.attachments() : List.of(),
                        file)
                .map(uploads::download)
                .orElse(ResponseEntity.notFound().build());
    }

    private static String change(AgentDesk desk, UUID id, Form form, RedirectAttributes after, Command command) {
        return done(
                id,
                after,
                "Done.",
                desk.on(id).once(form.commandId()).expecting(form.version()).apply(command));
    }

    private static String done(UUID id, RedirectAttributes after, String words, CommandResult<TicketEvent> result) {
        after.addFlashAttribute("done", Done.words(result, words));
        return "redirect:/desk/tickets/" + id;
    }
}
