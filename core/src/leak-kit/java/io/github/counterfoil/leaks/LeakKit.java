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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plays random days of support with a canary in every text: notes, custom fields, tags, private events, private parts of
 * attachments, people's e-mails, other customers' tickets. After each operation it calls functions of the host's as each
 * customer and looks for canaries that this customer may not see, and for ids of agents, of other customers and of private
 * events and the version that only the staff sees. Run it on a database of its own: it writes.
 *
 * <p>Answers are searched through objects, containers, futures, streams and files, and through the usual encodings and
 * compressions, one inside another; {@code docs/visibility.md} lists them, and what is not found. An answer that is too large,
 * too deep or too slow for this is named in the report.
 */
public final class LeakKit {
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])[1-9][0-9]{3}(?![0-9])");

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
     * Something that fills while the functions run and must hold nothing that anybody wrote, such as a log. Ids and versions
     * may be in it.
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
        private static final String VERSION = "the version of the staff's ticket";

        /** A number that does not follow the version twice was there by chance. */
        private static final int MOVES = 2;

        private final Random random = new Random(seed);
        private final Canaries canaries = new Canaries(random);
        private final Cast cast = new Cast(tickets, random, canaries, agentDisplay);
        private final SupportLife life = new SupportLife(tickets, random, canaries, cast, eventTypes);
        private final Set<String> reported = new HashSet<>();
        private final List<Leak> leaks = new ArrayList<>();
        private final Set<String> unsearched = new HashSet<>();
        private long probes;

        LeakReport play() {
            try {
                cast.register(users == null ? () -> SupportLife.uuid(random) : users);
                life.begin();
            } catch (Conflict e) {
                throw new IllegalStateException(
                        "people of this seed are here already: give each run a database or a seed of its own", e);
            }
            for (int i = 0; i < operations; i++) {
                life.goOn();
                drainOutputs(NOBODY);
                if (i >= warmUp) {
                    cast.customers().forEach(this::probe);
                }
            }
            return new LeakReport(seed, canaries.count(), probes, leaks, unsearched);
        }

        private void probe(UUID customerId) {
            List<UUID> all = life.tickets();
            call(
                    customerId,
                    all.stream().filter(id -> cast.sees(customerId, id)).toList());
            call(
                    customerId,
                    all.stream().filter(id -> !cast.sees(customerId, id)).toList());
            call(customerId, List.of(new UUID(random.nextLong(), random.nextLong())));
        }

        private void call(UUID customerId, List<UUID> candidates) {
            if (candidates.isEmpty()) {
                return;
            }
            UUID ticketId = candidates.get(random.nextInt(candidates.size()));
            functions.forEach((name, function) -> {
                if (!life.isNumbered(ticketId)) {
                    ask(name, function, customerId, ticketId);
                } else if (followsVersion(name, function, customerId, ticketId)) {
                    report(name, customerId, ticketId, VERSION, Integer.toString(life.version(ticketId)));
                }
            });
        }

        private boolean followsVersion(String name, CustomerFunction function, UUID customerId, UUID ticketId) {
            for (int move = 0; move <= MOVES; move++) {
                int before = life.version(ticketId);
                Set<Integer> numbers = ask(name, function, customerId, ticketId);
                boolean shown =
                        numbers.contains(before) || (!numbers.isEmpty() && numbers.contains(life.version(ticketId)));
                if (!shown || reported.contains(name + VERSION)) {
                    return false;
                }
                life.moveVersion(ticketId);
            }
            return true;
        }

        /** Gives the numbers in the answer that may be a version. */
        private Set<Integer> ask(String name, CustomerFunction function, UUID customerId, UUID ticketId) {
            probes++;
            Set<Integer> numbers = new HashSet<>();
            Set<String> searched = new HashSet<>();
            search(name, answer(function, customerId, ticketId), text -> {
                if (!searched.add(text)) {
                    return;
                }
                Set<String> found = canaries.forbiddenTokens(customerId, text);
                found.addAll(canaries.forbiddenIds(customerId, text));
                found.forEach(canary -> report(name, customerId, ticketId, canaries.whatIs(canary), canary));
                Matcher number = NUMBER.matcher(text);
                while (number.find()) {
                    numbers.add(Integer.valueOf(number.group()));
                }
            });
            drainOutputs(ticketId);
            return numbers;
        }

        private @Nullable Object answer(CustomerFunction function, UUID customerId, UUID ticketId) {
            try {
                return function.answer(tickets, customerId, ticketId);
            } catch (Exception e) {
                return e;
            }
        }

        /** Ids and versions may be there: what an operator reads is not a customer's. */
        private void drainOutputs(UUID ticketId) {
            outputs.forEach((name, drain) -> search(
                    name,
                    drain.get(),
                    text -> canaries.forbiddenTokens(NOBODY, text)
                            .forEach(token -> report(name, NOBODY, ticketId, canaries.whatIs(token), token))));
        }

        private void search(String name, @Nullable Object answer, Consumer<String> each) {
            if (!Traces.each(answer, each)) {
                unsearched.add(name);
            }
        }

        private void report(String name, UUID customerId, UUID ticketId, String secret, String canary) {
            // The version is another number each time.
            if (reported.add(name + (secret.equals(VERSION) ? VERSION : canary))) {
                leaks.add(new Leak(name, customerId, ticketId, secret, canary));
            }
        }
    }
}
