package io.github.counterfoil.webdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.presenceOfElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.stalenessOf;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.ticket.CleanText;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.webdesk.accounts.Accounts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/**
 * An agent's and a customer's day in Chromium, in two windows at once, among a thousand tickets. With {@code
 * -Dcounterfoil.screenshots=} and a folder it writes pictures of the pages there.
 */
class BrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SECRET = "canary-7f3a-she-is-a-journalist";

    private static final ServletWebServerApplicationContext DESK = (ServletWebServerApplicationContext)
            SpringApplication.run(WebDesk.class, "--server.port=0", "--desk.samples=1000", "--desk.mail-every=1d");

    @TempDir
    private static Path profiles;

    private static Window agent;
    private static Window customer;

    @AfterAll
    static void close() {
        for (Window window : new Window[] {agent, customer}) {
            if (window != null) {
                window.browser.quit();
            }
        }
        DESK.close();
    }

    @Test
    void a_day_at_the_counter_in_two_windows_at_once() throws IOException {
        customer = new Window("customer");
        customer.signIn("ada@example.com");
        customer.picture("customer-tickets");
        customer.click(By.linkText("Open a ticket"));
        customer.type(By.name("title"), "Steam wand is blocked");
        customer.picture("customer-new");
        customer.type(
                By.name("text"), "No steam at all since this morning.\n<script>document.title = 'taken'</script>");
        customer.click(By.cssSelector("#new button.main"));
        customer.see("Thank you. We take care of it.");
        String number = customer.text(By.cssSelector("h1 .number"));

        agent = new Window("agent");
        agent.signIn("jane@example.com");
        agent.see("Steam wand is blocked");
        assertThat(agent.all(By.cssSelector(".tickets li"))).hasSize(25);
        agent.click(By.linkText("Next page"));
        assertThat(agent.all(By.cssSelector(".tickets li"))).hasSize(25);
        agent.type(By.name("q"), "\"seal of the tank\"");
        agent.choose(By.name("assignee"), "Tom Okafor");
        agent.click(By.cssSelector(".filters button"));
        assertThat(agent.text(By.cssSelector(".found mark"))).isEqualTo("seal of the tank");

        agent.open("/desk?queue=ALL&q=%23" + number.substring(1));
        agent.click(By.cssSelector("a.title"));
        assertThat(agent.browser.getTitle()).startsWith(number);
        agent.click(By.xpath("//button[text()='Assign']"));
        agent.see("assigned to Jane Smith");
        agent.click(By.xpath("//button[text()='high']"));
        agent.type(By.cssSelector("input[name=tag]"), "steam");
        agent.click(By.xpath("//button[text()='Add']"));
        agent.type(By.cssSelector("form.note textarea"), SECRET);
        agent.click(By.xpath("//button[text()='Store note']"));
        agent.see(SECRET);
        agent.type(By.cssSelector("form.reply textarea"), "Please let it run in warm water for a minute.");
        agent.attach(picture());
        agent.click(By.xpath("//button[text()='Send reply']"));
        agent.see("The reply is sent.");

        customer.browser.navigate().refresh();
        customer.see("Please let it run in warm water for a minute.");
        customer.holdsNoSecret();
        customer.type(By.cssSelector("form.reply textarea"), "It works again, thank you!");
        customer.attach(picture());
        customer.click(By.cssSelector("form.reply button"));
        customer.see("Your answer is sent.");
        assertThat(customer.all(By.cssSelector(".files a"))).hasSize(2);

        // The agent's window still shows the page from before.
        agent.type(By.cssSelector("form.reply textarea"), "Did it help?");
        agent.click(By.xpath("//button[text()='Send reply']"));
        agent.see("Somebody was quicker");
        agent.see("It works again, thank you!");
        assertThat(agent.find(By.cssSelector("form.reply textarea")).getDomProperty("value"))
                .isEqualTo("Did it help?");
        agent.click(By.xpath("//button[text()='Close']"));
        agent.see("status: open → closed");

        customer.browser.navigate().refresh();
        customer.click(By.cssSelector("input[value='5']"), false);
        customer.type(By.name("comment"), "Quick!");
        customer.click(By.xpath("//button[text()='Rate']"));
        customer.see("★★★★★");
        customer.picture("customer-ticket");
        customer.holdsNoSecret();
        customer.open("/portal?q=" + SECRET);
        customer.see("Nothing here yet.");
        customer.open("/portal");
        customer.holdsNoSecret();

        agent.open("/desk?q=grinder");
        agent.click(By.cssSelector("[data-all]"), false);
        int chosen = agent.all(By.cssSelector("[name=ticket]:checked")).size();
        agent.click(By.xpath("//button[text()='Take']"));
        agent.see(chosen + " of " + chosen + " tickets are done.");
        agent.open("/desk");
        agent.picture("agent-inbox");
        agent.open("/desk?queue=ALL&q=overnight");
        agent.click(By.cssSelector("a.title"));
        agent.picture("agent-ticket");
        assertThat(agent.browser.getTitle()).doesNotContain("taken");
    }

    @Test
    void hostile_texts_are_text_in_the_browser_too() throws IOException {
        Window window = new Window("hostile");
        try {
            window.signIn("bob@example.com");
            for (String text : HostileTextsTest.HOSTILE) {
                UUID bob = DESK.getBean(Accounts.class)
                        .loadUserByUsername("bob@example.com")
                        .supportId();
                String body = CleanText.body(text, "-");
                UUID id = DESK.getBean(TicketService.class)
                        .customer(bob)
                        .open(NewTicket.of("Hostile", body))
                        .id();
                window.open("/portal/tickets/" + id);
                assertThat(window.find(By.cssSelector("p.text")).getDomProperty("textContent"))
                        .isEqualTo(body.replace("\r\n", "\n").replace("\r", "\n"));
                assertThat(window.browser.getTitle()).startsWith("#");
                assertThat(window.all(By.cssSelector("main script, main svg, main img")))
                        .isEmpty();
            }
        } finally {
            window.browser.quit();
        }
    }

    private static File picture() throws IOException {
        Path file = profiles.resolve("steam.png");
        Files.write(file, new byte[2048]);
        return file.toFile();
    }

    /** A window with cookies of its own, whose every wait ends when what it waits for is there. */
    private static final class Window {
        private final ChromeDriver browser;
        private final WebDriverWait wait;

        Window(String profile) {
            ChromeOptions options = new ChromeOptions();
            options.setBinary(System.getProperty("counterfoil.chromium", "/usr/bin/chromium"));
            options.addArguments(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1280,900",
                    "--user-data-dir=" + profiles.resolve(profile));
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(
                            new File(System.getProperty("counterfoil.chromedriver", "/usr/bin/chromedriver")))
                    .build();
            browser = new ChromeDriver(service, options);
            wait = new WebDriverWait(browser, PATIENCE);
        }

        void open(String path) {
            browser.get("http://localhost:" + DESK.getWebServer().getPort() + path);
        }

        void signIn(String email) throws IOException {
            open("/login");
            picture("login");
            click(By.cssSelector("[data-email='" + email + "']"), false);
            click(By.cssSelector("button.main"));
        }

        WebElement find(By what) {
            return wait.until(presenceOfElementLocated(what));
        }

        List<WebElement> all(By what) {
            return browser.findElements(what);
        }

        String text(By what) {
            return find(what).getText();
        }

        void see(String text) {
            wait.until(there -> there.getPageSource() != null
                    && there.findElement(By.tagName("main")).getText().contains(text));
        }

        void type(By field, String text) {
            WebElement input = find(field);
            input.clear();
            input.sendKeys(text);
        }

        void choose(By select, String option) {
            new Select(find(select)).selectByVisibleText(option);
        }

        void attach(File file) {
            find(By.cssSelector("form.reply input[type=file]")).sendKeys(file.getAbsolutePath());
        }

        void click(By what) {
            click(what, true);
        }

        /** @param leaves whether another page comes */
        void click(By what, boolean leaves) {
            WebElement page = find(By.tagName("html"));
            WebElement element = find(what);
            browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
            element.click();
            if (leaves) {
                wait.until(stalenessOf(page));
                find(By.tagName("main"));
            }
        }

        void holdsNoSecret() {
            assertThat(browser.getPageSource()).doesNotContain(SECRET, "Smith", "jane@example.com");
        }

        /** Wide and as narrow as a telephone, light and dark. */
        void picture(String name) throws IOException {
            String folder = System.getProperty("counterfoil.screenshots");
            if (folder == null) {
                return;
            }
            Files.createDirectories(Path.of(folder));
            for (String scheme : List.of("light", "dark")) {
                String suffix = scheme.equals("light") ? "" : "-dark";
                shoot(Path.of(folder, name + suffix + ".png"), 1120, 800, scheme);
                shoot(Path.of(folder, name + "-narrow" + suffix + ".png"), 390, 800, scheme);
            }
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
            scheme("light");
        }

        private void shoot(Path file, int width, int height, String scheme) throws IOException {
            browser.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    new HashMap<>(Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false)));
            scheme(scheme);
            browser.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
            browser.executeScript("window.scrollTo(0, 0)");
            Pictures.write(file, browser.getScreenshotAs(OutputType.BYTES));
        }

        private void scheme(String scheme) {
            browser.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        }
    }
}
