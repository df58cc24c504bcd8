package io.xtribe.fusionhub.lab.sandbox;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;

/** A new sandbox for each test, a client of it, and somebody who takes its webhooks. */
abstract class SandboxFixture {

    HubDouble hub;
    Sandbox sandbox;
    SandboxCaller caller;

    @BeforeEach
    void start() throws IOException {
        hub = new HubDouble();
        sandbox = Sandbox.start(options());
        caller = new SandboxCaller(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
        hub.close();
    }

    SandboxOptions options() {
        return SandboxOptions.defaults().withHub(hub.url());
    }
}
