package io.xtribe.fusionhub.platform;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.xtribe.fusionhub.config.Spelling;
import io.xtribe.fusionhub.platform.Descriptor.AccountList;
import io.xtribe.fusionhub.platform.Descriptor.FirstSign;
import io.xtribe.fusionhub.platform.Descriptor.OAuth;
import io.xtribe.fusionhub.platform.Descriptor.Setting;

/** Checks the places of a descriptor that name one of its settings. */
final class SettingNames {

    /** A setting's value within a text. */
    static final Pattern PLACE = Pattern.compile("\\{([a-z-]+)}");

    private final Set<String> declared;

    private SettingNames(Set<String> declared) {
        this.declared = declared;
    }

    /** @throws IllegalArgumentException when a setting is named that is not declared */
    static void check(
            Set<String> declared,
            Map<String, String> headers,
            Map<String, Setting> settings,
            Map<String, FirstSign> firstSigns,
            Map<String, AccountList> lists,
            OAuth oauth,
            SpeakerRule speaker) {
        var names = new SettingNames(declared);
        headers.forEach((header, text) ->
                PLACE.matcher(text).results().forEach(place -> names.require("header " + header, place.group(1))));
        settings.forEach((key, setting) -> {
            names.require("requiredUnless of " + key, setting.requiredUnless());
            names.require("requiredWith of " + key, setting.requiredWith());
        });
        firstSigns.forEach((source, sign) -> names.require("opensOn of " + source, sign.opensOn()));
        lists.forEach((list, read) -> names.require("refresh of " + list, read.refresh()));
        if (speaker != null) {
            names.require("speaker", speaker.setting());
        }
        if (oauth != null) {
            names.require("oauth", oauth.clientId());
            names.require("oauth", oauth.clientSecret());
            names.require("oauth", oauth.username());
            names.require("oauth", oauth.password());
        }
    }

    private void require(String place, String setting) {
        if (setting != null && !declared.contains(setting)) {
            throw new IllegalArgumentException(
                    place + " names the setting '" + setting + "', which is not among settings"
                            + Spelling.nearest(setting, declared)
                                    .map(near -> "; the nearest is '" + near + "'")
                                    .orElse("")
                            + ": declare it, or correct its spelling");
        }
    }
}
