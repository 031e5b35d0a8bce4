package io.github.counterfoil.webdesk;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the desk and prints its address. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class WebDesk {

    public static void main(String[] args) {
        SpringApplication.run(WebDesk.class, args);
    }

    @EventListener
    void tellAddress(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() instanceof ServletWebServerApplicationContext web
                && web.getWebServer() != null) {
            System.out.println(
                    "The desk is open: http://localhost:" + web.getWebServer().getPort());
        }
    }
}
