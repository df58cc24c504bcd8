package io.xtribe.fusionhub.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

import io.xtribe.fusionhub.platform.Platform;

/** The cases of a platform's folder, by the name of their file. */
final class Cases {

    /**
     * A case and where it stands.
     *
     * @param name for people: {@code <platform>/cases/<file>}
     */
    record Named(String name, ConformanceCase one) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private Cases() {}

    /**
     * Reads them. Those of the built-in folder stand in for a mounted one of the same name that has none.
     *
     * @throws IOException when they cannot be read
     */
    static List<Named> of(CamelContext camel, Platform platform) throws IOException {
        var own = read(camel, platform, platform.folder().location("cases/"));
        return own.isEmpty() ? read(camel, platform, "classpath:routes/platforms/" + platform.name() + "/cases/") : own;
    }

    private static List<Named> read(CamelContext camel, Platform platform, String folder) throws IOException {
        var found = new TreeMap<String, Named>();
        for (var file : files(camel, folder)) {
            var name = file.getLocation().substring(file.getLocation().lastIndexOf('/') + 1);
            try (InputStream in = file.getInputStream()) {
                found.put(
                        name, new Named(platform.name() + "/cases/" + name, JSON.readValue(in, ConformanceCase.class)));
            }
        }
        return List.copyOf(found.values());
    }

    private static Collection<Resource> files(CamelContext camel, String folder) {
        try {
            return PluginHelper.getPackageScanResourceResolver(camel).findResources(folder + "*.json");
        } catch (Exception e) {
            // There is no such folder.
            return List.of();
        }
    }

    /** What the cases say that was read of the account, by the list's name: for a list, that of the case that says most. */
    static Map<String, JsonNode> lists(List<Named> cases) {
        var lists = new TreeMap<String, JsonNode>();
        cases.stream()
                .flatMap(named -> named.one().lists().entrySet().stream())
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().toString().length()))
                .forEach(entry -> lists.put(entry.getKey(), entry.getValue()));
        return lists;
    }
}
