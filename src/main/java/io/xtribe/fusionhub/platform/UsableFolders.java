package io.xtribe.fusionhub.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;

/**
 * Chooses the folder of each platform. A mounted folder that cannot be used must not keep the hub from paging: the built-in
 * platform of its name takes its place, or the platform takes no part.
 */
final class UsableFolders {

    private static final Logger LOG = Logger.getLogger(UsableFolders.class);

    private final FusionConfig config;
    private final Config values;
    private final List<FolderCheck> checks;
    private final Map<String, String> broken = new TreeMap<>();

    UsableFolders(FusionConfig config, Config values, List<FolderCheck> checks) {
        this.config = config;
        this.values = values;
        this.checks = checks;
    }

    /** Mounted folders that cannot be used, by the platform's name, each with what is done instead. */
    Map<String, String> broken() {
        return broken;
    }

    /**
     * The platform of that name; empty when it has no folder, or none that can be used.
     *
     * @throws IllegalArgumentException when the descriptor of a built-in platform cannot be read
     */
    Optional<Platform> find(String name) {
        var folder = VendorFolder.find(name, config.platformsPath());
        if (folder.isEmpty() || !folder.get().isMounted()) {
            return Platform.find(name, Optional.empty(), values);
        }
        var problems = new ArrayList<String>();
        try {
            var platform = Platform.find(name, config.platformsPath(), values).orElseThrow();
            checks.forEach(check -> problems.addAll(check.problems(platform)));
            if (problems.isEmpty()) {
                return Optional.of(platform);
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return instead(name, problems);
    }

    private Optional<Platform> instead(String name, List<String> problems) {
        var builtIn = Platform.find(name, Optional.empty(), values);
        var consequence = builtIn.isPresent() ? "the built-in one is used instead" : "the platform takes no part";
        broken.put(name, consequence);
        LOG.errorf(
                "The mounted folder of the platform %s cannot be used, so %s. Correct it, see it pass 'bin/fusion platform"
                        + " check', and restart the hub:%n%s",
                name, consequence, String.join(System.lineSeparator(), problems));
        return builtIn;
    }
}
