package io.github.counterfoil.faults;

import static io.github.counterfoil.command.Command.assign;
import static io.github.counterfoil.command.Command.changePriority;
import static io.github.counterfoil.command.Command.changeStatus;
import static io.github.counterfoil.command.Command.changeTitle;
import static io.github.counterfoil.command.Command.note;
import static io.github.counterfoil.command.Command.reply;
import static io.github.counterfoil.command.Command.setField;
import static io.github.counterfoil.command.Command.unassign;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentCommands;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What hosts do, how often, and what each leaves behind. Commands carry a text by which the judge finds them. */
enum CallKind {
    REPLY(22, 1, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            return command(agent(tickets, call).reply(call.mark(0, 0)));
        }
    },
    CUSTOMERS_REPLY(16, 1, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            return command(customer(tickets, call).once(call.commandId()).reply(call.mark(0, 0)));
        }
    },
    NOTE(10, 1, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            return command(agent(tickets, call).note(call.mark(0, 0)));
        }
    },
    SEVERAL(10, 1, 4) {
        @Override
        Told play(TicketService tickets, Call call) {
            return command(agent(tickets, call)
                    .apply(
                            reply(call.mark(0, 0)),
                            setField("mark", call.mark(0, 1)),
                            note(call.mark(0, 2)),
                            changeTitle(call.mark(0, 3)),
                            changePriority(any(Priority.values(), call))));
        }
    },
    /** The last of them is refused. */
    SEVERAL_REFUSED(4, 1, 2) {
        @Override
        Told play(TicketService tickets, Call call) {
            return command(
                    agent(tickets, call).apply(reply(call.mark(0, 0)), note(call.mark(0, 1)), assign(call.newId(0))));
        }
    },
    STATUS(7, 1, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            TicketStatus[] statuses = {TicketStatus.OPEN, TicketStatus.PENDING, TicketStatus.CLOSED};
            return command(agent(tickets, call).apply(changeStatus(any(statuses, call)), note(call.mark(0, 0))));
        }
    },
    ASSIGN(6, 1, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            return command(agent(tickets, call).apply(assign(call.assignee()), note(call.mark(0, 0))));
        }
    },
    UNASSIGN(3, 1, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            return command(agent(tickets, call).apply(unassign(call.assignee()), note(call.mark(0, 0))));
        }
    },
    EXPECTING(4, 1, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            AgentHandle handle = tickets.agent(call.agent()).on(call.ticket());
            int version = handle.ticket().version();
            return command(handle.expecting(version).once(call.commandId()).reply(call.mark(0, 0)));
        }
    },
    EACH(4, CallKind.TICKETS_AT_ONCE, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            // Each ticket has the same text: which of them is meant, the ticket says.
            return Told.done(
                    tickets
                            .agent(call.agent())
                            .onEach(call.ticketsAtOnce())
                            .once(call.commandId())
                            .apply(note(call.token()))
                            .stream()
                            .map(CallKind::letter)
                            .collect(Collectors.joining()));
        }
    },
    OPEN(3, 1, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            tickets.customer(Cast.ownerOf(call.ticketNumber())).open(opening(call), call.commandId());
            return Told.done("A");
        }
    },
    OPEN_FOR(2, 1, 1) {
        @Override
        Told play(TicketService tickets, Call call) {
            tickets.agent(call.agent())
                    .open(Cast.ownerOf(call.ticketNumber()), opening(call).tags("phone"), call.commandId());
            return Told.done("A");
        }
    },
    IMPORT(2, 3, 3) {
        @Override
        Told play(TicketService tickets, Call call) {
            Imports.Report report = tickets.imports()
                    .run(IntStream.range(0, parts())
                            .mapToObj(part -> imported(call, part))
                            .iterator());
            return report.imported() + report.present() == parts()
                    ? Told.done("A".repeat(parts()))
                    : new Told(Told.Answer.BROKEN, report.toString());
        }
    },
    REGISTER(2, 0, 0) {
        @Override
        Told play(TicketService tickets, Call call) {
            tickets.people().registerCustomer(Cast.newCustomer(call.newId(0), call.token()), call.commandId());
            return Told.done("A");
        }
    },
    RENAME(2, 0, 0) {
        @Override
        Told play(TicketService tickets, Call call) {
            tickets.people()
                    .updateCustomer(
                            Cast.ownCustomer(call.host(), call.thread()),
                            Customer.Changes.none().name(call.token(), "Renamed"),
                            call.commandId());
            return Told.done("A");
        }
    },
    DEACTIVATE(1, 0, 0) {
        @Override
        Told play(TicketService tickets, Call call) {
            tickets.admin(Cast.ADMIN).deactivate(Cast.ownWorker(call.host(), call.thread()), call.commandId());
            return Told.done("A");
        }
    },
    REACTIVATE(1, 0, 0) {
        @Override
        Told play(TicketService tickets, Call call) {
            tickets.admin(Cast.ADMIN).reactivate(Cast.ownWorker(call.host(), call.thread()), call.commandId());
            return Told.done("A");
        }
    },
    /** Somebody whom nobody else knows comes, and is taken out again. */
    ERASE(1, 0, 0) {
        @Override
        Told play(TicketService tickets, Call call) {
            try {
                tickets.people().registerCustomer(Cast.newCustomer(call.newId(0), call.token()), call.commandId());
            } catch (Conflict again) {
                // Registered by the try before.
            }
            tickets.admin(Cast.ADMIN).erase(call.newId(0), call.commandId());
            return Told.done("A");
        }
    },
    READ(4, 0, 0) {
        @Override
        Told play(TicketService tickets, Call call) {
            AgentHandle handle = tickets.agent(call.agent()).on(call.ticket());
            int before = handle.ticket().version();
            int customers = customer(tickets, call).ticket().version();
            int after = handle.ticket().version();
            return before <= after && customers <= after
                    ? Told.done("A")
                    : new Told(Told.Answer.BROKEN, "versions " + before + ", " + customers + ", " + after);
        }
    };

    static final int TICKETS_AT_ONCE = 4;
    private static final Instant IMPORTED = Instant.parse("2024-02-01T00:00:00Z");
    private static final int ALL =
            IntStream.range(0, values().length).map(i -> values()[i].weight).sum();

    private final int weight;
    private final int parts;
    private final int eventsOfPart;

    CallKind(int weight, int parts, int eventsOfPart) {
        this.weight = weight;
        this.parts = parts;
        this.eventsOfPart = eventsOfPart;
    }

    static CallKind pick(Random random) {
        int left = random.nextInt(ALL);
        for (CallKind kind : values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("more chances than weights");
    }

    /** Makes the call and says what it answered; what it throws is told elsewhere. */
    abstract Told play(TicketService tickets, Call call);

    /** What is stored, or not, by itself. */
    int parts() {
        return parts;
    }

    int eventsOfPart() {
        return eventsOfPart;
    }

    private static AgentCommands agent(TicketService tickets, Call call) {
        return tickets.agent(call.agent()).on(call.ticket()).once(call.commandId());
    }

    private static CustomerHandle customer(TicketService tickets, Call call) {
        return tickets.customer(Cast.ownerOf(call.ticketNumber())).on(call.ticket());
    }

    private static Told command(CommandResult<?> result) {
        return Told.done(letter(result));
    }

    private static String letter(BulkCommands.Result result) {
        return result.result()
                .map(CallKind::letter)
                .orElseGet(() -> result.refusal().orElseThrow().code().equals("ticket.busy") ? "B" : "R");
    }

    private static String letter(CommandResult<?> result) {
        return result.outcome() == CommandResult.Outcome.UNCHANGED ? "U" : "A";
    }

    private static NewTicket opening(Call call) {
        return NewTicket.of("Opened", call.mark(0, 0)).channel("web");
    }

    private static ImportedTicket imported(Call call, int part) {
        UUID ticket = call.newId(part);
        UUID customer = Cast.ownerOf(call.ticketNumber());
        Author author = new Author(customer, "Some", "Customer", Role.CUSTOMER);
        List<TicketEvent> events = IntStream.range(0, IMPORT.eventsOfPart)
                .<TicketEvent>mapToObj(event -> new TicketEvent.Message(
                        new TicketEvent.Header(
                                Cast.id(ticket + "/" + event),
                                ticket,
                                event + 1,
                                IMPORTED.plusSeconds(event + 1L),
                                author,
                                Visibility.PUBLIC),
                        call.mark(part, event),
                        List.of()))
                .toList();
        return ImportedTicket.of(ticket, NewTicket.of("Imported", "From elsewhere."), customer, IMPORTED)
                .events(events);
    }

    private static <T> T any(T[] values, Call call) {
        return values[call.pick(values.length)];
    }
}
