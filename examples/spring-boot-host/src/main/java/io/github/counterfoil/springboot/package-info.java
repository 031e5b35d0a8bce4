/** A host that is a Spring Boot application. */
@NullMarked
package io.github.counterfoil.springboot;

import org.jspecify.annotations.NullMarked;
