package io.xtribe.fusionhub.console.jmx;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators see of routes and steps is what Camel itself would show. */
class SharedMBeanInfosTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static DefaultCamelContext started(String name, boolean isShared) throws Exception {
        var camel = new DefaultCamelContext();
        camel.getCamelContextExtension().setName(name);
        if (isShared) {
            QuickMBeans.configure(camel);
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one")
                        .routeId("one")
                        .to("mock:a")
                        .id("one-a")
                        .to("mock:b")
                        .id("one-b");
                from("direct:two")
                        .routeId("two")
                        .filter(body().isNotNull())
                        .to("mock:c")
                        .id("two-c");
            }
        });
        camel.start();
        return camel;
    }

    /** By type of MBean, the digests of what its attributes and operations are; names hold numbers, which differ. */
    private static Map<String, Set<Integer>> described(String context) throws Exception {
        var all = new TreeMap<String, Set<Integer>>();
        for (var name : SERVER.queryNames(new ObjectName("org.apache.camel:context=" + context + ",*"), null)) {
            var info = SERVER.getMBeanInfo(name);
            var members = Stream.concat(Arrays.stream(info.getAttributes()), Arrays.stream(info.getOperations()))
                    .map(Object::toString)
                    .sorted()
                    .toList();
            all.computeIfAbsent(name.getKeyProperty("type"), type -> new TreeSet<>())
                    .add(members.hashCode());
        }
        return all;
    }

    @Test
    void describesEachMBeanAsCamelDoes() throws Exception {
        Map<String, Set<Integer>> own;
        try (var camel = started("plain", false)) {
            own = described("plain");
        }
        try (var camel = started("shared", true)) {
            assertThat(described("shared")).isEqualTo(own).hasSizeGreaterThan(5);
        }
    }

    /** It is what costs time; and Camel would go on without a word, were another assembler asked. */
    @Test
    void makesTheDescriptionOfAClassOnce() throws Exception {
        try (var camel = started("once", true)) {
            assertThat(attribute("once", "one")).isSameAs(attribute("once", "two"));
        }
    }

    private static MBeanAttributeInfo attribute(String context, String route) throws Exception {
        var name = new ObjectName("org.apache.camel:context=" + context + ",type=routes,name=\"" + route + "\"");
        return SERVER.getMBeanInfo(name).getAttributes()[0];
    }

    @Test
    void keepsTheValuesOfEachMBeanApart() throws Exception {
        try (var camel = started("apart", true);
                var template = camel.createProducerTemplate()) {
            template.sendBody("direct:one", "a");
            template.sendBody("direct:one", "b");
            template.sendBody("direct:two", "c");

            assertThat(value("routes", "one", "ExchangesTotal")).isEqualTo(2L);
            assertThat(value("routes", "two", "ExchangesTotal")).isEqualTo(1L);
            assertThat(value("processors", "one-b", "ProcessorId")).isEqualTo("one-b");
            assertThat(value("processors", "two-c", "ProcessorId")).isEqualTo("two-c");
            assertThat(value("processors", "one-a", "ExchangesTotal")).isEqualTo(2L);
        }
    }

    private static Object value(String type, String name, String attribute) throws Exception {
        return SERVER.getAttribute(
                new ObjectName("org.apache.camel:context=apart,type=" + type + ",name=\"" + name + "\""), attribute);
    }
}
