package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Does to Camel routes over JMX what an operator does in Hawtio, and sees what an operator sees. */
final class RouteControl {
    private final int port;

    RouteControl(int port) {
        this.port = port;
    }

    void invoke(String routeId, String operation) {
        withRoute(routeId, (server, route) -> server.invoke(route, operation, new Object[0], new String[0]));
    }

    String state(String routeId) {
        return (String) withRoute(routeId, (server, route) -> server.getAttribute(route, "State"));
    }

    Set<String> ids() {
        try (JMXConnector connector = connect()) {
            ObjectName all = new ObjectName("org.apache.camel:context=*,type=routes,name=*");
            return connector.getMBeanServerConnection().queryNames(all, null).stream()
                    .map(route -> ObjectName.unquote(route.getKeyProperty("name")))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private JMXConnector connect() throws IOException {
        return JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"));
    }

    /** On the whole context, all routes at once. */
    void invokeContext(String operation) {
        with(
                "org.apache.camel:context=*,type=context,name=*",
                "Context",
                (server, context) -> server.invoke(context, operation, new Object[0], new String[0]));
    }

    /** Every attribute that can be read, of every bean, in lines of {@code bean attribute = value}. */
    String attributes() {
        StringBuilder lines = new StringBuilder();
        try (JMXConnector connector = connect()) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            for (ObjectName bean : server.queryNames(null, null)) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
                    lines.append(bean).append(' ').append(attribute.getName());
                    lines.append(" = ").append(value(server, bean, attribute)).append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        return lines.toString();
    }

    private static String value(MBeanServerConnection server, ObjectName bean, MBeanAttributeInfo attribute)
            throws IOException {
        try {
            Object value = server.getAttribute(bean, attribute.getName());
            return value instanceof Object[] many ? Arrays.deepToString(many) : String.valueOf(value);
        } catch (JMException | RuntimeException unreadable) {
            return "unreadable";
        }
    }

    private Object withRoute(String routeId, Action action) {
        return with(
                "org.apache.camel:context=*,type=routes,name=" + ObjectName.quote(routeId), "Route " + routeId, action);
    }

    private Object with(String pattern, String what, Action action) {
        try (JMXConnector connector = connect()) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            Set<ObjectName> found = server.queryNames(new ObjectName(pattern), null);
            if (found.size() != 1) {
                throw new IllegalStateException(what + " is registered " + found.size() + " times");
            }
            return action.on(server, found.iterator().next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException(what + ": " + e.getMessage(), e);
        }
    }

    private interface Action {
        Object on(MBeanServerConnection server, ObjectName bean) throws JMException, IOException;
    }
}
