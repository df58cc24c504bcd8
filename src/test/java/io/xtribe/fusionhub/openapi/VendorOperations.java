package io.xtribe.fusionhub.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a test class that makes the hub call one platform of the sandbox: all that both say is held against the vendor's OpenAPI
 * document, where that is at hand, and the operations named here are exactly those that the whole class calls.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(VendorSchemas.class)
public @interface VendorOperations {

    /** The platform, which names the document too: {@code <platform>.yaml}. */
    String platform();

    /** The document's names ({@code operationId}) for what the hub calls. */
    String[] value();
}
