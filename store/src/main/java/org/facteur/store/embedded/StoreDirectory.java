package org.facteur.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.layout.Format;
import org.jspecify.annotations.Nullable;

/// A store's directory: made, locked, and its format read, in this order. Held by one process.
final class StoreDirectory implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String TITLE = "facteur-store";
    private static final int FORMAT_FILE_BYTES = 100;

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    private StoreDirectory(Path root, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /// @throws StoreFault NEWER_FORMAT or CORRUPT; STOPPED when another process holds the store
    static StoreDirectory open(Path root) throws IOException {
        makeDirectory(root);
        FileChannel file =
                FileChannel.open(
                        root.resolve("LOCK"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PRIVATE_FILE);
        try {
            FileLock lock = lock(file);
            if (lock == null) {
                throw new StoreFault(
                        StoreFault.Kind.STOPPED, "another process uses the store in " + root);
            }
            StoreDirectory directory = new StoreDirectory(root, file, lock);
            directory.checkFormat();
            makeDirectory(directory.rows());
            makeDirectory(directory.blobs());
            makeDirectory(directory.blobs().resolve("tmp"));
            makeDirectory(directory.blobs().resolve("intents"));
            return directory;
        } catch (IOException | StoreFault e) {
            file.close();
            throw e;
        }
    }

    Path rows() {
        return root.resolve("rows");
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }

    /// Makes a directory, 0700, if it is not there, and its name durable.
    static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            Files.createDirectories(directory, PRIVATE_DIRECTORY);
            if (parent != null) {
                sync(parent);
            }
        }
    }

    /// Opens a new file, 0600, for writing.
    static FileChannel newFile(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PRIVATE_FILE);
    }

    /// Makes the names in a directory durable.
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Writes the format's file of a new store.
    static void writeFormat(Path root) throws IOException {
        Path fresh = root.resolve("FORMAT.new");
        Files.deleteIfExists(fresh);
        try (FileChannel file = newFile(fresh)) {
            String line = line(Format.current().number());
            ByteBuffer octets = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (octets.hasRemaining()) {
                file.write(octets);
            }
            file.force(true);
        }
        Files.move(fresh, root.resolve("FORMAT"), StandardCopyOption.ATOMIC_MOVE);
        sync(root);
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException held) {
            return null;
        }
    }

    private void checkFormat() throws IOException {
        Path file = root.resolve("FORMAT");
        if (!Files.exists(file)) {
            if (Files.exists(rows().resolve("CURRENT"))) {
                throw new StoreFault(
                        StoreFault.Kind.CORRUPT, "the store in " + root + " has lost FORMAT");
            }
            writeFormat(root);
            return;
        }
        int number = number(file);
        if (number > Format.current().number()) {
            throw new StoreFault(
                    StoreFault.Kind.NEWER_FORMAT,
                    "the store in %s has format %d, known up to %d"
                            .formatted(root, number, Format.current().number()));
        }
    }

    private static int number(Path file) throws IOException {
        if (Files.size(file) <= FORMAT_FILE_BYTES) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            int start = TITLE.length() + 1;
            int end = text.indexOf(' ', start);
            if (end > start && end - start < 9) {
                int number = 0;
                for (int i = start; i < end; i++) {
                    number = number * 10 + Math.max(0, Character.digit(text.charAt(i), 10));
                }
                if (text.equals(line(number)) && number > 0) {
                    return number;
                }
            }
        }
        throw new StoreFault(StoreFault.Kind.CORRUPT, file + " is damaged");
    }

    private static String line(int number) {
        String text = TITLE + " " + number;
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return "%s %08x%n".formatted(text, crc.getValue());
    }
}
