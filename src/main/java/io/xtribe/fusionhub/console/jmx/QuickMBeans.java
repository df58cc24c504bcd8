package io.xtribe.fusionhub.console.jmx;

import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.ManagementMBeanAssembler;

/** Has Camel's MBeans made by {@link SharedMBeanInfos}. Camel finds it by its type. */
@Singleton
public class QuickMBeans implements CamelContextCustomizer {

    @Override
    public void configure(CamelContext camel) {
        camel.getCamelContextExtension().addContextPlugin(ManagementMBeanAssembler.class, new SharedMBeanInfos(camel));
    }
}
