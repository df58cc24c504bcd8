package io.xtribe.fusionhub.platform;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.signal.WordForm;

/**
 * What {@code platform.yaml} in a vendor's folder says about a platform; docs/platform.md is its reference.
 *
 * @param name as in route ids, configuration keys and webhook paths
 * @param title what people call the platform
 * @param description one line about it, with the address of the vendor's reference
 * @param transport how requests are carried: {@code http}, or the name of another {@link TransportFactory}
 * @param settings the platform's keys, {@code fusion.<name>.<key>}
 * @param records the records that one incident has there
 * @param firstSigns which kinds of first sign its webhooks tell, such as {@code datadog.monitor}
 * @param probe what every account can read, or null: the route {@code <platform>-probe} is written in the route file
 * @param lists what is read of the account, for its mappings
 * @param polls what is asked now and then for what no webhook has told, by name; empty where nothing is
 * @param checks what the job {@code doctor} looks at in the account, by name
 * @param limits how the vendor limits calls, or null: not, as far as is known
 * @param headers sent with every request by the {@code http} transport; <code>{key}</code> stands for a setting's value
 * @param requestId the header of its answers that holds what it calls the request; empty where none does
 * @param target the mapping that chooses where an incident is opened; empty when there is nothing to choose
 * @param lacks what the platform has no way to do, of update, link and close: it has no routes for these
 * @param comments on which record comments are written, or null: on none, the platform has no route for it
 * @param oauth how the token is fetched that requests carry, or null: they carry none
 * @param status what its words for a status mean and which it is sent, by part or by what else shows one; without a table
 *     the mappings use the hub's own words
 * @param priority the same for priorities
 * @param follows how its records follow the status of the incident, by part, where that is not as usual
 * @param errorCode where the answer to a refused request holds the vendor's error code, or null
 * @param refusals what refusals mean where their status alone does not tell, the first row that fits
 * @param webhook what its webhooks are like
 * @param hints which routing hints it understands, by their names in the envelope and for its mappings
 * @param retiredColumns columns that its hints once had in the service catalogue: they are ignored
 * @param speaker how is known which account of the vendor a webhook comes from, or null: it is not
 * @param transitions what the vendor calls what happens to a record, where that is not the word that the record shows
 * @param assumes what is taken for true of the vendor without its API telling so, each with its source
 */
