package io.xtribe.fusionhub.platform;

import java.util.List;

/** Says what is wrong with the routes and mappings of a platform's folder before the hub uses them. Found as a CDI bean. */
public interface FolderCheck {

    /** A line each, with the place and the remedy; empty when nothing is wrong. */
    List<String> problems(Platform platform);
}
