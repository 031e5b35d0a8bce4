package io.github.counterfoil.webdesk.accounts;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.WorkerRole;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of users: Counterfoil refers to it and never writes in it. */
@Repository
public class Accounts implements UserDetailsService {
    private final JdbcClient jdbc;
    private final TicketService tickets;

    Accounts(JdbcClient jdbc, TicketService tickets) {
        this.jdbc = jdbc;
        this.tickets = tickets;
    }

    @Override
    public Account loadUserByUsername(String email) {
        return jdbc.sql("select * from account where email = :email")
                .param("email", email.strip().toLowerCase(Locale.ROOT))
                .query(Account.class)
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("nobody has this address"));
    }

    public boolean none() {
        return jdbc.sql("select not exists (select from account)")
                .query(Boolean.class)
                .single();
    }

    // region: account
    /** The account and the person at the desk: both, or neither. */
    @Transactional
    public UUID openForCustomer(String email, String firstName, String lastName, String passwordHash) {
        UUID id = insert(email, firstName, lastName, Side.CUSTOMER, passwordHash);
        tickets.people().registerCustomer(NewCustomer.of(id, email, firstName, lastName));
        return id;
    }
    // endregion

    @Transactional
    public UUID openForAgent(String email, String firstName, String lastName, WorkerRole role, String passwordHash) {
        UUID id = insert(email, firstName, lastName, Side.AGENT, passwordHash);
        tickets.people()
                .registerWorker(NewWorker.of(id, email, firstName, lastName).role(role));
        return id;
    }

    private UUID insert(String email, String firstName, String lastName, Side side, String passwordHash) {
        return jdbc.sql("""
                        insert into account (email, first_name, last_name, side, password)
                        values (:email, :first, :last, :side, :password) returning support_id""")
                .param("email", email.toLowerCase(Locale.ROOT))
                .param("first", firstName)
                .param("last", lastName)
                .param("side", side.name())
                .param("password", passwordHash)
                .query(UUID.class)
                .single();
    }
}
