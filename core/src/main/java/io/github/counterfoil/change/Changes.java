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
}
