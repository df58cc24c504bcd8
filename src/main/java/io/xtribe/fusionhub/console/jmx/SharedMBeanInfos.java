package io.xtribe.fusionhub.console.jmx;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;

import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;
import org.apache.camel.support.management.NotificationSenderAdapter;

/**
 * Makes Camel's MBeans. All of one class have the same attributes and operations, so that they share what describes these: Camel makes it anew for
 * each of some thousand MBeans, which was a fifth of the CPU of a start. docs/adr/0048.
 */
final class SharedMBeanInfos extends DefaultManagementMBeanAssembler {

    private final Map<Class<?>, ModelMBeanInfo> infos = new ConcurrentHashMap<>();

    SharedMBeanInfos(CamelContext camel) {
        super(camel);
    }

    @Override
    public ModelMBean assemble(MBeanServer server, Object managed, ObjectName name) throws JMException {
        if (managed instanceof ManagedInstance wrapper && describesItself(wrapper.getInstance())) {
            return super.assemble(server, managed, name);
        }
        var info = info(managed, name);
        if (info == null) {
            return null;
        }
        var bean = new MixinRequiredModelMBean(info, isMasked(), null, null);
        try {
            bean.setManagedResource(managed, "ObjectReference");
        } catch (InvalidTargetObjectTypeException e) {
            throw new InstanceNotFoundException(e.getMessage());
        }
        if (managed instanceof NotificationSenderAware sender) {
            sender.setNotificationSender(new NotificationSenderAdapter(bean));
        }
        return bean;
    }

    private ModelMBeanInfo info(Object managed, ObjectName name) throws JMException {
        var known = infos.get(managed.getClass());
        if (known != null) {
            return known;
        }
        var made = assembler.getMBeanInfo(camelContext, managed, null, name.toString());
        if (made != null) {
            infos.put(managed.getClass(), made);
        }
        return made;
    }

    /** A component, endpoint or processor may bring attributes of its own. */
    private static boolean describesItself(Object instance) {
        return instance != null && instance.getClass().isAnnotationPresent(ManagedResource.class);
    }

    private boolean isMasked() {
        return Boolean.TRUE.equals(
                camelContext.getManagementStrategy().getManagementAgent().getMask());
    }
}
