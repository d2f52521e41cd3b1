package org.facteur.store.embedded;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.concurrent.ArrayBlockingQueue;

/// The working memory of zstd, used again: to make it anew costs more than a small letter. Any
/// thread; nobody waits, for where none is free one more is made. At most [#KEPT] of each kind are
/// kept, about a megabyte each; they live as long as the process.
final class Compressors {
    private static final int KEPT =
            Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 2, 16);

    private static final ArrayBlockingQueue<ZstdCompressCtx> SHRINKING =
            new ArrayBlockingQueue<>(KEPT);
    private static final ArrayBlockingQueue<ZstdDecompressCtx> GROWING =
            new ArrayBlockingQueue<>(KEPT);

    private Compressors() {}

    /// Compresses the first octets of an array.
    ///
    /// @return how many octets of `target` are used; -1 when they do not suffice
    static int shrink(byte[] octets, int length, byte[] target) {
        ZstdCompressCtx known = SHRINKING.poll();
        ZstdCompressCtx context =
                known == null ? new ZstdCompressCtx().setLevel(BlobPacking.LEVEL) : known;
        try {
            return context.compressByteArray(target, 0, target.length, octets, 0, length);
        } catch (ZstdException full) {
            return -1;
        } finally {
            giveBack(SHRINKING, context);
        }
    }

    /// Decompresses an array into another.
    ///
    /// @return how many octets of `target` are used; -1 for what is not compressed, or longer
    static int grow(byte[] compressed, byte[] target) {
        ZstdDecompressCtx known = GROWING.poll();
        ZstdDecompressCtx context = known == null ? new ZstdDecompressCtx() : known;
        try {
            return context.decompressByteArray(
                    target, 0, target.length, compressed, 0, compressed.length);
        } catch (ZstdException broken) {
            return -1;
        } finally {
            giveBack(GROWING, context);
        }
    }

    private static <C extends AutoCloseable> void giveBack(ArrayBlockingQueue<C> kept, C context) {
        if (!kept.offer(context)) {
            try {
                context.close();
            } catch (Exception impossible) {
                throw new IllegalStateException("memory cannot be given back", impossible);
            }
        }
    }
}
