package io.xtribe.fusionhub.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One command of a NATS client with its payload, as read from the wire.
 *
 * @param bytes all of it, to be passed on unchanged
 * @param subject empty unless the command publishes
 * @param body the payload without headers
 */
record NatsCommand(byte[] bytes, String verb, String subject, String body) {

    /** The next command, or null at the end of the stream; a command that was cut off is dropped. */
    static NatsCommand read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next;
        do {
            next = in.read();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
        } while (next != '\n');
        String[] tokens = bytes.toString(StandardCharsets.UTF_8).strip().split("\\s+");
        String verb = tokens[0].toUpperCase(Locale.ROOT);
        if (!verb.equals("PUB") && !verb.equals("HPUB")) {
            return new NatsCommand(bytes.toByteArray(), verb, "", "");
        }
        // PUB <subject> [reply-to] <size>, HPUB <subject> [reply-to] <header size> <total size>
        int size = Integer.parseInt(tokens[tokens.length - 1]);
        int headerSize = verb.equals("HPUB") ? Integer.parseInt(tokens[tokens.length - 2]) : 0;
        byte[] payload = in.readNBytes(size + 2);
        if (payload.length < size + 2) {
            return null;
        }
        bytes.write(payload);
        String body = new String(payload, headerSize, size - headerSize, StandardCharsets.UTF_8);
        return new NatsCommand(bytes.toByteArray(), verb, tokens[1], body);
    }
}
