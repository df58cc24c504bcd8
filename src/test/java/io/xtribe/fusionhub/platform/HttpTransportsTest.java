package io.xtribe.fusionhub.platform;

class HttpTransportsTest extends TransportFixture {

    @Override
    protected TransportFactory transports() {
        return new HttpTransports();
    }
}
