package io.xtribe.fusionhub.console.jmx;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.RunMode;
import io.xtribe.fusionhub.console.Audit;
import io.xtribe.fusionhub.console.LetterDesk;
import io.xtribe.fusionhub.console.Operator;
import io.xtribe.fusionhub.deadletter.DeadLetterStream;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.upkeep.PlatformPauses;
import io.xtribe.fusionhub.work.WorkQueue;

/** Puts the hub's own MBeans into JMX, under {@link #DOMAIN}, once it has started. */
@ApplicationScoped
public class DomainBeans {

    /** The domain of their names. */
    public static final String DOMAIN = "io.xtribe.fusionhub";

    private static final Logger LOG = Logger.getLogger(DomainBeans.class);

    private final RunMode mode;
    private final Availability availability;
    private final PlatformPauses pauses;
    private final WorkQueue queue;
    private final Operator operator;
    private final IncidentStore store;
    private final DeadLetterStream letters;
    private final LetterDesk desk;
    private final Audit audit;
    private final List<ObjectName> registered = new ArrayList<>();

    DomainBeans(
            RunMode mode,
            Availability availability,
            PlatformPauses pauses,
            WorkQueue queue,
            Operator operator,
            IncidentStore store,
            DeadLetterStream letters,
            LetterDesk desk,
            Audit audit) {
        this.mode = mode;
        this.availability = availability;
        this.pauses = pauses;
        this.queue = queue;
        this.operator = operator;
        this.store = store;
        this.letters = letters;
        this.desk = desk;
        this.audit = audit;
    }

    void started(@Observes AfterStart event) {
        if (!mode.isHub()) {
            return;
        }
        availability.status().stream().map(PlatformStatus::platform).forEach(this::platform);
        register("type=Work", new WorkBean(queue, operator, store), WorkMXBean.class);
        register("type=DeadLetters", new DeadLettersBean(letters, desk), DeadLettersMXBean.class);
    }

    private void platform(String name) {
        var bean = new PlatformBean(name, availability.of(name), pauses);
        register("type=Platform,name=" + name, bean, PlatformMXBean.class);
    }

    private <T> void register(String name, T bean, Class<T> type) {
        try {
            var full = new ObjectName(DOMAIN + ":" + name);
            ManagementFactory.getPlatformMBeanServer().registerMBean(new DescribedBean(bean, type, audit), full);
            registered.add(full);
        } catch (JMException e) {
            LOG.warnf(e, "There is no MBean %s:%s", DOMAIN, name);
        }
    }

    @PreDestroy
    void stop() {
        for (var name : registered) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            } catch (JMException e) {
                LOG.debugf(e, "%s is gone already", name);
            }
        }
    }
}
