package io.github.counterfoil.host;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/** A host in a JVM of its own. It opens and reads tickets, and prints what has changed around it and how long it took. */
public final class SmallHost {
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final UUID customerId;

    private SmallHost(String url, UUID customerId) {
        dataSource.setUrl(url);
        this.customerId = customerId;
    }

    /** With the JDBC address of a database that has the schema, and the id of a customer in it. */
    public static void main(String[] args) {
        SmallHost host = new SmallHost(args[0], UUID.fromString(args[1]));
        host.connect();
        Locale locale = Locale.getDefault();
        TimeZone timeZone = TimeZone.getDefault();
        Properties properties = (Properties) System.getProperties().clone();
        Set<Thread> threads = Thread.getAllStackTraces().keySet();

        TicketService tickets = host.service();
        System.out.println("module=" + tickets.getClass().getModule().getName());
        long first = host.open(tickets);
        long second = host.open(tickets);
        long another = host.open(host.service());
        System.out.printf(
                "cost=the first command of a JVM %d ms, the second %d ms, the first of another service %d ms%n",
                first, second, another);

        Set<Object> changed = new TreeSet<>(System.getProperties().keySet());
        changed.removeIf(name -> System.getProperties().get(name).equals(properties.get(name)));
        System.out.println("properties=" + changed);
        System.out.println("threads="
                + Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !threads.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> !name.startsWith("PostgreSQL-JDBC"))
                        .collect(Collectors.toCollection(TreeSet::new)));
        System.out.println("defaults="
                + (locale.equals(Locale.getDefault()) && timeZone.equals(TimeZone.getDefault()) ? "kept" : "changed"));
    }

    /** So that what the driver does to a JVM when it first connects is not taken for Counterfoil's doing. */
    private void connect() {
        try {
            dataSource.getConnection().close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private TicketService service() {
        return TicketService.builder(dataSource).build();
    }

    /** In milliseconds. */
    private long open(TicketService tickets) {
        long start = System.nanoTime();
        UUID id = tickets.customer(customerId)
                .open(NewTicket.of("Printer on fire", "It burns."))
                .id();
        long took = (System.nanoTime() - start) / 1_000_000;
        if (!tickets.customer(customerId).ticket(id).title().equals("Printer on fire")) {
            throw new IllegalStateException("another ticket");
        }
        return took;
    }
}
