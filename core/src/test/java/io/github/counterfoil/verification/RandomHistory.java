package io.github.counterfoil.verification;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.desk.TicketWithHistory;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketSnapshot;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One random ticket: opened or imported, then worked on by anybody. What the desks show of it must be what its history
 * makes of what it started with, and numbers and times those that follow from when the commands were given.
 */
final class RandomHistory {
    private static final int MAX_COMMANDS = 12;
    private static final PageRequest ALL = PageRequest.oldestFirst(100);

    /** An event that must be there: its id, its time for the staff, and for its customer if they see it. */
    private record Expected(UUID id, Instant at, @Nullable Instant shownAt) {}

    private final HistoriesWorld world;
    private final Random random;
    private final UUID customerId;
    private final NewTicket start;
    private final UUID id;
    private final Instant createdAt;
    private final List<Expected> expected = new ArrayList<>();
    private Instant last;
    private Instant lastShown;

    private RandomHistory(HistoriesWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
        this.customerId = random.nextBoolean() ? ADA : BOB;
        this.createdAt = world.now();
        this.last = createdAt;
        this.lastShown = createdAt;
        NewTicket plain = NewTicket.of("Title " + random.nextInt(3), "Text " + random.nextInt(3))
                .priority(Priority.values()[random.nextInt(3)]);
        NewTicket ticket = random.nextBoolean() ? plain.channel("web") : plain;
        int kind = random.nextInt(3);
        this.start = kind == 0
                ? ticket
                : ticket.tags(random.nextBoolean() ? new String[] {"b", "a"} : new String[] {"t1", "b", "t0"})
                        .field("f0", JsonValue.of(random.nextInt(2)));
        this.id = switch (kind) {
            case 0 -> AnyCommand.openAsCustomer(world.team, customerId, start);
            case 1 -> AnyCommand.openAsAgent(world.team, customerId, start);
            default -> imported();
        };
    }

    static void play(HistoriesWorld world, long seed) {
        RandomHistory history = new RandomHistory(world, seed);
        for (int commands = 1 + history.random.nextInt(MAX_COMMANDS); commands > 0; commands--) {
            history.command();
        }
        history.check();
    }

    private UUID imported() {
        ImportedTicket ticket = AnyImport.of(start, customerId, createdAt, random);
        if (random.nextBoolean()) {
            int known = random.nextInt(ticket.events().size() + 1);
            run(ImportedTicket.of(ticket.id(), start, customerId, createdAt)
                    .events(ticket.events().subList(0, known)));
        }
        run(ticket);
        for (TicketEvent event : ticket.events()) {
            last = event.createdAt();
            lastShown = HistoriesWorld.shows(event) ? last : lastShown;
            expected.add(new Expected(event.id(), last, HistoriesWorld.shows(event) ? last : null));
        }
        return ticket.id();
    }

    private void run(ImportedTicket ticket) {
        Imports.Report report =
                world.team.tickets().imports().run(List.of(ticket).iterator());
        assertThat(report.faults()).isEmpty();
    }

    private void command() {
        world.now(tick());
        CommandResult<?> result;
        try {
            result = AnyCommand.run(world.team, id, random);
        } catch (Refusal e) {
            // Nothing happened.
            return;
        }
        boolean ofAgent = result.events().stream().anyMatch(TicketEvent.class::isInstance);
        List<TicketEvent> stored = stored(result);
        Instant at = later(last);
        Instant shownAt = later(lastShown);
        for (TicketEvent event : stored) {
            boolean shown = HistoriesWorld.shows(event);
            expected.add(new Expected(event.id(), at, shown ? shownAt : null));
            last = at;
            at = at.plus(1, ChronoUnit.MICROS);
            if (shown) {
                lastShown = shownAt;
                shownAt = shownAt.plus(1, ChronoUnit.MICROS);
            }
        }
        if (!result.events().isEmpty()) {
            assertThat(result.version()).as("version").isEqualTo(ofAgent ? expected.size() : shown().size());
        }
    }

    /** What a command stored; its customer is told of what they see of it. */
    private List<TicketEvent> stored(CommandResult<?> result) {
        List<TicketEvent> all = world.team.jane().on(id).history(ALL).items();
        List<TicketEvent> stored = all.subList(expected.size(), all.size());
        boolean ofCustomer = result.events().stream().anyMatch(CustomerEvent.class::isInstance);
        assertThat(result.events())
                .extracting(event -> event instanceof TicketEvent own ? own.id() : ((CustomerEvent) event).id())
                .isEqualTo(stored.stream()
                        .filter(event -> !ofCustomer || HistoriesWorld.shows(event))
                        .map(TicketEvent::id)
                        .toList());
        return stored;
    }

    private Instant later(Instant than) {
        Instant next = than.plus(1, ChronoUnit.MICROS);
        return world.now().isAfter(next) ? world.now() : next;
    }

