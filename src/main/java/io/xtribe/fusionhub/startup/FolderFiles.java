package io.xtribe.fusionhub.startup;

import java.util.List;

import io.xtribe.fusionhub.platform.EnrichmentMapping;
import io.xtribe.fusionhub.platform.Platform;

/** Mistakes in the files of a platform's folder that none of its routes names. */
final class FolderFiles {

    private final JqPrograms programs;
    private final List<String> problems;

    /** @param problems where a line is added for each */
    FolderFiles(JqPrograms programs, List<String> problems) {
        this.programs = programs;
        this.problems = problems;
    }

    void check(Platform platform) {
        try {
            platform.peek();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage().replaceFirst("^\\w+:", "") + ": correct it");
        }
        if (platform.folder().exists(EnrichmentMapping.FILE)) {
            mapping(platform, EnrichmentMapping.FILE);
        }
        var target = platform.descriptor().target();
        if (!target.isEmpty()) {
            mapping(platform, target);
        }
    }

    private void mapping(Platform platform, String file) {
        var folder = platform.folder();
        if (folder.exists(file)) {
            programs.checkMapping(null, folder.text(file), folder.location(file));
        } else {
            problems.add(folder.location("platform.yaml").replaceFirst("^\\w+:", "") + ": there is no " + file
                    + " in the folder of " + platform.name() + ": correct its name, or add the file");
        }
    }
}
