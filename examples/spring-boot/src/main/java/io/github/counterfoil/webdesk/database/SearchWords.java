package io.github.counterfoil.webdesk.database;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.SearchIndex;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Gives search what no command of this desk wrote: imports, what was there before, what a redaction left. */
@Component
public class SearchWords {
    private final TicketService tickets;

    SearchWords(TicketService tickets) {
        this.tickets = tickets;
    }

    // region: catch-up
    @Scheduled(fixedDelayString = "${desk.search-every:10s}")
    public void catchUp() {
        SearchIndex index = tickets.searchIndex();
        while (index.catchUp(200) > 0) {
            // so many changes at a time, beside all who write
        }
    }
    // endregion
}
