package io.xtribe.fusionhub.config;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.WithName;
import org.eclipse.microprofile.config.Config;

/** The names of all keys of {@link FusionConfig}, and which environment variables match none of them. */
final class ConfigKeys {

    /** Read by bin/fusion. */
    private static final Pattern OF_THE_SCRIPT =
            Pattern.compile("FUSION_(AOT_CACHE|JAVA_(HOME|OPTS)|NATS_(IMAGE|SERVER))");
    /** What Kubernetes sets in every container for a service that is called fusion-something. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("FUSION_.*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?)");

    private static final Pattern SECRET = Pattern.compile(".*[.-](secret|password|token|key)");

    private ConfigKeys() {}

    /** All keys; a map's key is written {@code *}. */
    static Collection<String> all() {
        var keys = new TreeSet<String>();
        collect("fusion", FusionConfig.class, keys);
        return keys;
    }

    static boolean isSecret(String key) {
        return SECRET.matcher(key).matches();
    }

    /** {@code FUSION_NATS_URL} for {@code fusion.nats.url}. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Those of the hub, and those that the platforms bring. */
    static Collection<String> with(Collection<String> ofPlatforms) {
        var keys = new TreeSet<>(all());
        keys.addAll(ofPlatforms);
        return keys;
    }

    /**
     * Keys in files and system properties that nobody reads: misspelt, as a rule. Environment variables are looked at apart,
     * since no list of theirs tells a hyphen from a point.
     */
    static Collection<String> unknownKeys(Config config, Collection<String> known) {
        var pattern = Pattern.compile(known.stream()
                .map(key -> Pattern.quote(key).replace("*", "\\E[^.]+\\Q") + "(\\[\\d+])?")
                .collect(Collectors.joining("|")));
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(source -> !(source instanceof EnvConfigSource))
                .flatMap(source -> source.getPropertyNames().stream())
                .filter(name ->
                        name.startsWith("fusion.") && !pattern.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Variables that look like keys of the hub and are none: misspelt, as a rule. */
    static Collection<String> unknownVariables(Map<String, String> environment, Collection<String> known) {
        var pattern = Pattern.compile(known.stream()
                .map(key -> variable(key.replace("*", "MAPKEY")).replace("MAPKEY", "[A-Z0-9_]+"))
                .collect(Collectors.joining("|")));
        return environment.keySet().stream()
                .filter(name -> name.startsWith("FUSION_"))
                .filter(name -> !pattern.matcher(name).matches())
                .filter(name -> !OF_THE_SCRIPT.matcher(name).matches())
                .filter(name -> !OF_KUBERNETES.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The known key that is spelt most alike. */
    static String nearest(String key, Collection<String> known) {
        return Spelling.nearest(key, known).orElseThrow();
    }

    private static void collect(String prefix, Class<?> group, Collection<String> keys) {
        for (var method : group.getMethods()) {
            var key = prefix + "." + name(method);
            var type = method.getReturnType();
            if (Map.class.isAssignableFrom(type)) {
                var value = (Class<?>) ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[1];
                if (value.isInterface()) {
                    collect(key + ".*", value, keys);
                } else {
                    keys.add(key + ".*");
                }
            } else if (type.isInterface() && type.getEnclosingClass() != null && isOurs(type)) {
                collect(key, type, keys);
            } else {
                keys.add(key);
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(FusionConfig.class.getName());
    }

    private static String name(Method method) {
        var given = method.getAnnotation(WithName.class);
        return given != null
                ? given.value()
                : method.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
