package io.xtribe.fusionhub.intake;

import java.util.Collection;

import org.apache.camel.Exchange;

/** The source of the signal that an exchange holds, as a label: never anything but a platform's name or {@code unknown}. */
final class SignalSource {

    /** Exchange property with the source that the envelope names, where it is one of the platforms. */
    static final String PROPERTY = "source";

    private static final String SUBJECT = "CamelNatsSubject";

    private final SourceLabels labels;

    SignalSource(Collection<String> platforms) {
        this.labels = new SourceLabels(platforms);
    }

    /** As the envelope says, or else as the subject says under which it was published. */
    String of(Exchange exchange) {
        var named = exchange.getProperty(PROPERTY, String.class);
        if (named != null) {
            return labels.of(named);
        }
        var subject = exchange.getIn().getHeader(SUBJECT, "", String.class);
        return labels.of(subject.substring(subject.lastIndexOf('.') + 1));
    }
}
