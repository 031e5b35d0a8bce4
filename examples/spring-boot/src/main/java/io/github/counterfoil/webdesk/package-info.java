/** A small support desk in the browser: a Spring Boot application that uses Counterfoil. */
@NullMarked
package io.github.counterfoil.webdesk;

import org.jspecify.annotations.NullMarked;
