package io.github.counterfoil.faults;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.TicketQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A host whose threads write to one ticket, or race for each of its versions, and which says how often it was told yes. */
final class Writer {
    static final String RACE = "race";
    static final String APPEND = "append";
    static final int THREADS = 16;
    private static final int CONNECTIONS = 8;

    /** One of 64 at one ticket waits for all others, on a machine that may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final AgentHandle ticket;
    private final String number;
    private final int count;

    private Writer(AgentHandle ticket, String number, int count) {
        this.ticket = ticket;
        this.number = number;
        this.count = count;
    }

    public static void main(String[] arguments) throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(arguments[0]);
            pool.setMaximumPoolSize(CONNECTIONS);
            AgentDesk desk = TicketService.builder(pool)
                    .deadline(PATIENCE)
                    .ticketLimit(Long.MAX_VALUE, Integer.MAX_VALUE)
                    .build()
                    .agent(UUID.fromString(arguments[1]));
            desk.find(TicketQuery.all(), PageRequest.oldestFirst(1));
            HostProcess.reply("ready");
            while (true) {
                String[] command = HostProcess.readLine().split(" ");
                AgentHandle ticket = desk.on(UUID.fromString(command[1]));
                Writer writer = new Writer(ticket, arguments[2], Integer.parseInt(command[2]));
                HostProcess.reply(Integer.toString(writer.play(command[0].equals(RACE))));
            }
        }
    }

    /** How many calls were applied. */
    private int play(boolean race) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int one = thread;
                work.add(() -> race ? race() : append(one));
            }
            int applied = 0;
            for (Future<Integer> each : threads.invokeAll(work)) {
                applied += each.get();
            }
            return applied;
        } finally {
            threads.shutdownNow();
        }
    }

    private int append(int thread) {
        for (int i = 0; i < count; i++) {
            ticket.reply(number + "." + thread + "/" + i);
        }
        return count;
    }

    /** Whoever is late finds the version gone: each is won once. */
    private int race() {
        int won = 0;
        for (int version = 0; version < count; version++) {
            try {
                ticket.expecting(version).note("first");
                won++;
            } catch (StaleTicket e) {
                // Somebody else was first.
            }
        }
        return won;
    }
}
