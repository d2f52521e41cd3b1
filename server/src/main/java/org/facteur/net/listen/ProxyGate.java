package org.facteur.net.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Waits for the header of a trusted proxy, then lets its client in. On the event loop.
///
/// A proxy that says anything else, or nothing for five seconds, is closed: otherwise its clients
/// would be taken for it.
final class ProxyGate extends ChannelInboundHandlerAdapter {
    private static final long PATIENCE_SECONDS = 5;

    private final Consumer<ProxyHeader> admit;
    private byte[] held = new byte[256];
    private int length;
    private @Nullable Future<?> patience;

    /// @param admit adds what comes behind in the pipeline
    ProxyGate(Consumer<ProxyHeader> admit) {
        this.admit = admit;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience =
                context.executor()
                        .schedule(() -> context.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        Future<?> waiting = patience;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        take((ByteBuf) message);
        try {
            ProxyHeader header = ProxyHeader.parse(held, length);
            if (header != null) {
                admit.accept(header);
                ByteBuf rest =
                        Unpooled.copiedBuffer(held, header.length(), length - header.length());
                context.fireChannelRead(rest);
                context.pipeline().remove(this);
            }
        } catch (SyntaxFault _) {
            context.close();
        }
    }

    private void take(ByteBuf octets) {
        int more = octets.readableBytes();
        if (held.length - length < more) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, length + more));
        }
        octets.readBytes(held, length, more);
        octets.release();
        length += more;
    }
}