    /** Mostly a little later; clocks also stand still, and run back. */
    private Instant tick() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> world.now();
            case 2 -> world.now().plus(random.nextInt(4), ChronoUnit.MICROS);
            case 3 -> world.now().minusMillis(random.nextInt(2_000));
            default -> world.now().plusMillis(random.nextInt(10_000));
        };
    }

    private List<Expected> shown() {
        return expected.stream().filter(event -> event.shownAt() != null).toList();
    }

    private void check() {
        List<TicketEvent> events = world.team.jane().on(id).history(ALL).items();
        assertThat(events).extracting(TicketEvent::id).isEqualTo(ids(expected));
        assertThat(events)
                .extracting(TicketEvent::createdAt)
                .isEqualTo(expected.stream().map(Expected::at).toList());
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).seq()).isEqualTo(i + 1);
        }
        assertThat(world.team.jane().on(id).ticketWithHistory(ALL))
                .isEqualTo(new TicketWithHistory<>(
                        world.team.jane().on(id).ticket(), new Page<>(events, Optional.empty())));
        checkPast(events, random.nextInt(events.size() + 1));
        checkCustomer(fold(events).customerId());
    }

    private TicketState fold(List<TicketEvent> events) {
        TicketState state = new TicketState(start, customerId);
        for (TicketEvent event : events) {
            assertThat(state.apply(event, HistoriesWorld.shows(event) ? event.createdAt() : null))
                    .as("what does not fit of " + event)
                    .isNull();
        }
        return state;
    }

    private void checkPast(List<TicketEvent> events, int version) {
        TicketState state = fold(events.subList(0, version));
        assertThat(world.team.jane().on(id).at(version))
                .isEqualTo(new TicketSnapshot(
                        id,
                        version,
                        version == 0 ? createdAt : expected.get(version - 1).at(),
                        state.all().title(),
                        state.all().description(),
                        state.all().status(),
                        state.all().priority(),
                        state.customerId(),
                        List.copyOf(state.tags()),
                        state.fields(),
                        Optional.ofNullable(state.snoozedUntil()),
                        List.copyOf(state.all().assigned().keySet())));
    }

    private void checkCustomer(UUID owner) {
        CustomerHandle desk = world.team.tickets().customer(owner).on(id);
        Optional<CustomerTicket> ticket = desk.findTicket();
        assertThat(ticket).as("the ticket for whose it is").isPresent();
        List<CustomerEvent> events = desk.history(ALL).items();
        assertThat(events).extracting(CustomerEvent::id).isEqualTo(ids(shown()));
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).number()).isEqualTo(i + 1);
            assertThat(events.get(i).createdAt()).isEqualTo(shown().get(i).shownAt());
        }
        assertThat(ticket).contains(foldAsCustomer(ticket.get().number(), events));
        assertThat(desk.ticketWithHistory(ALL))
                .isEqualTo(new TicketWithHistory<>(ticket.get(), new Page<>(events, Optional.empty())));
    }

    /** What a customer's own history makes of their ticket. */
    private CustomerTicket foldAsCustomer(long number, List<CustomerEvent> events) {
        String title = start.title();
        String description = start.description();
        TicketStatus status = TicketStatus.NEW;
        Priority priority = start.priority();
        Optional<CustomerTicket.Feedback> feedback = Optional.empty();
        List<String> assignedTo = new ArrayList<>();
        Instant since = createdAt;
        Optional<Instant> answered = Optional.empty();
        Optional<CustomerTicketSummary.Written> written = Optional.empty();
        for (CustomerEvent event : events) {
            if (event instanceof CustomerEvent.Message) {
                boolean agent = event.role() == Role.AGENT;
                written = Optional.of(new CustomerTicketSummary.Written(event.authorName(), agent, event.createdAt()));
                answered = answered.or(() -> agent ? Optional.of(event.createdAt()) : Optional.empty());
            }
            if (event instanceof CustomerEvent.StatusUpdate) {
                since = event.createdAt();
            }
            if (event instanceof CustomerEvent.TitleUpdate e) {
                title = e.newValue();
            } else if (event instanceof CustomerEvent.DescriptionUpdate e) {
                description = e.newValue();
            } else if (event instanceof CustomerEvent.StatusUpdate e) {
                status = e.newValue();
            } else if (event instanceof CustomerEvent.PriorityUpdate e) {
                priority = e.newValue();
            } else if (event instanceof CustomerEvent.FeedbackSubmitted e) {
                feedback = Optional.of(new CustomerTicket.Feedback(e.rating(), e.comment(), e.createdAt()));
            } else if (event instanceof CustomerEvent.AssignmentAdded e) {
                if (!assignedTo.contains(e.agentName())) {
                    assignedTo.add(e.agentName());
                }
            } else if (event instanceof CustomerEvent.AssignmentRemoved e) {
                assignedTo.remove(e.agentName());
            }
        }
        return new CustomerTicket(
                id,
                number,
                title,
                description,
                status,
                priority,
                feedback,
                Optional.ofNullable(start.channel()),
                createdAt,
                lastShown,
                assignedTo,
                since,
                answered,
                status == TicketStatus.CLOSED ? Optional.of(since) : Optional.empty(),
                written,
                shown().size());
    }

    private static List<UUID> ids(List<Expected> events) {
        return events.stream().map(Expected::id).toList();
    }
}
