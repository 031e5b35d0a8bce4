package io.github.counterfoil.mail;

import static io.github.counterfoil.mail.MailPlace.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Mails from a mail server. */
class MailboxTest {
    private static final String PASSWORD = "secret";

    private final MailPlace place = MailPlace.open();
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final Mailbox mailbox = new Mailbox(place.in);
    private GreenMailUser user;

    @BeforeEach
    void start() {
        server.start();
        user = server.setUser(SUPPORT, SUPPORT, PASSWORD);
    }

    @AfterEach
    void stop() {
        server.stop();
        place.close();
    }

    private void arrives(Eml mail) throws MessagingException {
        user.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.bytes())));
    }

    private int poll(MailIn in) throws MessagingException, SQLException {
        return pollWith(new Mailbox(in));
    }

    private int pollWith(Mailbox mailbox) throws MessagingException, SQLException {
        Properties imap = new Properties();
        imap.setProperty("mail.imap.host", "127.0.0.1");
        imap.setProperty("mail.imap.port", String.valueOf(server.getImap().getPort()));
        try (Store store = Session.getInstance(imap).getStore("imap")) {
            store.connect(SUPPORT, PASSWORD);
            return mailbox.poll(store);
        }
    }

    @Test
    void two_nodes_empty_a_mailbox_and_each_mail_is_there_once_whatever_is_between_them() throws Exception {
        for (int i = 0; i < 10; i++) {
            arrives(Eml.of("ada" + i + "@example.com", "<1@ada" + i + ">", "Mail " + i, "Text"));
            arrives(new Eml(List.of("Subject: damaged"), "by nobody " + i));
        }
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> one = nodes.submit(() -> poll(place.in));
            Future<Integer> other = nodes.submit(() -> poll(place.in));
            assertThat(one.get() + other.get()).isGreaterThanOrEqualTo(20);
        } finally {
            nodes.shutdown();
        }
        assertThat(place.count("counterfoil.ticket")).isEqualTo(10);
        assertThat(place.count("mail.aside")).isEqualTo(10);
        assertThat(poll(place.in)).isZero();
    }

    @Test
    void while_the_database_is_away_mails_stay_where_they_are() throws Exception {
        arrives(Eml.of("ada@example.com", "<1@ada>", "Mail", "Text"));
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setURL("jdbc:postgresql://127.0.0.1:1/nowhere");
        MailIn away = new MailIn(nowhere, place.tickets, MailPlace.SETTINGS);
        assertThatThrownBy(() -> poll(away)).isInstanceOf(SQLException.class);
        assertThat(poll(place.in)).isEqualTo(1);
        assertThat(place.ticketsOf("ada@example.com")).hasSize(1);
    }

    @Test
    void a_mail_that_fails_again_and_again_keeps_no_other_waiting_and_is_kept_aside_in_the_end() throws Exception {
        place.sql("create function mail.slow() returns trigger language plpgsql as"
                + " $$ begin raise exception 'too slow' using errcode = '57014'; end $$");
        place.sql("create trigger slow before insert on mail.incoming for each row"
                + " when (new.sender = 'slow@example.com') execute function mail.slow()");
        arrives(Eml.of("slow@example.com", "<1@slow>", "Slow", "Text"));
        for (int i = 0; i < 5; i++) {
            assertThat(place.count("mail.aside")).isZero();
            arrives(Eml.of("ada@example.com", "<" + i + "@ada>", "Mail " + i, "Text"));
            assertThat(pollWith(mailbox)).isEqualTo(1);
        }
        assertThat(place.count("mail.aside where reason = 'failed.again'")).isEqualTo(1);
        assertThat(pollWith(mailbox)).isZero();
        assertThat(place.ticketsOf("ada@example.com")).hasSize(5);
    }

    @Test
    void mails_that_fail_one_after_another_at_the_front_keep_none_behind_them_waiting_for_good() throws Exception {
        MailSettings settings = MailPlace.SETTINGS.unknownSenders((mail, sender, transaction) -> {
            if (sender.address().startsWith("bad")) {
                throw new SQLException("the host's own statement", "42P01");
            }
            return UnknownSenders.register().welcome(mail, sender, transaction);
        });
        Mailbox own = new Mailbox(new MailIn(place.dataSource, place.tickets, settings));
        for (int i = 0; i < 12; i++) {
            arrives(Eml.of("bad" + i + "@example.com", "<1@bad" + i + ">", "Bad", "Text"));
        }
        arrives(Eml.of("ada@example.com", "<1@ada>", "Mail", "Text"));
        for (int i = 0; i < 6; i++) {
            try {
                pollWith(own);
            } catch (SQLException e) {
                assertThat(e.getMessage()).isEqualTo("the host's own statement");
            }
        }
        assertThat(place.ticketsOf("ada@example.com")).hasSize(1);
        assertThat(place.count("mail.aside where reason = 'failed.again'")).isEqualTo(12);
    }

    @Test
    void while_the_database_is_away_no_poll_counts() throws Exception {
        arrives(Eml.of("ada@example.com", "<1@ada>", "Mail", "Text"));
        AtomicBoolean away = new AtomicBoolean(true);
        MailSettings settings = MailPlace.SETTINGS.unknownSenders((mail, sender, transaction) -> {
            if (away.get()) {
                throw new SQLException("gone", "08006");
            }
            return UnknownSenders.register().welcome(mail, sender, transaction);
        });
        Mailbox own = new Mailbox(new MailIn(place.dataSource, place.tickets, settings));
        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(() -> pollWith(own)).isInstanceOf(SQLException.class);
        }
        away.set(false);
        assertThat(pollWith(own)).isEqualTo(1);
        assertThat(place.count("mail.aside")).isZero();
    }

    @Test
    void a_schema_without_the_recipes_tables_loses_no_mail() throws Exception {
        arrives(Eml.of("ada@example.com", "<1@ada>", "Mail", "Text"));
        place.sql("alter table mail.incoming rename to elsewhere");
        assertThatThrownBy(() -> poll(place.in)).isInstanceOf(SQLException.class);
        place.sql("alter table mail.elsewhere rename to incoming");
        assertThat(poll(place.in)).isEqualTo(1);
    }
}
