/** The recipe at work, with a mail server and a database that are gone when it ends. */
@NullMarked
package io.github.counterfoil.mail.demo;

import org.jspecify.annotations.NullMarked;
