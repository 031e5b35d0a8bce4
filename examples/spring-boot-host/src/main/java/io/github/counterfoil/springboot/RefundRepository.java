package io.github.counterfoil.springboot;

import java.util.UUID;
import org.springframework.data.repository.CrudRepository;

interface RefundRepository extends CrudRepository<Refund, UUID> {}
