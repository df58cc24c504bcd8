package io.xtribe.fusionhub.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.spi.BeanRepository;

import io.xtribe.fusionhub.config.FusionConfig;

/**
 * The application's own beans for routes under test, without starting Quarkus: reads the same annotations, and makes a
 * bean when a route first names it. What a test gives stands in for the application's bean of that type.
 */
final class Beans implements BeanRepository, AutoCloseable {

    private static final List<String> PACKAGES = List.of(
            "converge", "deadletter", "fallback", "intake", "job", "nats", "platform", "poll", "upkeep", "work");
    private static final List<Source> SOURCES = discover();

    private record Source(Class<?> type, String name, Executable maker, boolean lazy) {}

    private final Map<Class<?>, Object> given = new LinkedHashMap<>();
    private final Map<Source, Object> made = new LinkedHashMap<>();

    /** Puts a test's own object in the place of the application's bean of that type. */
    <T> Beans with(Class<T> type, T bean) {
        given.put(type, bean);
        return this;
    }

    /** The same, unless the test has given another one already. */
    <T> Beans unlessGiven(Class<T> type, T bean) {
        given.putIfAbsent(type, bean);
        return this;
    }

    /** The one bean of that type. */
    synchronized <T> T get(Class<T> type) {
        var stand = given.entrySet().stream()
                .filter(entry -> type.isAssignableFrom(entry.getKey()))
                .findFirst();
        if (stand.isPresent()) {
            return type.cast(stand.get().getValue());
        }
        var sources = of(type);
        if (sources.size() != 1) {
            throw new IllegalStateException(sources.size() + " beans of " + type + ": " + sources);
        }
        return type.cast(make(sources.get(0)));
    }

    /** What routes may name. */
    static Map<String, Class<?>> types() {
        return SOURCES.stream()
                .filter(source -> !source.name().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Source::name, Source::type));
    }

    @Override
    public synchronized Object lookupByName(String name) {
        return SOURCES.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .map(this::make)
                .orElse(null);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        var bean = lookupByName(name);
        return type.isInstance(bean) ? type.cast(bean) : null;
    }

    @Override
    public synchronized <T> Map<String, T> findByTypeWithName(Class<T> type) {
        var found = new TreeMap<String, T>();
        of(type).stream()
                .filter(source -> !source.name().isEmpty())
                .forEach(source -> found.put(source.name(), type.cast(make(source))));
        return found;
    }

    @Override
    public synchronized <T> Set<T> findByType(Class<T> type) {
        return of(type).stream().map(this::make).map(type::cast).collect(Collectors.toSet());
    }

    @Override
    public synchronized void close() {
        for (var bean : made.values()) {
            if (bean instanceof ExecutorService pool) {
                pool.shutdownNow();
            }
            for (var method : bean.getClass().getDeclaredMethods()) {
                if (method.isAnnotationPresent(PreDestroy.class)) {
                    call(method, bean);
                }
            }
        }
    }

    private static List<Source> of(Class<?> type) {
        return SOURCES.stream()
                .filter(source -> type.isAssignableFrom(source.type()))
                .toList();
    }

    private Object make(Source source) {
        var known = given.getOrDefault(source.type(), made.get(source));
        if (known == null) {
            known = source.lazy() ? lazily(source) : produce(source);
            made.put(source, known);
        }
        return known;
    }

    private Object produce(Source source) {
        var arguments = Arrays.stream(source.maker().getParameters())
                .map(this::argument)
                .toArray();
        if (source.maker() instanceof Method method) {
            return call(method, owner(method.getDeclaringClass()), arguments);
        }
        return call(source.maker(), null, arguments);
    }

    /** Stands for a bean that may be named before it can be made, as the application's client proxies do. */
    private Object lazily(Source source) {
        return Proxy.newProxyInstance(
                source.type().getClassLoader(),
                new Class<?>[] {source.type()},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "lazy " + source.type().getSimpleName();
                    default -> call(method, produce(source), arguments);
                });
    }

    private Object owner(Class<?> type) {
        if (isScoped(type)) {
            return get(type);
        }
        return call(type.getDeclaredConstructors()[0], null);
    }

    private Object argument(Parameter parameter) {
        if (parameter.getType() != Instance.class) {
            return get(parameter.getType());
        }
        var type = (Class<?>) ((ParameterizedType) parameter.getParameterizedType()).getActualTypeArguments()[0];
        return Proxy.newProxyInstance(
                Instance.class.getClassLoader(),
                new Class<?>[] {Instance.class},
                (proxy, method, arguments) -> findByType(type).stream());
    }

    private static Object call(Executable executable, Object target, Object... arguments) {
        try {
            executable.setAccessible(true);
            if (executable instanceof Method method) {
                return method.invoke(target, arguments);
            }
            return ((Constructor<?>) executable).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot call " + executable, e);
        }
    }

    private static List<Source> discover() {
        var sources = new ArrayList<Source>();
        for (var type : classes()) {
            if (isScoped(type)) {
                sources.add(new Source(type, name(type.getAnnotation(Named.class)), constructor(type), false));
            }
            for (var method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Produces.class)) {
                    sources.add(new Source(
                            method.getReturnType(),
                            name(method.getAnnotation(Named.class)),
                            method,
                            method.isAnnotationPresent(ApplicationScoped.class)));
                }
            }
        }
        return List.copyOf(sources);
    }

    private static Executable constructor(Class<?> type) {
        var all = type.getDeclaredConstructors();
        return Arrays.stream(all)
                .filter(one -> one.isAnnotationPresent(Inject.class))
                .findFirst()
                .orElse(all[0]);
    }

    private static List<Class<?>> classes() {
        try {
            var root = Path.of(FusionConfig.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            var all = new ArrayList<Class<?>>();
            for (var name : PACKAGES) {
                try (Stream<Path> files = Files.walk(root.resolve("io/xtribe/fusionhub/" + name))) {
                    for (var file : files.filter(path -> path.toString().matches("[^$]*\\.class"))
                            .toList()) {
                        var className = root.relativize(file).toString().replace('/', '.');
                        all.add(Class.forName(className.substring(0, className.length() - ".class".length())));
                    }
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isScoped(Class<?> type) {
        return type.isAnnotationPresent(Singleton.class) || type.isAnnotationPresent(ApplicationScoped.class);
    }

    private static String name(Named named) {
        return named == null ? "" : named.value();
    }
}
