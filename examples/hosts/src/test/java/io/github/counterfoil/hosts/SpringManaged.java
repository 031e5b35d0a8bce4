package io.github.counterfoil.hosts;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A host whose transactions are Spring's. */
interface SpringManaged extends Host {

    PlatformTransactionManager manager();

    /** Work in a transaction that has nothing to do with one that is open. */
    default void separately(Runnable work) {
        TransactionTemplate separate = new TransactionTemplate(manager());
        separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        separate.executeWithoutResult(status -> work.run());
    }
}
