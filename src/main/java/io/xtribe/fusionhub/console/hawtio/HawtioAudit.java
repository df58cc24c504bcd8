package io.xtribe.fusionhub.console.hawtio;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.console.Audit;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.signal.SafeText;

/** Puts into the audit what somebody has changed, or was refused to change, by Hawtio. */
@Singleton
class HawtioAudit {

    private static final int LIMIT = 300;

    private final Audit audit;

    HawtioAudit(Audit audit) {
        this.audit = audit;
    }

    /**
     * Tells of those requests that change something.
     *
     * @param request one, or an array of them
     * @param answer one, or an array in the same order
     */
    void tell(byte[] request, String answer, Visitor visitor) {
        try {
            var asked = IncidentJson.mapper().readTree(request);
            var said = IncidentJson.mapper().readTree(answer);
            if (asked.isArray()) {
                for (var i = 0; i < asked.size(); i++) {
                    tell(asked.path(i), said.path(i), visitor);
                }
            } else {
                tell(asked, said, visitor);
            }
        } catch (IOException e) {
            throw new IllegalStateException("what Jolokia has answered was no JSON", e);
        }
    }

    private void tell(JsonNode asked, JsonNode said, Visitor visitor) {
        var bean = asked.path("mbean").asText();
        var what = asked.path("operation").asText(asked.path("attribute").asText());
        if (HawtioRestrictor.isChange(asked.path("type").asText(), bean, what)) {
            audit.tell(
                    visitor.name(),
                    visitor.role().key(),
                    visitor.from(),
                    SafeText.line("Hawtio: " + what + " of " + bean, LIMIT),
                    "",
                    said.path("status").asText());
        }
    }
}
