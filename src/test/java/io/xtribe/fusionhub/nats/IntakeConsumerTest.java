package io.xtribe.fusionhub.nats;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ApiResponse;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of a consumer that the server does not change. */
class IntakeConsumerTest {

    private static final class Refusal extends ApiResponse<Refusal> {
        Refusal(JsonValue answer) {
            super(answer);
        }
    }

    private final List<String> called = new ArrayList<>();

    private static JsonValue json(String text) throws Exception {
        return JsonParser.parse(text.replace('\'', '"'));
    }

    private JetStreamManagement refusing(int code) {
        return (JetStreamManagement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JetStreamManagement.class}, (self, method, arguments) -> {
                    called.add(method.getName());
                    return switch (method.getName()) {
                        case "getConsumerInfo" ->
                            new ConsumerInfo(
                                    json("{'stream_name':'s','name':'c','config':{'deliver_subject':'elsewhere'}}"));
                        case "addOrUpdateConsumer" ->
                            throw new JetStreamApiException(new Refusal(
                                    json("{'error':{'code':%d,'err_code':10012,'description':'no'}}".formatted(code))));
                        case "deleteConsumer" -> throw new IllegalStateException("deleted");
                        default -> throw new AssertionError(method);
                    };
                });
    }

    private static IntakeConsumer consumer() {
        return new IntakeConsumer(new Layout(1));
    }

    @Test
    void isLeftAloneWhenTheServerHasTroubleOfItsOwn() {
        assertThatThrownBy(() -> consumer().repair(refusing(503))).isInstanceOf(JetStreamApiException.class);

        assertThat(called).containsExactly("getConsumerInfo", "addOrUpdateConsumer");
    }

    @Test
    void isDeletedWhenTheServerSaysThatItCannotBeChanged() {
        assertThatThrownBy(() -> consumer().repair(refusing(400))).hasMessage("deleted");
    }
}
