package io.xtribe.fusionhub.explain;

import io.xtribe.fusionhub.platform.OptionalFeatures;

/** The features of accounts as the hub knows them; what a route finds to be missing here is not remembered. */
public final class SeenFeatures {

    private final OptionalFeatures known;

    SeenFeatures(OptionalFeatures known) {
        this.known = known;
    }

    /** For routes. */
    public boolean isOn(String feature) {
        return known.isOn(feature);
    }

    /** For routes. */
    public void turnOff(String feature) {
        // Nothing was asked of the account.
    }
}
