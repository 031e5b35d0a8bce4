package io.github.counterfoil.mail;

import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import java.util.Optional;
import java.util.UUID;

/** A letter as its reader's own desk shows it when it leaves, which is later than when it was put into the outbox. */
record CurrentLetter(CustomerHandle ticket) {
    private static final int PAGE = 50;

    // region: current
    /** With title, text and names as they are now; empty if the text was redacted, or is not there any more. */
    Optional<Letter> of(Letter letter) {
        CustomerTicket now = ticket.ticket();
        String subject = Conversation.withNumber(now.title(), now.number());
        if (letter.kind() != Letter.Kind.MESSAGE || letter.eventId() == null) {
            return Optional.of(letter.saying(letter.author(), subject, letter.body()));
        }
        return message(letter.eventId())
                .filter(message -> !message.redacted().contains("content"))
                .map(message -> letter.saying(message.authorName(), subject, MailTexts.message(message)));
    }

    /** It is one of the newest, as a rule. */
    private Optional<CustomerEvent.Message> message(UUID id) {
        Optional<PageRequest> next = Optional.of(PageRequest.newestFirst(PAGE));
        while (next.isPresent()) {
            PageRequest request = next.get();
            Page<CustomerEvent> page = ticket.history(request);
            for (CustomerEvent event : page.items()) {
                if (event.id().equals(id)) {
                    return event instanceof CustomerEvent.Message message ? Optional.of(message) : Optional.empty();
                }
            }
            next = page.next().map(request::after);
        }
        return Optional.empty();
    }
    // endregion
}
