package io.xtribe.fusionhub.platform;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.availability.RateRule;
import io.xtribe.fusionhub.signal.PeekRules;
import io.xtribe.fusionhub.signal.SafeText;
import io.xtribe.fusionhub.signal.WordForm;

/**
 * A platform as its folder describes it and as it is configured.
 *
 * @param folder where it is described
 * @param descriptor what {@code platform.yaml} says
 * @param settings the values of its keys
 * @param lists what was read of its account
 */
public record Platform(VendorFolder folder, Descriptor descriptor, PlatformSettings settings, AccountLists lists) {

    private static final int LONGEST_REQUEST_ID = 100;
    private static final String MASK = "***";

    /** The same, with the folder that the hub's configuration names. */
    public static Optional<Platform> find(String name, FusionConfig config, Config values) {
        return find(name, config.platformsPath(), values);
    }

    /**
     * Reads a platform's folder; empty when there is none of that name.
     *
     * @param path the folder with the mounted platforms, if there is one
     * @throws IllegalArgumentException when its descriptor cannot be read; the message says where and why
     */
    public static Optional<Platform> find(String name, Optional<Path> path, Config config) {
        return VendorFolder.find(name, path).map(folder -> {
            var descriptor = folder.descriptor();
            return new Platform(folder, descriptor, new PlatformSettings(descriptor, config), new AccountLists());
        });
    }

    /** The same with lists of its own, which begin with those that were read. */
    public Platform apart() {
        return new Platform(folder, descriptor, settings, lists.copy());
    }

    public String name() {
        return descriptor.name();
    }

    /** What its words mean. */
    public Vocabulary words() {
        return new Vocabulary(descriptor, lists);
    }

    /** Which of its words open, in the form of {@link WordForm}, by kind of first sign; one not in it opens on all. */
    public Map<String, Set<String>> openingWords() {
        var words = new LinkedHashMap<String, Set<String>>();
        descriptor.firstSigns().forEach((source, sign) -> {
            if (sign.opensOn() != null) {
                words.put(source, sign.openingWords(settings.list(sign.opensOn())));
            }
        });
        return words;
    }

    /** What its refusals mean. */
    public Refusals refusals() {
        return new Refusals(descriptor);
    }

    /**
     * By which fields most of its noise is known; empty where its mapping alone decides.
     *
     * @throws IllegalArgumentException when the file cannot be used; the message says where and why
     */
    public Optional<PeekRules> peek() {
        return folder.peek();
    }

