package io.xtribe.fusionhub.platform;

import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Descriptors that tests write down. */
final class Descriptors {

    private Descriptors() {}

    static Descriptor of(String yaml) {
        try {
            return VendorFolder.parse(yaml);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
