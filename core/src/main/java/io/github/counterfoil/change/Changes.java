package io.github.counterfoil.change;

/** The staff's feed: every event of every ticket, private ones too. It acts for the host and checks nobody's rights. */
public interface Changes extends ChangeFeed<Change> {

    /**
     * The customers' feed: what customers see, in types that cannot hold anything else. What is sent to customers is made from this
     * one. Its consumers are its own; a name that follows the staff's feed is refused here.
     *
     * <p>Its order, and where it pauses, follow from all events: of two tickets one may come before the other by an event that
     * customers do not see, and a portion may come later where there are many of those. Neither is to be shown to a customer.
     */
    ChangeFeed<CustomerChange> forCustomers();

    /**
     * Has everybody who stores a change say so with their commit, from now on or not any more, for those who {@link #await}: off unless
     * asked for, since it has a price. PostgreSQL lets one transaction at a time commit that announces something, in all databases of the
     * server, and none of them can be prepared for a commit in two phases. Of what is announced nothing is told, only that there is something, to whoever
     * listens in this database.
     *
     * <p>It stays in the database, for all services: the same again does nothing. It waits for those who write. A transaction at REPEATABLE READ that
     * began before and wrote nothing yet does not know of it.
     *
     * @throws io.github.counterfoil.error.ConsumerRefused {@code changes.distributed}
     */
    void announce(boolean on);
}
