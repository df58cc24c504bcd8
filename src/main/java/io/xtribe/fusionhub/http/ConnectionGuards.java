package io.xtribe.fusionhub.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.AttributeKey;

/** Puts a {@link ConnectionGuard} in front of every connection that a server of this process accepts. */
public final class ConnectionGuards extends ChannelInitializerExtension {

    /** On each listener: webhooks with the API, and management. */
    private static final int CONNECTIONS = 1_024;
    /** The most bytes of one read, and so the most that are read ahead of a request that is being answered. */
    private static final int READ_BYTES = 16 * 1024;

    /** The bytes of answers that the system buffers when a peer does not read them; its default is several megabytes. */
    private static final int SEND_BYTES = 128 * 1024;

    private static final WriteBufferWaterMark WRITE_BYTES = new WriteBufferWaterMark(8 * 1024, 32 * 1024);
    private static final AttributeKey<OpenConnections> OPEN = AttributeKey.valueOf(ConnectionGuards.class, "open");

    /** Netty looks for extensions only where this property is set, and reads it when it is first used. */
    public static void enable() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        listener.attr(OPEN).set(new OpenConnections(CONNECTIONS));
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(64, 2_048, READ_BYTES));
        connection.config().setWriteBufferWaterMark(WRITE_BYTES);
        connection.config().setOption(ChannelOption.SO_SNDBUF, SEND_BYTES);
        connection
                .pipeline()
                .addFirst(new ConnectionGuard(connection.parent().attr(OPEN).get()));
    }
}
