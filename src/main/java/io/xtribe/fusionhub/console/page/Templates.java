package io.xtribe.fusionhub.console.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages. What they are given is escaped as it is written. */
@CheckedTemplate(basePath = "console", requireTypeSafeExpressions = true)
final class Templates {

    private Templates() {}

    static native TemplateInstance board(BoardView view);

    static native TemplateInstance incident(IncidentView view);

    static native TemplateInstance platforms(PlatformsView view);

    static native TemplateInstance letters(LettersView view);

    static native TemplateInstance letter(LetterView view);

    static native TemplateInstance jobs(JobsView view);

    static native TemplateInstance login(boolean refused, boolean denied, boolean form, boolean provider);

    static native TemplateInstance problem(String title, String text);
}
