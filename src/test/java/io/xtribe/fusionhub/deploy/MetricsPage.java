package io.xtribe.fusionhub.deploy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/metrics.md says. */
public final class MetricsPage {

    /**
     * A row of one of its tables.
     *
     * @param type as Prometheus calls it
     * @param alerts the names of those that it names
     */
    public record Row(String name, String type, Set<String> labels, Set<String> alerts) {}

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(fusion_[a-z_]+)` \\| ([a-z]+)[^|]*\\| ([^|]*)\\| [^|]*\\|([^|]*)\\|$");
    private static final Pattern LABELS = Pattern.compile("(?:^|; )((?:`[a-z]+`(?:, )?)+)(?=:)");
    private static final Pattern QUOTED = Pattern.compile("`([a-z]+)`");
    private static final Pattern ALERT = Pattern.compile("Fusion[A-Za-z]+");

    private MetricsPage() {}

    public static Map<String, Row> rows() {
        var rows = new TreeMap<String, Row>();
        ROW.matcher(Manifest.text(Path.of("docs/metrics.md"))).results().forEach(found -> {
            var labels = LABELS.matcher(found.group(3))
                    .results()
                    .flatMap(names -> QUOTED.matcher(names.group(1)).results())
                    .map(name -> name.group(1))
                    .collect(Collectors.toSet());
            var alerts = ALERT.matcher(found.group(4))
                    .results()
                    .map(alert -> alert.group())
                    .collect(Collectors.toSet());
            rows.put(found.group(1), new Row(found.group(1), found.group(2), labels, alerts));
        });
        return rows;
    }

    /** The name that the page has for a name in a scrape or an expression: without what Prometheus puts behind a histogram's. */
    public static String family(String name) {
        return name.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds");
    }
}
