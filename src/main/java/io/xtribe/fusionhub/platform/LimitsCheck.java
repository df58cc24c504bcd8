package io.xtribe.fusionhub.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.ConfigurationCheck;
import io.xtribe.fusionhub.config.FusionConfig;

/** Checks what is configured of platforms' rate limits and of waiting for those that do not answer. */
@Singleton
public class LimitsCheck implements ConfigurationCheck {

    @Override
    public List<String> problems(FusionConfig config) {
        var problems = new ArrayList<String>();
        var platforms = new TreeSet<>(config.platforms());
        config.limits().forEach((name, limit) -> {
            var key = "fusion.limits." + name;
            if (!platforms.contains(name)) {
                problems.add(key + " is for a platform that takes no part: use " + String.join(", ", platforms));
            }
            if (limit.calls() < 1) {
                problems.add(key + ".calls is " + limit.calls()
                        + ": set it to the calls that the account is allowed, 1 or more");
            }
            if (limit.per().isNegative() || limit.per().isZero()) {
                problems.add(
                        key + ".per is " + limit.per() + ": set it to the length of the vendor's window, such as 60s");
            }
        });
        var breaker = config.breaker();
        if (breaker.waitFirst().toMillis() < 10 || breaker.waitLongest().compareTo(breaker.waitFirst()) < 0) {
            problems.add("fusion.breaker.wait-first is " + breaker.waitFirst() + " and fusion.breaker.wait-longest is "
                    + breaker.waitLongest()
                    + ": set the first to 10ms or more, and the longest to no less than the first");
        }
        return problems;
    }
}
