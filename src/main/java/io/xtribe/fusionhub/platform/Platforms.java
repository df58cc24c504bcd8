package io.xtribe.fusionhub.platform;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.signal.Comments;
import io.xtribe.fusionhub.signal.WordForm;
import io.xtribe.fusionhub.signal.Words;

/** The platforms that take part, as configured. */
@Singleton
public class Platforms {

    private final List<PlatformProfile> profiles;
    private final Map<String, Platform> platforms = new LinkedHashMap<>();
    private final Map<String, TargetMapping> targets = new HashMap<>();
    private final Map<String, String> configurations = new HashMap<>();
    private final Map<String, String> broken = new HashMap<>();
    private final Map<String, Copy> copies = new HashMap<>();

    @Inject
    Platforms(FusionConfig config, Config values, Instance<FolderCheck> checks) {
        this(config, new UsableFolders(config, values, checks.stream().toList()));
    }

    private Platforms(FusionConfig config, UsableFolders folders) {
        this(described(config, folders));
        broken.putAll(folders.broken());
        copies.putAll(config.copy());
    }

    /** With one platform only, for its conformance check. */
    public Platforms(Platform platform) {
        this(Map.of(platform.name(), platform));
    }

    private Platforms(Map<String, Platform> platforms) {
        this(platforms.values().stream().map(Platform::profile).toList());
        this.platforms.putAll(platforms);
        platforms.forEach((name, platform) -> configurations.put(name, platform.configuration()));
        platforms.forEach(
                (name, platform) -> TargetMapping.of(platform).ifPresent(mapping -> targets.put(name, mapping)));
    }

    /** With what converge must know of platforms, and no way to call them. */
    public Platforms(List<PlatformProfile> profiles) {
        this.profiles = List.copyOf(profiles);
    }

    /**
     * Others than those that are configured, to look what would be otherwise.
     *
     * @param platforms by name, in the order of {@code fusion.platforms}
     * @param copies which text of their records other platforms may show, by name
     */
    public static Platforms of(Map<String, Platform> platforms, Map<String, Copy> copies) {
        var all = new Platforms(platforms);
        all.copies.putAll(copies);
        return all;
    }

    private static Map<String, Platform> described(FusionConfig config, UsableFolders folders) {
        var described = new LinkedHashMap<String, Platform>();
        for (var name : config.platforms()) {
            folders.find(name).ifPresent(platform -> described.put(name, platform));
        }
        return described;
    }

    /** Mounted folders that cannot be used, by the platform's name, each with what is done instead. */
    public Map<String, String> broken() {
        return Map.copyOf(broken);
    }

    public List<PlatformProfile> profiles() {
        return profiles;
    }

    /** Those with a folder, in the order of {@code fusion.platforms}. */
    public List<Platform> all() {
        return List.copyOf(platforms.values());
    }

    /** The platform of that name, if it takes part. */
    public Optional<Platform> find(String name) {
        return Optional.ofNullable(platforms.get(name));
    }

    /** @throws IllegalArgumentException when no such platform takes part */
    Platform get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no platform '" + name + "' takes part: fusion.platforms holds " + platforms.keySet()));
    }

    /** Which of the vendors' words open, in the form of {@link WordForm}, by kind of first sign; one not in it opens on all. */
    public Map<String, Set<String>> openingWords() {
        var words = new LinkedHashMap<String, Set<String>>();
        platforms.values().forEach(platform -> words.putAll(platform.openingWords()));
        return words;
    }

    /** What a platform's words mean; the hub's own words where it has no folder. */
    public Words words(String platform) {
        return find(platform).<Words>map(Platform::words).orElse(Words.OURS);
    }

    /** A mark of how a platform is configured, see {@link Platform#configuration}; empty where it has no folder. */
    public String configuration(String platform) {
        return configurations.getOrDefault(platform, "");
    }

    /** What a record is sent for a status and a priority of ours; see {@link Vocabulary#sent}. */
    public ObjectNode sent(String platform, String part, String status, String priority) {
        return find(platform)
                .map(known -> known.words().sent(part, status, priority))
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** What people call a platform. */
    public String title(String platform) {
        return find(platform).map(known -> known.descriptor().title()).orElse(platform);
    }

    /** How many characters a comment may have there. */
    public int commentLimit(String platform) {
        return find(platform)
                .map(known -> known.descriptor().comments())
                .map(Descriptor.CommentRules::limit)
                .orElse(Comments.TEXT_LIMIT);
    }

    /** Which text of its records other platforms may show. */
    public Copy copy(String platform) {
        return copies.getOrDefault(platform, Copy.ALL);
    }

    /** Where on this platform the incident is opened; empty when the platform has nothing to choose. */
    public Map<String, String> target(String platform, Incident incident) {
        var mapping = targets.get(platform);
        return mapping == null ? Map.of() : mapping.choose(incident);
    }
}
