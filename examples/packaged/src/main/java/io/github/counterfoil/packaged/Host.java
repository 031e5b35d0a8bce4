package io.github.counterfoil.packaged;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Ticket;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Opens a ticket in the database whose JDBC address it is given, reads it, and tries one that is wrong in all ways. Then it
 * looks whether its JVM is still as it was.
 */
public final class Host {

    private Host() {}

    public static void main(String[] args) throws SQLException {
        Connections connections = new Connections(args[0]);
        // What the driver does to a JVM when it first connects is not Counterfoil's doing.
        connections.release(connections.open());
        Locale locale = Locale.getDefault();
        TimeZone timeZone = TimeZone.getDefault();
        Properties properties = (Properties) System.getProperties().clone();
        Set<Thread> threads = Thread.getAllStackTraces().keySet();

        use(TicketService.builder(connections).schema(args[1]).build());

        Set<Object> changed = new TreeSet<>(System.getProperties().keySet());
        changed.removeIf(name -> Objects.equals(System.getProperties().get(name), properties.get(name)));
        System.out.println("properties " + changed);
        System.out.println("threads "
                + Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !threads.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> !name.startsWith("PostgreSQL-JDBC"))
                        .collect(Collectors.toCollection(TreeSet::new)));
        System.out.println("defaults "
                + (locale.equals(Locale.getDefault()) && timeZone.equals(TimeZone.getDefault()) ? "kept" : "changed"));
    }

    /** Out and in by a mapper of the host's own. */
    private static Command throughJackson(Command command) {
        ObjectMapper mapper = new ObjectMapper();
        try {
            return mapper.readValue(mapper.writeValueAsString(command), Command.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void use(TicketService tickets) {
        tickets.schema().apply();
        UUID ada = UUID.randomUUID();
        UUID jane = UUID.randomUUID();
        tickets.people().registerCustomer(NewCustomer.of(ada, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(jane, "jane@example.com", "Jane", "Smith"));
        AgentDesk desk = tickets.agent(jane);
        Ticket opened = desk.open(
                ada,
                NewTicket.of("Printer on fire", "It burns.").tags("hardware").channel("web"));
        System.out.println(desk.on(opened.id()).ticket().title());
        System.out.println(
                desk.on(opened.id()).apply(throughJackson(Command.tag("fire"))).outcome());
        try {
            desk.open(ada, NewTicket.of("", " ").channel("\n").tags("fine", "", "x".repeat(65)));
        } catch (InvalidInput e) {
            System.out.println(e.getMessage());
        }
        System.out.println(Host.class.getModule() + " " + TicketService.class.getModule());
    }
}
