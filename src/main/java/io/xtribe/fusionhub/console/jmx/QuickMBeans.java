package io.xtribe.fusionhub.console.jmx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.BeforeConfigure;

/** Has Camel's MBeans made by {@link SharedMBeanInfos}, before Camel makes the first. */
@Singleton
public class QuickMBeans {

    void configure(@Observes BeforeConfigure event) {
        configure(event.getMain().getCamelContext());
    }

    static void configure(CamelContext camel) {
        camel.getCamelContextExtension().setManagementMBeanAssembler(new SharedMBeanInfos(camel));
    }
}
