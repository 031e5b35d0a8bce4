package io.github.counterfoil.springboot;

import io.github.counterfoil.TicketService;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class HostApplication {

    public static void main(String[] args) {
        SpringApplication.run(HostApplication.class, args);
    }

    @Bean
    TicketService tickets(DataSource dataSource) {
        TicketService tickets = TicketService.builder(dataSource).build();
        tickets.schema().apply();
        return tickets;
    }
}
