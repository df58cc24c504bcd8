package io.xtribe.fusionhub.startup;

import java.util.List;

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
        mapping(platform, platform.descriptor().target());
    }

    private void mapping(Platform platform, String file) {
        var folder = platform.folder();
        if (file.isEmpty()) {
            return;
        }
        if (folder.exists(file)) {
            programs.checkMapping(null, folder.text(file), folder.location(file));
        } else {
            problems.add("there is no " + folder.location(file)
                    + ", which platform.yaml names: correct its name, or add" + " the file");
        }
    }
}
