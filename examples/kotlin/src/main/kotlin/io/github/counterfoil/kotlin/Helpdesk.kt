package io.github.counterfoil.kotlin

import io.github.counterfoil.TicketService
import io.github.counterfoil.event.CustomerEvent
import io.github.counterfoil.page.PageRequest
import io.github.counterfoil.ticket.NewTicket
import io.github.counterfoil.ticket.TicketQuery
import java.time.Duration
import java.time.Instant
import java.util.UUID
import kotlin.jvm.optionals.getOrNull

/** What a host in Kotlin makes of the API: properties that may be null where an answer may be empty, and none elsewhere. */
class Helpdesk(private val tickets: TicketService) {

    data class Line(val number: Long, val title: String, val channel: String?, val waiting: Duration?)

    fun open(customer: UUID, title: String, text: String, channel: String? = null): UUID {
        var ticket = NewTicket.of(title, text)
        channel?.let { ticket = ticket.channel(it) }
        return tickets.customer(customer).open(ticket).id()
    }

    fun inbox(agent: UUID, now: Instant): List<Line> =
        tickets.agent(agent)
            .find(TicketQuery.unsolved().snoozed(false), PageRequest.oldestFirst(50))
            .items()
            .map { summary ->
                val answered: Instant? = summary.firstResponseAt().getOrNull()
                Line(
                    summary.number(),
                    summary.title(),
                    summary.sourceChannel().getOrNull(),
                    if (answered == null) Duration.between(summary.createdAt(), now) else null,
                )
            }

    /** Every event that a customer can be shown, by name: a new one does not compile until it has a line here. */
    fun transcript(customer: UUID, ticket: UUID): List<String> =
        tickets.customer(customer).on(ticket).history(PageRequest.oldestFirst(200)).items().map { event ->
            event.authorName() + ": " + said(event)
        }

    private fun said(event: CustomerEvent): String = when (event) {
        is CustomerEvent.Message -> event.content()
        is CustomerEvent.StatusUpdate -> "${event.oldValue()} to ${event.newValue()}"
        is CustomerEvent.PriorityUpdate -> "${event.oldValue()} to ${event.newValue()}"
        is CustomerEvent.TitleUpdate -> event.newValue()
        is CustomerEvent.DescriptionUpdate -> event.newValue()
        is CustomerEvent.AssignmentAdded -> "${event.agentName()} looks after it"
        is CustomerEvent.AssignmentRemoved -> "${event.agentName()} is off it"
        is CustomerEvent.FeedbackSubmitted -> "${event.rating()} of 5"
        is CustomerEvent.EventRedacted -> if (event.eventId() == null) "the text was taken out" else "a message was taken out"
        is CustomerEvent.CustomEvent -> event.type()
    }
}