    /**
     * Four hexadecimal digits that are others when a setting, a secret one too, or the folder is another: too few to tell anything
     * about a secret.
     */
    public String configuration() {
        var all = new StringBuilder(folder.everything());
        new TreeSet<>(descriptor.settings().keySet())
                .forEach(key ->
                        all.append(key).append('=').append(settings.text(key).orElse("")));
        return HexFormat.of().formatHex(sha256(all.toString()), 0, 2);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The headers of every request, the secret ones among them. */
    Map<String, String> headers() {
        var headers = new TreeMap<String, String>();
        descriptor.headers().forEach((header, written) -> headers.put(header, filled(written)));
        return headers;
    }

    /** The headers of every request, with {@code ***} in the place of what is secret, for people. */
    public Map<String, String> shownHeaders() {
        var headers = new TreeMap<String, String>();
        descriptor
                .headers()
                .forEach((header, written) -> headers.put(
                        header,
                        SettingNames.PLACE
                                .matcher(written)
                                .replaceAll(place -> Matcher.quoteReplacement(
                                        isSecret(place.group(1))
                                                ? MASK
                                                : settings.text(place.group(1)).orElse("")))));
        // A token that is fetched, or what a transport adds by itself.
        if (headers.values().stream().noneMatch(value -> value.contains(MASK))
                && descriptor.settings().values().stream().anyMatch(Descriptor.Setting::secret)) {
            headers.put("Authorization", MASK);
        }
        return headers;
    }

    private boolean isSecret(String setting) {
        var declared = descriptor.settings().get(setting);
        return declared == null || declared.secret();
    }

    /** Its lists of which nothing was read. */
    public List<String> unreadLists() {
        return descriptor.lists().keySet().stream()
                .filter(list -> !lists.isKnown(list))
                .sorted()
                .toList();
    }

    /** The values of its secret settings. */
    public Set<String> secrets() {
        return descriptor.settings().entrySet().stream()
                .filter(setting -> setting.getValue().secret())
                .flatMap(setting -> settings.text(setting.getKey()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The route that reads a list of its account. */
    public String listRoute(String list) {
        return name() + "-list-" + list;
    }

    /** The route that asks for what no webhook has told. */
    public String pollRoute(String poll) {
        return name() + "-poll-" + poll;
    }

    /** The route that looks at something that incidents need of its account. */
    public String checkRoute(String check) {
        return name() + "-check-" + check;
    }

    /** The route that asks a platform's API whose it is. */
    public static String speakerRoute(String name) {
        return name + "-speaker";
    }

    /** What its mappings see beside their input. */
    Mapping.Context context(JsonNode step) {
        return new Mapping.Context(step, settings.visible(), lists.all(), null);
    }

    /**
     * What the platform calls a request, as its answer says; empty where it does not.
     *
     * @param headers a header's value by its name; null when it is not there
     */
    String requestId(UnaryOperator<String> headers) {
        var header = descriptor.requestId();
        var told = header.isEmpty() ? null : headers.apply(header);
        return told == null ? "" : SafeText.line(told.strip(), LONGEST_REQUEST_ID);
    }

    /** How it limits calls. */
    public RateRule rateRule() {
        var limits = descriptor.limits();
        if (limits == null) {
            return RateRule.none(name(), settings.concurrency());
        }
        var headers = limits.headers();
        return new RateRule(
                name(),
                settings.concurrency(),
                limits.calls(),
                Duration.ofSeconds(limits.perSeconds()),
                limits.perEndpoint(),
                headers == null
                        ? RateRule.Headers.NONE
                        : new RateRule.Headers(
                                orEmpty(headers.limit()),
                                orEmpty(headers.period()),
                                orEmpty(headers.remaining()),
                                orEmpty(headers.reset()),
                                headers.resetIsTime(),
                                orEmpty(headers.name())));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** What converge must know of it. */
    public PlatformProfile profile() {
        return new PlatformProfile(
                name(),
                descriptor.records().parts(),
                descriptor.records().uniqueKey(),
                settings.timeout(),
                settings.duration("settle"),
                descriptor.lacks(),
                statusRules(),
                descriptor.comments() == null ? "" : descriptor.comments().part());
    }

    private Map<String, StatusRule> statusRules() {
        var words = words();
        var rules = new LinkedHashMap<String, StatusRule>();
        for (var part : descriptor.records().parts()) {
            var follows = descriptor.follows().getOrDefault(part, Descriptor.Follows.PLAIN);
            var alike = EnumSet.noneOf(Status.class);
            var appears = new EnumMap<Status, Status>(Status.class);
            for (var status : Status.values()) {
                var word = words.sent(part, status.name().toLowerCase(Locale.ROOT), "")
                        .path("status");
                var meaning = words.status(part, word.asText("")).orElse("");
                if (meaning.equals("active")) {
                    // What it is sent it shows as a word that does not tell which of them it is.
                    alike.add(status);
                } else if (!meaning.isEmpty() && status.after(meaning) != status) {
                    appears.put(status, status.after(meaning));
                }
            }
            rules.put(part, new StatusRule(follows.takesBack(), acknowledges(follows), alike, appears));
        }
        return Map.copyOf(rules);
    }

    private boolean acknowledges(Descriptor.Follows follows) {
        return follows.acknowledges() == null
                || settings.text(follows.acknowledges())
                        .filter(Descriptor.Follows.ALWAYS::equals)
                        .isPresent();
    }

    private String filled(String written) {
        return SettingNames.PLACE
                .matcher(written)
                .replaceAll(place ->
                        Matcher.quoteReplacement(settings.text(place.group(1)).orElse("")));
    }
}
