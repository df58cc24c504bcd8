package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Does to Camel routes over JMX what an operator does in Hawtio. */
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

    private Object withRoute(String routeId, Action action) {
        try (JMXConnector connector = connect()) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            ObjectName pattern =
                    new ObjectName("org.apache.camel:context=*,type=routes,name=" + ObjectName.quote(routeId));
            Set<ObjectName> routes = server.queryNames(pattern, null);
            if (routes.size() != 1) {
                throw new IllegalStateException("Route " + routeId + " is registered " + routes.size() + " times");
            }
            return action.on(server, routes.iterator().next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException("Route " + routeId + ": " + e.getMessage(), e);
        }
    }

    private interface Action {
        Object on(MBeanServerConnection server, ObjectName route) throws JMException, IOException;
    }
}