public record Descriptor(
        String name,
        String title,
        String description,
        String transport,
        Map<String, Setting> settings,
        Records records,
        Map<String, FirstSign> firstSigns,
        GetRequest probe,
        Map<String, AccountList> lists,
        Map<String, Poll> polls,
        Map<String, Check> checks,
        Limits limits,
        Map<String, String> headers,
        String requestId,
        String target,
        Set<Operation> lacks,
        CommentRules comments,
        OAuth oauth,
        Map<String, WordTable> status,
        Map<String, WordTable> priority,
        Map<String, Follows> follows,
        JsonPointer errorCode,
        List<Refusal> refusals,
        WebhookRules webhook,
        Map<String, RoutingHint> hints,
        List<String> retiredColumns,
        SpeakerRule speaker,
        List<Transition> transitions,
        List<Assumption> assumes) {

    /** The setting that says how often a platform is polled. */
    public static final String POLL = "poll";

    /** Members that may be left out. */
    public Descriptor {
        transport = transport == null ? HttpTransports.NAME : transport;
        settings = withCommon(settings == null ? Map.of() : settings);
        firstSigns = firstSigns == null ? Map.of() : firstSigns;
        lists = lists == null ? Map.of() : lists;
        polls = polls == null ? Map.of() : polls;
        checks = checks == null ? Map.of() : checks;
        headers = headers == null ? Map.of() : headers;
        requestId = requestId == null ? "" : requestId;
        target = target == null ? "" : target;
        lacks = lacks == null ? Set.of() : Set.copyOf(lacks);
        lacks.stream().filter(operation -> !operation.isOptional()).forEach(operation -> {
            throw new IllegalArgumentException("'lacks' holds " + operation.verb()
                    + ", without which an incident cannot be kept in step: leave it out and write its route");
        });
        if (comments != null && (records == null || !records.parts().contains(comments.part()))) {
            throw new IllegalArgumentException(
                    "'comments' has the part '" + comments.part() + "', which is none of 'records'");
        }
        refusals = refusals == null ? List.of() : refusals;
        status = status == null ? Map.of() : status;
        priority = priority == null ? Map.of() : priority;
        follows = follows == null ? Map.of() : follows;
        Follows.check(follows, records, settings);
        SettingNames.check(settings.keySet(), headers, settings, firstSigns, lists, oauth, speaker);
        Vocabulary.check("status", status, Vocabulary.STATUSES);
        Vocabulary.check("priority", priority, Vocabulary.PRIORITIES);
        webhook = webhook == null ? WebhookRules.NONE : webhook;
        hints = RoutingHint.checked(hints == null ? Map.of() : hints);
        retiredColumns = retiredColumns == null ? List.of() : retiredColumns;
        transitions = transitions == null ? List.of() : transitions;
        for (var one : transitions) {
            if (!one.shows().isEmpty()
                    && status.values().stream().noneMatch(table -> table.words().containsKey(one.shows()))) {
                throw new IllegalArgumentException("'transitions' says that a record shows '" + one.shows() + "' after "
                        + one.name() + ", which no table of 'status' has");
            }
        }
        assumes = assumes == null ? List.of() : assumes;
    }

    /** How the value of a setting is read. */
    public enum Type {
        TEXT,
        /** An absolute http or https URL. */
        URL,
        /** For example 500ms, 30s, 5m, 1h. */
        DURATION,
        /** A whole number. */
        NUMBER
    }

    /**
     * A key of the platform.
     *
     * @param description one line for people
     * @param defaultValue used when the key has no value, or null
     * @param required whether the hub does not start without a value
     * @param requiredUnless the key that makes this one unnecessary when it has a value, or null
     * @param requiredWith the key that makes this one necessary when it has a value, or null
     * @param secret whether its value is kept from mappings, logs and messages
     * @param type how it is read; text unless said otherwise
     * @param values which values it may have; empty for any
     */
    public record Setting(
            String description,
            @JsonProperty("default") String defaultValue,
            boolean required,
            String requiredUnless,
            String requiredWith,
            boolean secret,
            Type type,
            List<String> values) {

        /** A setting without a type is a text. */
        public Setting {
            type = type == null ? Type.TEXT : type;
            values = values == null ? List.of() : List.copyOf(values);
        }
    }

    /**
     * How a kind of record follows the status of its incident.
     *
     * @param takesBack whether the hub takes an acknowledgement back there when it is taken back elsewhere
     * @param acknowledges the setting that says whether the hub acknowledges there what is acknowledged elsewhere, {@code always}
     *     or {@code never}; null: it does
     */
    public record Follows(boolean takesBack, String acknowledges) {

        private static final Setting NO_SETTING = common("", null, false, Type.TEXT);

        static final Follows PLAIN = new Follows(false, null);
        static final String ALWAYS = "always";

        private static void check(Map<String, Follows> follows, Records records, Map<String, Setting> settings) {
            follows.forEach((part, rule) -> {
                if (records == null || !records.parts().contains(part)) {
                    throw new IllegalArgumentException(
                            "'follows' has '" + part + "', which is none of the parts of 'records'");
                }
                if (rule.acknowledges() != null
                        && !settings.getOrDefault(rule.acknowledges(), NO_SETTING)
                                .values()
                                .equals(List.of("never", ALWAYS))) {
                    throw new IllegalArgumentException("'follows' of " + part + " names the setting '"
                            + rule.acknowledges() + "': it must be among settings with values: [never, always]");
                }
            });
        }
    }

    /**
     * Something that is taken for true of the vendor.
     *
     * @param text one sentence
     * @param source where it is from: an address, or how it was found out
     */
    public record Assumption(String text, String source) {

        /** Nobody can check one without its source. */
        public Assumption {
            if (text == null || text.isBlank() || source == null || source.isBlank()) {
                throw new IllegalArgumentException("each of 'assumes' needs a 'text' and its 'source'");
            }
        }
    }

    /**
     * Something that happens to a record, for the page of changes: what is done about it follows from what the record shows.
     *
     * @param name what the vendor calls it, such as the type of a webhook
     * @param shows the word that a record shows after it, one of {@code status}; empty where its status says nothing of it
     * @param text what else is done about it, or why nothing is; one sentence, or empty
     */
    public record Transition(String name, String shows, String text) {

        public Transition {
            shows = shows == null ? "" : shows;
            text = text == null ? "" : text;
            if (name == null || name.isBlank() || shows.isEmpty() && text.isEmpty()) {
                throw new IllegalArgumentException("each of 'transitions' needs a 'name', and 'shows' or a 'text'");
            }
        }
    }

    /**
     * A kind of first sign.
     *
     * @param description when it is told, one line for people
     * @param opensOn the setting that lists which of the vendor's words open, or null: all do
     * @param opensAs further words, each with the one of that setting as which it opens; may be left out
     */
    public record FirstSign(String description, String opensOn, Map<String, String> opensAs) {

        /** Members that may be left out. */
        public FirstSign {
            opensAs = opensAs == null ? Map.of() : opensAs;
        }

        /** All words that open where the setting lists these, in the form in which they are compared. */
        Set<String> openingWords(Collection<String> listed) {
            var words = listed.stream().map(WordForm::of).collect(Collectors.toCollection(TreeSet::new));
            opensAs.forEach((word, as) -> {
                if (listed.stream().map(WordForm::of).anyMatch(WordForm.of(as)::equals)) {
                    words.add(WordForm.of(word));
                }
            });
            return words;
        }
    }

    /**
     * A list of the account, read by the route {@code <platform>-list-<name>}.
     *
     * @param description what it is for, one line for people
     * @param refresh the setting that says how often it is read
     * @param get the request of this route, or null: it is written in the route file
     */
    public record AccountList(String description, String refresh, GetRequest get) {}

    /**
     * Something that is asked now and then, by the route {@code <platform>-poll-<name>}.
     *
     * @param description what it finds that no webhook told, one line for people
     * @param overlapSeconds how far before the newest time that the vendor has told is read again: what it shows later than it
     *     happened, and how much its clock and the hub's may differ when polling begins; 0 or more
     * @param ended whether it is told of incidents that have just ended as well
     * @param singly whether it makes a call for each record of {@code standing}: a job has it look at some only
     * @param within the poll that tells the same where a job reads it; empty where there is none
     * @param get the request of this route, or null: it is written in the route file
     */
    public record Poll(
            String description, long overlapSeconds, boolean ended, boolean singly, String within, GetRequest get) {

        /** Nothing before the beginning of time is read, nor anything skipped. */
        public Poll {
            if (overlapSeconds < 0) {
                throw new IllegalArgumentException("'overlapSeconds' is " + overlapSeconds + ": 0 or more is expected");
            }
            within = within == null ? "" : within;
        }
    }

    /**
     * Something that incidents need of the account, looked at by the route {@code <platform>-check-<name>}.
     *
     * @param description what it looks at, one line for people
     * @param get the request of this route, or null: it is written in the route file
     */
    public record Check(String description, GetRequest get) {}

    /**
     * How a vendor limits the calls of an account.
     *
     * @param calls how many in a window; 0 when only the headers of its answers say
     * @param perSeconds the length of a window
     * @param perEndpoint whether each endpoint has a limit of its own
     * @param headers where answers say what is left; null when they do not
     */
    public record Limits(long calls, long perSeconds, boolean perEndpoint, LimitHeaders headers) {}

    /**
     * Names of response headers; absent where the vendor has none.
     *
     * @param limit calls allowed in a window
     * @param period the length of a window in seconds
     * @param remaining calls left in this window
     * @param reset when the window ends
     * @param resetIsTime whether that is a Unix time, not a number of seconds from now
     * @param name which limit the others are about
     */
    public record LimitHeaders(
            String limit, String period, String remaining, String reset, boolean resetIsTime, String name) {}

    /**
     * The records that one incident has on a platform.
     *
     * @param parts their names; the first is the one that other platforms link to
     * @param uniqueKey whether the platform itself refuses a second open record with our key
     * @param pages by part, a regular expression that finds a record's id, its first group, in the address of its page; a part
     *     whose page does not tell the id is left out
     */
    public record Records(List<String> parts, boolean uniqueKey, Map<String, Pattern> pages) {

        /** Members that may be left out. */
        public Records {
            pages = pages == null ? Map.of() : Map.copyOf(pages);
            for (var page : pages.entrySet()) {
                if (!parts.contains(page.getKey())
                        || page.getValue().matcher("").groupCount() < 1) {
                    throw new IllegalArgumentException(
                            "'pages' needs, by the name of a part, a regular expression with a group" + " for the id: "
                                    + page.getKey());
                }
            }
        }

        /** The id of the record that has its page at this address, where that tells it. */
        public Optional<String> idIn(String part, String address) {
            return Optional.ofNullable(pages.get(part))
                    .map(page -> page.matcher(address))
                    .filter(Matcher::find)
                    .map(found -> found.group(1));
        }
    }

    /**
     * An OAuth 2 token, which requests carry when the client's id is configured. All but the path are names of settings.
     *
     * @param path where it is fetched, below the platform's base URL
     * @param clientId the client's id
     * @param clientSecret its secret
     * @param username of the password grant, used where this setting has a value; null for client credentials only
     * @param password the user's
     */
    public record OAuth(String path, String clientId, String clientSecret, String username, String password) {}

    /**
     * How comments of other platforms are written.
     *
     * @param part the record on which they are written, one of {@link Records#parts}
     * @param limit how many characters one may have at most, from 500 on
     */
    public record CommentRules(String part, int limit) {

        private static final int LEAST = 500;

        /** Mark, author and origin need some room themselves. */
        public CommentRules {
            if (part == null || limit < LEAST) {
                throw new IllegalArgumentException(
                        "'comments' needs the 'part' on which they are written, and a 'limit' of characters, " + LEAST
                                + " or more");
            }
        }
    }

    private static Map<String, Setting> withCommon(Map<String, Setting> own) {
        var all = new LinkedHashMap<String, Setting>();
        all.put("url", common("Base URL: the paths of the requests follow it.", null, true, Type.URL));
        all.put("concurrency", common("Connections and calls in flight.", "32", false, Type.NUMBER));
        all.put("timeout", common("Longest time for one call, connecting included.", "10s", false, Type.DURATION));
        all.put(
                "settle",
                common(
                        "How long after a failed create its record may still turn up in a search.",
                        "60s",
                        false,
                        Type.DURATION));
        all.put(
                POLL,
                common("How often is asked for what no webhook has told; 0: never.", "60s", false, Type.DURATION));
        all.putAll(own);
        return Map.copyOf(all);
    }

    private static Setting common(String description, String defaultValue, boolean required, Type type) {
        return new Setting(description, defaultValue, required, null, null, false, type, null);
    }
}
