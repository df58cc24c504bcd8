package io.xtribe.fusionhub.console.page;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

/**
 * Who looks at the page, for its templates. What is not drawn is no protection: the API decides by itself what it lets somebody
 * do.
 */
@Singleton
@Named("viewer")
public class Viewer {

    /** Empty where nobody has to log in. */
    public String name() {
        return "";
    }

    /** Whether the buttons of an operator are drawn. */
    public boolean mayOperate() {
        return true;
    }
}
