package io.xtribe.fusionhub.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Takes out of a step what people or alerts have written, before a create that was turned away is made again: first all but
 * the title, then the title too. The routeConfiguration {@code less-text} says when.
 */
@Singleton
@Named("lessText")
public class LessText implements Processor {

    /** Before each repetition Camel puts the body back as it was before the first try. */
    @Override
    public void process(Exchange exchange) {
        var step = exchange.getMessage().getBody(ObjectNode.class).deepCopy();
        step.putObject("hints");
        String remark;
        if (exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) == 1) {
            step.put("description", "");
            remark = "tried again without its description: ";
        } else {
            step.set("title", step.at("/neutral/title"));
            step.set("description", step.at("/neutral/description"));
            remark = "tried again under a neutral title, since its own title is refused as well: ";
        }
        exchange.getMessage().setBody(step);
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.setProperty(PlatformStep.REMARK, remark + failure.getMessage());
    }
}
