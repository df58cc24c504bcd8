package io.xtribe.fusionhub.lab.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shell that ends the children and deletes their folder when their parent itself was killed and could not. It
 * notices because the pipe from the parent closes; it ends only processes whose ids the parent has sent.
 */
final class Watchdog {
    private static final String SCRIPT = """
            children=
            while read -r line; do
              [ "$line" != over ] || exit 0
              children="$line $children"
            done
            for child in $children; do
              kill "$child" 2>/dev/null || continue
              waited=0
              while kill -0 "$child" 2>/dev/null; do
                if [ "$waited" -ge 250 ]; then kill -9 "$child" 2>/dev/null; break; fi
                sleep 0.1
                waited=$((waited + 1))
              done
            done
            rm -rf -- "$1"
            """;

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    static Watchdog start(List<String> detached, Path folder) throws IOException {
        List<String> command = new ArrayList<>(detached);
        command.addAll(List.of("sh", "-c", SCRIPT, "fusion-watchdog", folder.toString()));
        return new Watchdog(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    void watch(Process child) throws IOException {
        send(Long.toString(child.pid()));
    }

    /** All children have ended. */
    void over() {
        try {
            send("over");
            shell.getOutputStream().close();
        } catch (IOException gone) {
            shell.destroy();
        }
    }

    private void send(String line) throws IOException {
        OutputStream pipe = shell.getOutputStream();
        pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        pipe.flush();
    }
}
