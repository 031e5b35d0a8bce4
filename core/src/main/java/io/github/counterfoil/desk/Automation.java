package io.github.counterfoil.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.TicketQuery;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What is done with tickets when its time has come, by one actor and whenever the host's own scheduler calls: closing what is pending for
 * too long, reminding of what nobody has answered. Several nodes may run a rule at once, and a run may break off anywhere: what is due is
 * done once.
 */
public interface Automation {

    /**
     * Finds a page of the tickets that are due, and applies the commands to each for which that was not done before.
     *
     * <p>A ticket is due once for each time that it became so, which is when one of the moments changes that the query's conditions of time
     * ask for: {@code statusSince} and {@code closed} for when it got its status, {@code updated} for its last event, {@code woke} for when it
     * came back, {@code unansweredSince} for when its customer's wait began. Of a query that has none of these each ticket is due once for
     * good. That it was done the history tells, under a command id that is made of the rule's name, the ticket and these moments: commands that
     * change nothing leave no trace, and are tried by each run.
     *
     * <p>Each ticket is expected to be as the query found it. One that moved on meanwhile, such as one whose customer wrote, is refused with
     * {@link StaleTicket} and left alone; so is one that refuses the commands, such as a full one. It stands in nobody's way: the next page
     * begins after it, and the next run of the rule tries it again if it is still due.
     *
     * <p>Three round trips, a fourth for {@code unansweredSince}, and one where nothing is found, all of them where commands write and not on a
     * read replica. An {@code OutcomeUnknown} names no id of use: the next run finds out.
     *
     * @param rule its name, on one line of at most 64 characters: the same on all nodes and for good. Under another name all is due again
     * @param due which tickets, in which order; the same for all pages of a run
     * @param page so many tickets at most are looked at. {@link PageRequest#forEach} goes through all pages
     * @param commands as {@link BulkCommands#apply(List)} takes them. They may change from release to release: what was done stays done
     * @return what became of each ticket for which it was not done before: fewer than were asked for, or none, also where more follow
     */
    Page<BulkCommands.Result> run(String rule, TicketQuery due, PageRequest page, List<? extends Command> commands);

    /** As {@link #run(String, TicketQuery, PageRequest, List)}. */
    default Page<BulkCommands.Result> run(String rule, TicketQuery due, PageRequest page, Command... commands) {
        // What is null is told with all else that is.
        return run(rule, due, page, commands == null ? Collections.emptyList() : Arrays.asList(commands));
    }
}
