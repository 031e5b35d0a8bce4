package io.github.counterfoil.mail;

import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which ticket a mail goes on with. All of it is asked at the sender's desk: what they do not see there, no header and no number leads to.
 */
record Conversation(CustomerDesk desk, String domain, String source) {
    private static final int MOST_TICKETS = 5;
    private static final Pattern NUMBER = Pattern.compile("\\[#(\\d{1,18})]");

    static String withNumber(String subject, long number) {
        return "[#" + number + "] " + subject;
    }

    /** Of a mail that opens a ticket: it gets a number of its own. */
    static String withoutNumbers(String subject) {
        return NUMBER.matcher(subject).replaceAll("");
    }

    // region: conversation
    /** What it answers comes first, then what its subject says; empty if it begins a new one. */
    Optional<UUID> of(IncomingMail mail) {
        Optional<UUID> answered = answered(mail.parents());
        return answered.isPresent() ? answered : numbered(mail.subject());
    }

    private Optional<UUID> answered(List<String> parents) {
        if (parents.isEmpty()) {
            return Optional.empty();
        }
        OwnMessageIds ownIds = new OwnMessageIds(domain);
        Map<String, UUID> places = new HashMap<>();
        List<Reference> references = new ArrayList<>();
        parents.forEach(parent -> references.add(new Reference(source, parent)));
        desk.findReferences(references)
                .forEach(place -> places.putIfAbsent(place.reference().id(), place.ticketId()));
        Set<UUID> named = new LinkedHashSet<>();
        for (String parent : parents) {
            ownIds.ticketOf(parent).ifPresent(named::add);
            Optional.ofNullable(places.get(parent)).ifPresent(named::add);
        }
        return named.stream()
                .limit(MOST_TICKETS)
                .filter(ticket -> desk.on(ticket).findTicket().isPresent())
                .findFirst();
    }

    private Optional<UUID> numbered(String subject) {
        Matcher number = NUMBER.matcher(subject);
        if (!number.find()) {
            return Optional.empty();
        }
        TicketQuery query = TicketQuery.all().number(Long.parseLong(number.group(1)));
        return desk.find(query, PageRequest.newestFirst(1)).items().stream()
                .map(CustomerTicketSummary::id)
                .findFirst();
    }
    // endregion
}
