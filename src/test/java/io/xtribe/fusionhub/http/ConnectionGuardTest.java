package io.xtribe.fusionhub.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The guards in front of a plain Netty server: how far it reads ahead, and how much it answers to nobody. */
class ConnectionGuardTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    /** So large that one read holds no more of them than may wait for an answer. */
    private static final String LARGE_REQUEST = "GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(400) + "\r\n\r\n";

    private static final String ANSWER = "x".repeat(30_000);

    /** Not by Netty's own look-up, which would guard every server of this JVM, the sandboxes of other tests too. */
    private final ConnectionGuards guards = new ConnectionGuards();

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger bodyBytes = new AtomicInteger();
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private InetSocketAddress address;

    @BeforeEach
    void start() throws InterruptedException {
        Metrics.addRegistry(new SimpleMeterRegistry());
        address = (InetSocketAddress) new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .handler(new ChannelInitializer<ServerChannel>() {
                    @Override
                    protected void initChannel(ServerChannel listener) {
                        guards.postInitializeServerListenerChannel(listener);
                    }
                })
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(new HttpRequestDecoder(), new HttpResponseEncoder(), new Answering());
                        guards.postInitializeServerChildChannel(connection);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel()
                .localAddress();
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    /** Answers each request a moment later. */
    private final class Answering extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpRequest) {
                asked.incrementAndGet();
            }
            if (part instanceof HttpContent content) {
                bodyBytes.addAndGet(content.content().readableBytes());
            }
            if (part instanceof LastHttpContent) {
                context.executor().schedule(() -> answer(context), 1, TimeUnit.MILLISECONDS);
            }
        }

        private void answer(ChannelHandlerContext context) {
            var answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.OK,
                    Unpooled.copiedBuffer(ANSWER, StandardCharsets.US_ASCII));
            HttpUtil.setContentLength(answer, ANSWER.length());
            context.writeAndFlush(answer);
        }
    }

    /** The system takes some megabytes for both ends; the server takes no more than one read of it. */
    @Test
    void neitherReadsNorAnswersFurtherForWhoDoesNotReadTheAnswers() throws Exception {
        try (SocketChannel deaf = SocketChannel.open()) {
            deaf.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            deaf.connect(address);
            deaf.configureBlocking(false);
            var requests = ByteBuffer.wrap(LARGE_REQUEST.repeat(1_000).getBytes(StandardCharsets.US_ASCII));
            var taken = new AtomicLong();
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        try {
                            taken.addAndGet(deaf.write(requests));
                            if (!requests.hasRemaining()) {
                                requests.rewind();
                            }
                            return false;
                        } catch (IOException cut) {
                            return true;
                        }
                    });
            assertThat(taken.get()).isLessThan(24L * 1024 * 1024);
            assertThat(asked.get()).isLessThan(200);
            assertThat(Metrics.counter("fusion.http.closed", "reason", "answer-not-taken")
                            .count())
                    .isEqualTo(1);
        }
    }

    private static double closed(String reason) {
        return Metrics.counter("fusion.http.closed", "reason", reason).count();
    }

    /** Each of the small requests of one read takes far more memory than its bytes. */
    @Test
    void closesTheConnectionOfWhoSendsTooManyRequestsAhead() throws Exception {
        try (var client = new Socket(address.getAddress(), address.getPort())) {
            client.getOutputStream().write(REQUEST.repeat(600).getBytes(StandardCharsets.US_ASCII));

            await().atMost(Duration.ofSeconds(10)).until(() -> closed("too-far-ahead") == 1);
            assertThat(asked.get()).isLessThan(10);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/webhooks/datadog, 5",
        "http://h:8080/webhooks/datadog, 5",
        "http://h:8080/webhooks/datadog?x=/y, 5",
        "/api/incidents, 5",
        "/api/incidents/fx-1/close, 5",
        "http://h:8080/api?x=/webhooks/datadog, 0",
        "http://webhooks/datadog, 0",
        "//h/webhooks/datadog, 0",
        "urn:webhooks, 0"
    })
    void passesOnTheBodiesOfWebhooksAndOfTheApi(String target, int expected) throws Exception {
        try (var client = new Socket(address.getAddress(), address.getPort())) {
            client.getOutputStream()
                    .write(("POST " + target + " HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabcde")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(client.getInputStream().readNBytes(ANSWER.length())).hasSize(ANSWER.length());
            assertThat(bodyBytes.get()).isEqualTo(expected);
        }
    }

    /** The rest of the second head never comes, and nothing else tells the server that it has begun. */
    @ParameterizedTest
    @ValueSource(strings = {"GET / HT", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: h\r\n"})
    void limitsTheTimeOfAHeadThatBeganInTheReadOfTheRequestBeforeIt(String beginning) throws Exception {
        try (var client = new Socket(address.getAddress(), address.getPort())) {
            client.setSoTimeout(15_000);
            client.getOutputStream().write((REQUEST + beginning).getBytes(StandardCharsets.US_ASCII));

            var answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers).contains("HTTP/1.1 200 OK", "HTTP/1.1 408 Request Timeout");
        }
    }
}
