package org.facteur.move.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.core.mailbox.BoxLimits;

/// Finds the files with letters in a source, always in the same order. One thread; changes nothing.
///
/// Links are followed to files inside the source and no further; devices, pipes and sockets are
/// never opened.
final class SourceWalk {
    private static final Set<String> SILENT_ENDINGS = Set.of("msf", "dat", "db", "json", "log");
    private static final Set<String> MAILDIR_PARTS = Set.of("cur", "new", "tmp");
    private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

    private final Path source;
    private final Path root;
    private final Visitor visitor;
    private final Deque<Folder> folders = new ArrayDeque<>();

    /// Who hears what was found.
    interface Visitor {
        void file(FoundFile file);

        void refused(Path path, String why);
    }

    private record Folder(Path directory, List<String> names) {}

    /// @throws IOException when the source is not there
    SourceWalk(Path source, Visitor visitor) throws IOException {
        this.source = source;
        this.visitor = visitor;
        Path real = source.toRealPath();
        Path parent = real.getParent();
        this.root = Files.isDirectory(real) || parent == null ? real : parent;
    }

    void run() {
        if (!Files.isDirectory(source)) {
            if (Files.isRegularFile(source)) {
                file(source, List.of(), true);
            } else {
                visitor.refused(source, "neither a file nor a directory");
            }
            return;
        }
        folders.add(new Folder(source, List.of()));
        while (!folders.isEmpty()) {
            directory(folders.remove());
        }
    }

    private void directory(Folder folder) {
        if (folder.names().size() > BoxLimits.DEPTH) {
            visitor.refused(folder.directory(), "nested too deep");
            return;
        }
        boolean maildir = isMaildir(folder.directory());
        if (maildir) {
            maildir(folder);
        }
        for (Path entry : entries(folder.directory())) {
            String name = name(entry);
            if (!maildir && !Files.isDirectory(entry, NO_LINKS)) {
                looseFile(entry, name, folder);
            } else if (Files.isDirectory(entry, NO_LINKS)
                    && !(maildir && MAILDIR_PARTS.contains(name))) {
                subdirectory(entry, name, folder);
            }
        }
    }

    private void subdirectory(Path entry, String name, Folder folder) {
        List<String> names = new ArrayList<>(folder.names());
        if (name.startsWith(".")) {
            if (isMaildir(entry)) {
                names.addAll(FolderNames.ofMaildir(name.substring(1)));
                folders.add(new Folder(entry, names));
            }
            return;
        }
        names.add(FolderNames.decode(without(without(name, ".sbd"), ".mbox")));
        folders.add(new Folder(entry, names));
    }

    private void maildir(Folder folder) {
        MaildirFlags flags = MaildirFlags.read(folder.directory());
        for (String part : List.of("cur", "new")) {
            Path directory = folder.directory().resolve(part);
            if (!Files.isDirectory(directory, NO_LINKS)) {
                continue;
            }
            for (Path entry : entries(directory)) {
                if (!name(entry).startsWith(".") && readable(entry)) {
                    found(entry, folder.names(), new FoundFile.Kind.Maildir(flags));
                }
            }
        }
    }

    private void looseFile(Path entry, String name, Folder folder) {
        boolean silent =
                name.startsWith(".")
                        || name.startsWith("dovecot")
                        || name.equals("subscriptions")
                        || name.equals("maildirsize")
                        || SILENT_ENDINGS.contains(ending(name));
        if (!silent && readable(entry)) {
            file(entry, folder.names(), false);
        }
    }

    /// A file that may be an mbox or a letter.
    ///
    /// @param given whether it is the source itself: then it is what it is said to be
    private void file(Path file, List<String> folder, boolean given) {
        boolean mbox;
        try {
            mbox = beginsWithFrom(file);
        } catch (IOException unreadable) {
            visitor.refused(file, "cannot be read");
            return;
        }
        if (mbox) {
            List<String> names = new ArrayList<>(folder);
            if (!given && !name(file).equals("mbox") && !ending(name(file)).equals("eml")) {
                names.add(FolderNames.decode(without(name(file), ".mbox")));
            }
            found(file, names, new FoundFile.Kind.Mbox());
        } else if (size(file) == 0) {
            if (given || ending(name(file)).equals("eml")) {
                visitor.refused(file, "is empty");
            }
        } else if (given || ending(name(file)).equals("eml")) {
            found(file, folder, new FoundFile.Kind.Single());
        } else {
            visitor.refused(file, "neither an mbox nor a letter (.eml)");
        }
    }

    /// Whether a file may be opened.
    private boolean readable(Path entry) {
        try {
            Path real = entry.toRealPath();
            if (!real.startsWith(root)) {
                visitor.refused(entry, "is a link that leads outside");
                return false;
            }
            if (Files.isDirectory(real)) {
                visitor.refused(entry, "is a link to a directory");
                return false;
            }
            if (!Files.isRegularFile(real)) {
                visitor.refused(entry, "is not an ordinary file");
                return false;
            }
            return true;
        } catch (IOException broken) {
            visitor.refused(entry, "cannot be read");
            return false;
        }
    }

    private void found(Path file, List<String> folder, FoundFile.Kind kind) {
        visitor.file(new FoundFile(file, size(file), folder, kind));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static boolean beginsWithFrom(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(5);
            return FromLine.begins(start, start.length);
        }
    }

    private static boolean isMaildir(Path directory) {
        return Files.isDirectory(directory.resolve("cur"), NO_LINKS)
                || Files.isDirectory(directory.resolve("new"), NO_LINKS);
    }

    /// By name, so that the same source is always read in the same order.
    private List<Path> entries(Path directory) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
            visitor.refused(directory, "cannot be read");
        }
        entries.sort(java.util.Comparator.comparing(SourceWalk::name));
        return entries;
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 1 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static String without(String name, String ending) {
        return name.length() > ending.length() && name.endsWith(ending)
                ? name.substring(0, name.length() - ending.length())
                : name;
    }
}
