package io.xtribe.fusionhub.platform.servicenow;

import io.xtribe.fusionhub.platform.TransportFactory;
import io.xtribe.fusionhub.platform.TransportFixture;

class ServiceNowTransportsTest extends TransportFixture {

    @Override
    protected TransportFactory transports() {
        return new ServiceNowTransports();
    }
}
