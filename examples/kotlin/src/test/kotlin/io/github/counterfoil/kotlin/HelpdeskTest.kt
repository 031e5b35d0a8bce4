package io.github.counterfoil.kotlin

import io.github.counterfoil.TicketService
import io.github.counterfoil.embedded.EmbeddedPostgresql
import io.github.counterfoil.people.NewCustomer
import io.github.counterfoil.people.NewWorker
import io.github.counterfoil.people.WorkerRole
import io.github.counterfoil.desk.Redaction
import java.time.Duration
import java.util.UUID
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

class HelpdeskTest {
    @Test
    fun a_host_in_kotlin_has_a_help_desk() {
        EmbeddedPostgresql.startInMemory().use { server ->
            val tickets = TicketService.builder(server.dataSource()).build()
            tickets.schema().apply()
            val ada = UUID.randomUUID()
            val jane = UUID.randomUUID()
            tickets.people().registerCustomer(NewCustomer.of(ada, "ada@example.com", "Ada", "Lovelace"))
            tickets.people().registerWorker(NewWorker.of(jane, "jane@example.com", "Jane", "").role(WorkerRole.ADMIN))
            val desk = Helpdesk(tickets)

            val first = desk.open(ada, "Printer on fire", "It burns.", "web")
            desk.open(ada, "No paper", "None.")
            val printer = tickets.agent(jane).on(first)
            printer.assign(jane)
            printer.note("She is angry")
            val reply = printer.reply("Which floor?").events()[0]
            printer.close()
            tickets.customer(ada).on(first).rate(5, null)
            tickets.admin(jane).redactions().redact(first, Redaction.of(reply.id(), "content"))

            val created = tickets.agent(jane).on(first).ticket().createdAt()
            assertThat(desk.inbox(jane, created.plusSeconds(3600)).map { it.copy(waiting = it.waiting?.truncatedTo(java.time.temporal.ChronoUnit.HOURS)) })
                .containsExactly(Helpdesk.Line(2, "No paper", null, Duration.ZERO))
            assertThat(desk.transcript(ada, first))
                .contains("Jane: Jane looks after it", "Ada Lovelace: 5 of 5", "Jane: a message was taken out")
                .noneMatch { it.contains("angry") || it.contains("floor") }
        }
    }
}
