package io.xtribe.fusionhub.startup;

import java.util.Map;

import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrialBeansTest {

    private final DefaultRegistry hub = new DefaultRegistry();
    private final TrialBeans beans = new TrialBeans(hub);

    @Test
    void handsOutTheHubsBeans() {
        hub.bind("intake", "a bean");

        assertThat(beans.lookupByName("intake")).isEqualTo("a bean");
        assertThat(beans.lookupByNameAndType("intake", String.class)).isEqualTo("a bean");
        assertThat(beans.lookupByNameAndType("intake", Integer.class)).isNull();
        assertThat(beans.findByTypeWithName(String.class)).isEqualTo(Map.of("intake", "a bean"));
        assertThat(beans.findByType(String.class)).containsExactly("a bean");
    }

    /** Else the hub's language would be the trial's, and cease to work when the trial ends. */
    @Test
    void keepsWhatBelongsToTheHubsCamel() throws Exception {
        var language = new SimpleLanguage();
        hub.bind("simple", language);
        try (var running = new DefaultCamelContext(hub)) {
            language.setCamelContext(running);

            try (var trial = new DefaultCamelContext(beans)) {
                trial.start();
                assertThat(trial.resolveLanguage("simple")).isNotSameAs(language);
            }

            assertThat(beans.findByType(Language.class)).isEmpty();
            assertThat(language.getCamelContext()).isSameAs(running);
        }
    }

    @Test
    void standsInForTheHubsOwnComponents() throws Exception {
        var own = new DefaultComponent() {
            @Override
            protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
                throw new IllegalStateException("the hub's own is used");
            }
        };
        hub.bind("work", own);

        try (var trial = new DefaultCamelContext(beans)) {
            assertThat(trial.getEndpoint("work:incidents?whatever=true")).isNotNull();
            assertThat(beans.lookupByNameAndType("work", Component.class)).isNotSameAs(own);
        }
    }
}
