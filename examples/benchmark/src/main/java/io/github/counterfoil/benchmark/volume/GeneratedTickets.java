package io.github.counterfoil.benchmark.volume;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tickets of one year, each made from its number alone, so that they are the same in any order and in every run. What would
 * have happened after the year has not happened: that is why some tickets are not closed.
 */
final class GeneratedTickets {
    static final Instant START = Instant.parse("2025-01-06T00:00:00Z");
    static final Instant END = START.plusSeconds(365 * 86_400L);

    private static final long SEED = 20260101;
    /** Of the first ticket, whose history is long, unless there are few tickets. */
    private static final int LONG_HISTORY = 10_000;

    private final long tickets;
    private final People people;

    GeneratedTickets(long tickets) {
        this.tickets = tickets;
        this.people = People.of(tickets);
    }

    People people() {
        return people;
    }

    /** Seeds that lie one constant apart would give one sequence, begun one place later. */
    private static SplittableRandom random(long n) {
        return new SplittableRandom(new SplittableRandom(SEED + n).nextLong());
    }

    /** As {@link UUID#randomUUID()} makes them. */
    private static UUID id(SplittableRandom random) {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }

    ImportedTicket ticket(long n) {
        return new Making(n).ticket();
    }

    private enum Step {
        STATUS,
        HAND_OVER,
        FIELD,
        PRIORITY,
        TEXT
    }

    /** One ticket, event by event. */
    private final class Making {
        private final long n;
        private final SplittableRandom random;
        private final Shape shape;
        private final Words words;
        private final UUID id;
        private final List<TicketEvent> events = new ArrayList<>();
        private final Author customer;
        private Author worker;
        private boolean assigned;
        private Instant now;
        private TicketStatus status = TicketStatus.NEW;
        private Priority priority;
        private String group;
        private boolean inTime = true;
        private boolean customersTurn;

        Making(long n) {
            this.n = n;
            random = random(n);
            id = id(random);
            shape = new Shape(random);
            words = new Words(random);
            customer = people.customer(shape.customer(people.customers()));
            worker = worker();
            now = START.plusSeconds(Shape.opened(n, tickets));
            priority = shape.priority();
            group = group();
        }

        /** Of ten tickets in all the new worker takes care. */
        private Author worker() {
            return n % Math.max(1, tickets / 10) == 1
                    ? people.newWorker()
                    : people.worker(shape.worker(people.workers()));
        }

        private String group() {
            return "group-" + shape.group();
        }

        ImportedTicket ticket() {
            int category = shape.category();
            int subcategory = shape.subcategory();
            String impact = Integer.toString(shape.impact());
            NewTicket start = NewTicket.of(words.title(), words.text())
                    .priority(priority)
                    .channel(shape.channel())
                    .tags("category-" + category, "subcategory-" + subcategory)
                    .field("category", JsonValue.of(category))
                    .field("subcategory", JsonValue.of(subcategory))
                    .field("assignment_group", JsonValue.of(group))
                    .field("impact", JsonValue.of(impact))
                    .field("made_sla", JsonValue.of(true));
            Instant opened = now;
            happen();
            return ImportedTicket.of(id, start, customer.id(), opened).events(events);
        }

        private void happen() {
            List<TicketStatus> statuses = statuses();
            List<Step> steps = steps(statuses.size());
            if (n > 0 && shape.assigned()) {
                assign();
            }
            int next = 0;
            for (Step step : steps) {
                now = now.plusSeconds(n == 0 ? 60 : shape.gap());
                inTime = inTime && now.isBefore(END);
                if (!inTime) {
                    return;
                }
                switch (step) {
                    case STATUS -> change(statuses.get(next++));
                    case HAND_OVER -> handOver();
                    case FIELD -> changeField();
                    case PRIORITY -> changePriority();
                    case TEXT -> write();
                }
            }
        }

        /** Through which the ticket goes: the one with the long history through none. */
        private List<TicketStatus> statuses() {
            List<TicketStatus> statuses = new ArrayList<>();
            TicketStatus next = shape.after(TicketStatus.NEW);
            while (next != null && n > 0) {
                statuses.add(next);
                next = shape.after(next);
            }
            return statuses;
        }

        /** In any order, but that a change of the status comes last. */
        private List<Step> steps(int statuses) {
            List<Step> steps = new ArrayList<>();
            add(steps, Step.STATUS, statuses - 1);
            add(steps, Step.HAND_OVER, shape.handovers());
            add(steps, Step.FIELD, n == 0 ? 0 : shape.fieldChanges());
            add(steps, Step.PRIORITY, shape.priorityChanges() ? 1 : 0);
            long done = 2
                    + steps.stream()
                            .mapToInt(step -> step == Step.HAND_OVER || step == Step.FIELD ? 2 : 1)
                            .sum();
            add(steps, Step.TEXT, (int) ((n == 0 ? Math.min(LONG_HISTORY, tickets / 10) : shape.events()) - done));
            Collections.shuffle(steps, new Random(random.nextLong()));
            add(steps, Step.STATUS, Math.min(1, statuses));
            return steps;
        }

        private static void add(List<Step> steps, Step step, int times) {
            for (int i = 0; i < times; i++) {
                steps.add(step);
            }
        }

        private TicketEvent.Header header(Author author, Visibility visibility) {
            return new TicketEvent.Header(id(random), id, events.size() + 1, now, author, visibility);
        }

        private TicketEvent.Header byWorker() {
            return header(worker, Visibility.PUBLIC);
        }

        private void assign() {
            events.add(new TicketEvent.AssignmentAdded(byWorker(), worker.id()));
            assigned = true;
        }

        private void handOver() {
            Author next = people.worker(shape.worker(people.workers()));
            if (!assigned || next.id().equals(worker.id())) {
                return;
            }
            events.add(new TicketEvent.AssignmentRemoved(byWorker(), worker.id()));
            worker = next;
            assign();
        }

        private void change(TicketStatus next) {
            events.add(new TicketEvent.StatusUpdate(byWorker(), status, next));
            status = next;
            int rating = next == TicketStatus.CLOSED ? shape.rating() : 0;
            if (rating > 0) {
                String comment = random.nextBoolean() ? words.title() : null;
                events.add(feedback(rating, comment));
            }
        }

        private TicketEvent feedback(int rating, @Nullable String comment) {
            return new TicketEvent.FeedbackSubmitted(header(customer, Visibility.PUBLIC), rating, comment);
        }

        private void changeField() {
            JsonValue old = JsonValue.of(group);
            group = group();
            events.add(new TicketEvent.FieldRemoved(header(worker, Visibility.PRIVATE), "assignment_group", old));
            events.add(new TicketEvent.FieldAdded(
                    header(worker, Visibility.PRIVATE), "assignment_group", JsonValue.of(group)));
        }

        private void changePriority() {
            Priority next = priority == Priority.MEDIUM ? Priority.HIGH : Priority.MEDIUM;
            events.add(new TicketEvent.PriorityUpdate(byWorker(), priority, next));
            priority = next;
        }

        /** The log tells of work, not of words: one text in three is a note, and the others come from both sides in turn. */
        private void write() {
            if (random.nextInt(3) == 0) {
                events.add(new TicketEvent.NoteAdded(header(worker, Visibility.PRIVATE), words.text()));
            } else {
                Author author = customersTurn ? customer : worker;
                customersTurn = !customersTurn;
                events.add(new TicketEvent.Message(header(author, Visibility.PUBLIC), words.text(), List.of()));
            }
        }
    }
}
