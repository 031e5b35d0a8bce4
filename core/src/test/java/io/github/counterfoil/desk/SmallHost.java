package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.TicketQuery;
import java.io.IOException;
import java.io.Writer;
import java.util.UUID;
import java.util.function.Function;
import org.postgresql.ds.PGSimpleDataSource;

/** A host of its own: reads, verifies and exports the tickets of a database, and prints what it found. */
final class SmallHost {

    private SmallHost() {}

    /** @param args the address of the database, and the ids of two tickets: one of many messages, one of many descriptions */
    public static void main(String[] args) throws IOException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(args[0]);
        TicketService tickets = TicketService.builder(dataSource).build();
        UUID messages = UUID.fromString(args[1]);
        UUID descriptions = UUID.fromString(args[2]);
        PageRequest page = PageRequest.newestFirst(200);

        print(
                "agent's events",
                count(page, one -> tickets.agent(JANE).on(messages).history(one)));
        print(
                "customer's events",
                count(page, one -> tickets.customer(ADA).on(messages).history(one)));
        print("tickets", count(page, one -> tickets.agent(JANE).find(TicketQuery.all(), one)));
        print("customer's tickets", count(page, one -> tickets.customer(ADA).find(TicketQuery.all(), one)));
        try {
            tickets.agent(JANE).on(messages).expecting(0).close();
        } catch (StaleTicket.ForAgent e) {
            print("stale", e.since().size());
        }
        for (UUID id : new UUID[] {messages, descriptions}) {
            print("discrepancies", tickets.verify(id).discrepancies().size());
            print("version", tickets.agent(JANE).on(id).at(10).version());
            print("document", events(tickets.documents().ticket(id).orElseThrow()));
            Counted out = new Counted();
            tickets.documents().writeTicket(id, out);
            print("MiB exported", out.characters / 1024 / 1024);
        }
        print("verified", tickets.verifyAll().tickets());
    }

    private static String events(JsonValue document) {
        JsonValue history = document.members().get("ticket_history");
        return history.members().get("events").elements().size()
                + (history.members().containsKey("truncated") ? " truncated" : "");
    }

    private static int count(PageRequest first, Function<PageRequest, ? extends Page<?>> list) {
        Page<?> page = list.apply(first);
        int count = page.items().size();
        while (page.next().isPresent()) {
            page = list.apply(first.after(page.next().get()));
            count += page.items().size();
        }
        return count;
    }

    private static void print(String what, Object found) {
        System.out.println(what + " " + found);
    }

    private static final class Counted extends Writer {
        private long characters;

        @Override
        public void write(char[] text, int from, int length) {
            characters += length;
        }

        @Override
        public void write(String text, int from, int length) {
            characters += length;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
