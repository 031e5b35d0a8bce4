package io.github.counterfoil.mail;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A host that does nothing but fill the outbox and send what is in it. */
final class SendingProcess {
    private static final char READY = '!';
    /** GreenMail takes no mail without a sender. */
    private static final MailSettings SETTINGS = MailPlace.SETTINGS.automaticSender(MailPlace.SUPPORT);

    private static final Duration HOLD = Duration.ofMillis(500);

    private SendingProcess() {}

    public static void main(String[] arguments) throws Exception {
        Properties smtp = new Properties();
        smtp.setProperty("mail.smtp.host", "127.0.0.1");
        smtp.setProperty("mail.smtp.port", arguments[1]);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[0]);
        pool.setMaximumPoolSize(2);
        HikariDataSource dataSource = new HikariDataSource(pool);
        TicketService tickets =
                TicketService.builder(dataSource).attachmentsInDatabase().build();
        MailOut out = new MailOut(tickets, SETTINGS);
        Outbox outbox = new Outbox(dataSource, tickets, SETTINGS, Session.getInstance(smtp), HOLD, Transport::send);
        out.register();
        out.fillOutbox();
        System.out.print(READY);
        System.out.flush();
        while (System.in.available() == 0) {
            out.fillOutbox();
            outbox.send();
        }
    }

    static Process start(String url, int smtpPort) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.jooq.no-logo=true",
                "-Dorg.jooq.no-tips=true",
                "-Dorg.jboss.logging.provider=slf4j",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SendingProcess.class.getName(),
                url,
                String.valueOf(smtpPort)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    static void awaitReady(Process process) throws IOException {
        for (int next = process.getInputStream().read();
                next != READY;
                next = process.getInputStream().read()) {
            if (next < 0) {
                throw new IllegalStateException("the process has ended");
            }
        }
    }
}
