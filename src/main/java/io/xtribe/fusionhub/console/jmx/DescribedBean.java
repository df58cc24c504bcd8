package io.xtribe.fusionhub.console.jmx;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ReflectionException;
import javax.management.StandardMBean;

import io.xtribe.fusionhub.console.Audit;

/** An MXBean that shows what {@link Says} says of its interface, and the names of its parameters. */
final class DescribedBean extends StandardMBean {

    private final Audit audit;

    <T> DescribedBean(T bean, Class<T> type, Audit audit) {
        super(bean, type, true);
        this.audit = audit;
    }

    /** Hawtio tells of its own requests. */
    @Override
    public Object invoke(String operation, Object[] parameters, String[] types)
            throws MBeanException, ReflectionException {
        if (JmxAsker.isKnown()) {
            return super.invoke(operation, parameters, types);
        }
        var outcome = "failed";
        try {
            var answer = super.invoke(operation, parameters, types);
            outcome = "done";
            return answer;
        } finally {
            var action = "JMX: " + operation + " of " + getMBeanInterface().getSimpleName();
            audit.tell(JmxAsker.NOBODY_KNOWN, "", "", action, "", outcome);
        }
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return said(getMBeanInterface()).orElse("");
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return method((info.isIs() ? "is" : "get") + info.getName())
                .flatMap(DescribedBean::said)
                .orElse("");
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return method(info.getName()).flatMap(DescribedBean::said).orElse("");
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return method(operation.getName())
                .flatMap(method -> said(method.getParameters()[sequence]))
                .orElse("");
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return method(operation.getName())
                .map(method -> method.getParameters()[sequence].getName())
                .orElse("p" + sequence);
    }

    @Override
    protected int getImpact(MBeanOperationInfo info) {
        return MBeanOperationInfo.ACTION;
    }

    private Optional<Method> method(String name) {
        return Arrays.stream(getMBeanInterface().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst();
    }

    private static Optional<String> said(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Says.class)).map(Says::value);
    }
}
