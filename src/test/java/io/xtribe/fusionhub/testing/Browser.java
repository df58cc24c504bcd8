package io.xtribe.fusionhub.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;

/**
 * The browser that is installed on this machine, without a window. It is the machine's own: Playwright would fetch one, which a
 * build should not.
 */
public final class Browser implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    /** Why tests are skipped where there is none. */
    public static final String NONE = "no browser: none of " + String.join(", ", NAMES) + " is on the PATH";

    /** A phone of few pixels. */
    public static final int PHONE = 360;

    private static final int DESK = 1280;
    private static final int HEIGHT = 860;
    private static final double PATIENCE_MILLIS = 15_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<BrowserContext> contexts = new ArrayList<>();

    private Browser(Path binary) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var options = new BrowserType.LaunchOptions().setExecutablePath(binary).setHeadless(true);
        // Chromium refuses to sandbox itself where it runs as root, as in a container.
        if ("root".equals(System.getProperty("user.name"))) {
            options.setArgs(List.of("--no-sandbox"));
        }
        browser = playwright.chromium().launch(options);
    }

    /** Where it is, if there is one. */
    public static Optional<Path> find() {
        var folders = Pattern.compile(Pattern.quote(System.getProperty("path.separator")))
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .filter(folder -> !folder.isEmpty())
                .toList();
        return NAMES.stream()
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Browser start() {
        return new Browser(find().orElseThrow(() -> new IllegalStateException(NONE)));
    }

    /** A window of a desk, in light colours, with nothing kept from others. */
    public Page open() {
        return open(DESK, ColorScheme.LIGHT, true);
    }

    /**
     * Another window, with nothing kept from others.
     *
     * @param width in pixels
     * @param scripts whether scripts run
     */
    public Page open(int width, ColorScheme colours, boolean scripts) {
        var context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setColorScheme(colours)
                .setJavaScriptEnabled(scripts)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        contexts.add(context);
        return context.newPage();
    }

    /** Closes all windows. */
    public void tidy() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
    }

    @Override
    public void close() {
        Stream.<AutoCloseable>of(browser, playwright).forEach(one -> {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("the browser does not end", e);
            }
        });
    }
}
