package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used so far, by the operating system's own count. */
final class Usage {

    private static final double KB_PER_MB = 1024.0;

    private final ProcessHandle process;

    Usage(ProcessHandle process) {
        this.process = process;
    }

    /** CPU time of all its threads, in steps of 10 ms on Linux. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in MB now, or 0 where the system does not report it. */
    long residentMb() {
        return statusMb("VmRSS:");
    }

    /** The most resident memory in MB so far, or 0 where the system does not report it. */
    long peakMb() {
        return statusMb("VmHWM:");
    }

    private long statusMb(String field) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Math.round(Long.parseLong(line.replaceAll("\\D", "")) / KB_PER_MB))
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
