package io.github.counterfoil.leaks;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.people.AgentDisplay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays random days of support with a canary in every text: notes, custom fields, tags, private events, people's e-mails,
 * other customers' tickets. After each operation it calls functions of the host's as each customer and looks for canaries
 * that this customer may not see. Run it on a database of its own: it writes.
 */
public final class LeakKit {
    private final TicketService tickets;
    private final Map<String, CustomerFunction> functions = new LinkedHashMap<>();
    private final Map<String, Supplier<String>> outputs = new LinkedHashMap<>();
    private final List<CustomEventType> eventTypes = new ArrayList<>();
    private AgentDisplay agentDisplay = AgentDisplay.fullNames();
    private @Nullable Supplier<UUID> users;
    private int operations = 200;
    private int warmUp;
    private long seed = 1;

    private LeakKit(TicketService tickets) {
        this.tickets = tickets;
    }

    /** @param tickets the service as the host builds it, on a database to be filled; its schema must be applied */
    public static LeakKit on(TicketService tickets) {
        return new LeakKit(tickets);
    }

    /** Types that the service registered: events of the private ones hold canaries that nobody may see. */
    public LeakKit eventTypes(CustomEventType... types) {
        eventTypes.addAll(List.of(types));
        return this;
    }

    /** What the service was told of agents' names; {@link AgentDisplay#fullNames()} unless said otherwise. */
    public LeakKit agentDisplay(AgentDisplay display) {
        agentDisplay = display;
        return this;
    }

    /**
     * How a user comes into being, where the host has a table of users of its own.
     *
     * @param newUser stores one and gives its id
     */
    public LeakKit users(Supplier<UUID> newUser) {
        users = newUser;
        return this;
    }

    /** Something that customers can reach. */
    public LeakKit function(String name, CustomerFunction function) {
        functions.put(name, function);
        return this;
    }

    /**
     * Something that fills while the functions run and must hold nothing that anybody wrote, such as a log.
     *
     * @param drain gives what has gathered since it was asked last
     */
    public LeakKit output(String name, Supplier<String> drain) {
        outputs.put(name, drain);
        return this;
    }

    /** How many operations are played, 200 unless said otherwise; each is followed by calls of all functions. */
    public LeakKit operations(int count) {
        operations = count;
        return this;
    }

    /** How many of the operations are played before the first answer is asked for, 0 unless said otherwise. */
    public LeakKit warmUp(int count) {
        warmUp = count;
        return this;
    }

    /**
     * Which operations are played: the same seed plays the same ones, on a database of its own. It is 1 unless said
     * otherwise, so that a build does not fail by chance; a test that is to find new ways gives a fresh one each time. The
     * report names it.
     */
    public LeakKit seed(long seed) {
        this.seed = seed;
        return this;
    }

    /**
     * @throws IllegalStateException if the database holds a run with the same seed already
     */
    public LeakReport run() {
        return new Run().play();
    }

    private final class Run {
        private static final UUID NOBODY = new UUID(0, 0);

        private final Random random = new Random(seed);
        private final Canaries canaries = new Canaries(random);
        private final SupportLife life = new SupportLife(tickets, random, canaries, agentDisplay, eventTypes, users);
        private final Set<String> reported = new HashSet<>();
        private final List<Leak> leaks = new ArrayList<>();
        private long probes;

        LeakReport play() {
            try {
                life.begin();
            } catch (Conflict e) {
                throw new IllegalStateException(
                        "people of this seed are here already: give each run a database or a seed of its own", e);
            }
            for (int i = 0; i < operations; i++) {
                life.goOn();
                outputs.forEach((name, drain) -> search(name, NOBODY, NOBODY, drain.get()));
                if (i >= warmUp) {
                    life.customers().forEach(this::probe);
                }
            }
            return new LeakReport(seed, canaries.count(), probes, leaks);
        }

        private void probe(UUID customerId) {
            List<UUID> all = life.tickets();
            List<UUID> own =
                    all.stream().filter(id -> customerId.equals(life.owner(id))).toList();
            List<UUID> foreign = all.stream()
                    .filter(id -> !customerId.equals(life.owner(id)))
                    .toList();
            call(customerId, own);
            call(customerId, foreign);
            call(customerId, List.of(new UUID(random.nextLong(), random.nextLong())));
        }

        private void call(UUID customerId, List<UUID> candidates) {
            if (candidates.isEmpty()) {
                return;
            }
            UUID ticketId = candidates.get(random.nextInt(candidates.size()));
            functions.forEach((name, function) -> {
                probes++;
                search(name, customerId, ticketId, answer(function, customerId, ticketId));
                outputs.forEach((output, drain) -> search(output, NOBODY, ticketId, drain.get()));
            });
        }

        private @Nullable Object answer(CustomerFunction function, UUID customerId, UUID ticketId) {
            try {
                return function.answer(tickets, customerId, ticketId);
            } catch (Exception e) {
                return e;
            }
        }

        private void search(String name, UUID customerId, UUID ticketId, @Nullable Object answer) {
            for (String token : canaries.forbidden(customerId, Traces.of(answer))) {
                if (reported.add(name + token)) {
                    leaks.add(new Leak(name, customerId, ticketId, canaries.whatIs(token), token));
                }
            }
        }
    }
}
