package io.github.counterfoil.kotlin

import java.io.ByteArrayOutputStream
import java.io.File
import java.io.PrintStream
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.jetbrains.kotlin.cli.common.ExitCode
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

/** Kotlin's compiler knows where the API takes and gives null, and where it does not. */
class NullsTest {
    @TempDir
    lateinit var folder: Path

    @ParameterizedTest
    @ValueSource(
        strings = [
            "val channel: String? = ticket.sourceChannel().orElse(null)",
            "val redacted: UUID? = (event as? CustomerEvent.EventRedacted)?.eventId()",
            "desk.on(id).rate(5, null)",
            "NewTicket.of(\"Title\", \"Text\").channel(null)",
            "val title: String = ticket.title()",
            "val tags: List<String> = ticket.tags()",
            "val by: String = event.authorName()",
        ],
    )
    fun what_may_be_null_is_and_nothing_else(line: String) {
        val (exit, output) = compiled(line)
        assertThat(exit).describedAs(output).isEqualTo(ExitCode.OK)
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "desk.on(id).reply(null)",
            "desk.on(null)",
            "NewTicket.of(\"Title\", null)",
            "NewTicket.of(\"Title\", \"Text\").priority(null)",
            "TicketQuery.all().tags(null)",
            "TicketService.builder(null as javax.sql.DataSource?)",
            "val redacted: UUID = (event as CustomerEvent.EventRedacted).eventId()",
            "(event as CustomerEvent.EventRedacted).eventId().toString().length + (event as CustomerEvent.EventRedacted).eventId().version()",
        ],
    )
    fun a_null_where_none_may_be_does_not_compile(line: String) {
        val (exit, output) = compiled(line)
        assertThat(exit).describedAs(line).isEqualTo(ExitCode.COMPILATION_ERROR)
        assertThat(output).containsPattern("(?i)null|UUID[?]")
    }

    @Test
    fun a_when_that_forgets_an_event_does_not_compile() {
        val (exit, output) = compiled("val said: String = when (event) { is CustomerEvent.Message -> event.content() }")
        assertThat(exit).isEqualTo(ExitCode.COMPILATION_ERROR)
        assertThat(output).contains("exhaustive")
    }

    private fun compiled(line: String): Pair<ExitCode, String> {
        val source = folder.resolve("Host.kt").toFile()
        source.writeText(
            """
            import io.github.counterfoil.TicketService
            import io.github.counterfoil.desk.CustomerDesk
            import io.github.counterfoil.event.CustomerEvent
            import io.github.counterfoil.ticket.NewTicket
            import io.github.counterfoil.ticket.Ticket
            import io.github.counterfoil.ticket.TicketQuery
            import java.util.UUID

            fun host(desk: CustomerDesk, ticket: Ticket, event: CustomerEvent, id: UUID) {
                $line
            }
            """.trimIndent(),
        )
        val output = ByteArrayOutputStream()
        val exit = K2JVMCompiler().exec(
            PrintStream(output),
            "-no-stdlib", "-no-reflect", "-jvm-target", "17",
            "-classpath", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "-d", File(folder.toFile(), "classes").path,
            source.path,
        )
        return Pair(exit, output.toString(Charsets.UTF_8))
    }
}
