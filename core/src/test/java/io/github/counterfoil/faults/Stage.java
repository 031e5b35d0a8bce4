package io.github.counterfoil.faults;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/** One database with hosts at work on it through a proxy, and all that a fault can get hold of. */
final class Stage implements AutoCloseable {
    static final int HOSTS = 2;

    /** A host without a process: threads of this one. */
    static final int CREW = HOSTS;

    /** A host without a process: the hooks of this one. */
    static final int HOOKED = CREW + 1;

    private static final String ROLE = "host";

    private static final String TEMPLATE = "stage";

    /** So that half-open connections end. Longer than all that is no fault. */
    private static final int IDLE_MILLIS = 400;

    private static final Duration AT_WORK = Duration.ofSeconds(60);

    private final OwnServer server;
    private final String database;
    private final Path folder;
    private final long seed;
    private final Random random;
    private final CuttingProxy proxy;
    private final Hosts hosts;
    private final Progress progress;

    /**
     * Makes the database.
     *
     * @param number of the database on this server
     */
    Stage(OwnServer server, Path folder, int number, long seed) {
        this.server = server;
        this.seed = seed;
        this.database = "stage_" + number;
        this.folder = folder.resolve(database);
        this.random = new Random(seed);
        this.folder.toFile().mkdirs();
        prepare();
        proxy = new CuttingProxy(hostsUrl(database));
        hosts = new Hosts(proxy.url(), seed, this.folder);
        progress =
                new Progress(IntStream.range(0, HOOKED).mapToObj(this::ledger).toList());
    }

    /** The schema and the cast are made once a server. */
    private void prepare() {
        if (server.query("postgres", "select 1 from pg_database where datname = '" + TEMPLATE + "'")
                .isEmpty()) {
            server.execute("postgres", "create role " + ROLE + " login");
            server.execute("postgres", "create database " + TEMPLATE + " owner " + ROLE);
            PGSimpleDataSource owner = new PGSimpleDataSource();
            owner.setUrl(ownerUrl(TEMPLATE));
            TicketService tickets = TicketService.builder(owner).build();
            tickets.schema().apply();
            Cast.register(tickets);
        }
        server.execute(
                "postgres",
                "create database " + database + " template " + TEMPLATE + " strategy file_copy owner " + ROLE);
    }

    /** As hosts connect, but around the proxy. */
    private String hostsUrl(String name) {
        return ownerUrl(name) + "&options=-c%20idle_in_transaction_session_timeout=" + IDLE_MILLIS;
    }

    private String ownerUrl(String name) {
        String url = server.url(name);
        return url.substring(0, url.indexOf('?')) + "?user=" + ROLE + "&connectTimeout=2&loginTimeout=2";
    }

    OwnServer server() {
        return server;
    }

    CuttingProxy proxy() {
        return proxy;
    }

    Hosts hosts() {
        return hosts;
    }

    Random random() {
        return random;
    }

    long seed() {
        return seed;
    }

    String database() {
        return database;
    }

    Path ledger(int host) {
        return Hosts.ledger(folder, host);
    }

    /** From now on until a call succeeds. */
    Duration firstSuccess(Duration limit) {
        return progress.firstSuccessAfter(System.nanoTime(), limit);
    }

    /** Waits until the hosts are at work. */
    void requireSuccess() {
        if (firstSuccess(AT_WORK).compareTo(AT_WORK) >= 0) {
            throw new IllegalStateException("no call succeeded within " + AT_WORK);
        }
    }

    void execute(String sql) {
        server.execute(database, sql);
    }

    /** The processes of sessions of hosts on the server, in the order of chance. */
    List<Long> backends(boolean atWork) {
        return server
                .query(
                        database,
                        "select pid from pg_stat_activity where usename = '" + ROLE + "'"
                                + (atWork ? " and state = 'active'" : "") + " order by hashtext(pid::text || "
                                + random.nextInt(1000) + ")")
                .stream()
                .map(Long::parseLong)
                .toList();
    }

    /** Lets the hosts end what they are at, and says what they left. */
    Findings stop() {
        Findings findings = new Findings();
        hosts.stop().stream()
                .filter(answer -> !answer.equals(Host.STOPPED + " 0"))
                .forEach(answer -> findings.add(Findings.Kind.LEFT_BEHIND, "connections of a pool: " + answer));
        boolean quiet =
                Waiting.until(Duration.ofSeconds(5), () -> transactions().isEmpty());
        if (!quiet) {
            findings.add(Findings.Kind.LEFT_BEHIND, "transactions: " + transactions());
        }
        hosts.end().stream()
                .filter(answer -> !answer.equals("[]"))
                .forEach(answer -> findings.add(Findings.Kind.LEFT_BEHIND, "threads: " + answer));
        return findings;
    }

    private List<String> transactions() {
        return server.query(
                database,
                "select state || ': ' || left(query, 60) from pg_stat_activity where usename = '" + ROLE
                        + "' and state <> 'idle'");
    }

    /** All calls of all hosts, the hooked one included. */
    List<Played> played() {
        return IntStream.range(0, Cast.HOSTS)
                .boxed()
                .flatMap(host -> Played.of(seed, host, Ledger.read(ledger(host))).stream())
                .toList();
    }

    Findings judge() {
        return new Judge(new Stored(server, database), played()).judge();
    }

    @Override
    public void close() {
        hosts.close();
        proxy.close();
    }
}
