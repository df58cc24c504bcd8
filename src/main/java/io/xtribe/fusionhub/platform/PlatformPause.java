package io.xtribe.fusionhub.platform;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Platforms that refuse our credentials. Nothing is sent there but a probe, their work stays due, and the first
 * accepted probe resumes them.
 */
@Singleton
@Named("platformPause")
public class PlatformPause {

    private static final Logger LOG = Logger.getLogger(PlatformPause.class);

    private final Map<String, String> reasons = new ConcurrentHashMap<>();
    private final List<Runnable> onResume = new CopyOnWriteArrayList<>();

    public void pause(String platform, String reason) {
        if (reasons.put(platform, reason) == null) {
            LOG.errorf("%s refuses our credentials and is paused: %s", platform, reason);
        }
    }

    public void resume(String platform) {
        if (reasons.remove(platform) != null) {
            LOG.infof("%s takes our credentials again", platform);
            onResume.forEach(Runnable::run);
        }
    }

    public boolean isPaused(String platform) {
        return reasons.containsKey(platform);
    }

    /** Paused platforms; what the probe route works through. */
    public List<String> names() {
        return List.copyOf(reasons.keySet());
    }

    /** Paused platforms with the words they refused us with. */
    public Map<String, String> reasons() {
        return Map.copyOf(reasons);
    }

    public void whenResumed(Runnable action) {
        onResume.add(action);
    }
}
