package org.danelaw.admin;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.danelaw.dns.FailureText;

/// A socket in the file system that listens, and that only its owner may open.
final class SocketFile implements Closeable {
    /// `sun_path` in Linux, its final NUL left out; other systems allow a little less.
    static final int MAX_PATH_OCTETS = 107;

    private final Path path;
    private final ServerSocketChannel channel;
    private final Object inode;

    private SocketFile(Path path, ServerSocketChannel channel, Object inode) {
        this.path = path;
        this.channel = channel;
        this.inode = inode;
    }

    /// Listens at `path`, in place of what a crash has left there.
    ///
    /// Nobody else can connect at any moment: the socket is made in a folder that only its owner may enter,
    /// and moved to its place when its own mode is right. (A `bind` at its place and a `chmod` after it would
    /// leave a gap.)
    ///
    /// @throws IOException with a sentence: where somebody listens there already, or something else lies
    /// there
    static SocketFile listen(Path path) throws IOException {
        var folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        refuseToReplace(path);
        var closed = Files.createDirectory(
                folder.resolve(".c" + randomName()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var made = closed.resolve("s");
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(made));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            var inode = inode(made);
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
            return new SocketFile(path, channel, inode);
        } catch (SocketException tooLong) {
            channel.close();
            throw new IOException(
                    "the control socket " + path + " cannot be made (the system allows paths of " + MAX_PATH_OCTETS
                            + " octets; [admin] socket can name a shorter one): " + FailureText.of(tooLong),
                    tooLong);
        } catch (IOException failed) {
            channel.close();
            throw new IOException("the control socket " + path + " cannot be made: " + FailureText.of(failed), failed);
        } finally {
            Files.deleteIfExists(made);
            Files.delete(closed);
        }
    }

    private static void refuseToReplace(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException(path + " is there already and is no socket: it is left alone");
        }
        if (somebodyListens(path)) {
            throw new IOException("another Danelaw answers at the control socket " + path);
        }
    }

    /// Only a refused connection says that nobody does: a full queue, or no permission, means that somebody
    /// may.
    private static boolean somebodyListens(Path path) throws IOException {
        try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (SocketException unclear) {
            return true;
        }
    }

    private static String randomName() {
        var octets = new byte[3];
        new SecureRandom().nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    private static Object inode(Path path) throws IOException {
        return Objects.requireNonNull(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    /// Whose socket it is.
    String owner() throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
    }

    /// Stops listening, and takes the socket away unless somebody has put another in its place.
    @Override
    public void close() throws IOException {
        channel.close();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && inode(path).equals(inode)) {
            Files.delete(path);
        }
    }
}
