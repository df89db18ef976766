package org.danelaw.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Plays the server's lines of a transcript over a real socket and notes where the client's lines differ from it. Ends
/// by closing, or by saying nothing more.
final class ScriptedServer implements Closeable {
    enum Ending {
        CLOSES,
        FALLS_SILENT
    }

    private final ServerSocket listening;
    private final List<String> differences = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch mayClose = new CountDownLatch(1);
    private final Thread thread;

    ScriptedServer(Transcript transcript, Ending ending) throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread = Thread.ofVirtual().start(() -> play(transcript, ending));
    }

    Socket connect() throws IOException {
        return new Socket(listening.getInetAddress(), listening.getLocalPort());
    }

    /// Waits for the end of the transcript and says where the client left it.
    List<String> differences() throws InterruptedException {
        mayClose.countDown();
        over.await();
        return List.copyOf(differences);
    }

    @Override
    public void close() throws IOException {
        mayClose.countDown();
        listening.close();
        thread.interrupt();
    }

    private void play(Transcript transcript, Ending ending) {
        try (Socket client = listening.accept()) {
            for (Transcript.Line line : transcript.lines()) {
                if (!play(line, client)) {
                    break;
                }
            }
            if (ending == Ending.FALLS_SILENT) {
                mayClose.await();
            }
            client.shutdownOutput();
        } catch (IOException | InterruptedException gone) {
            differences.add("the connection broke: " + gone);
        } finally {
            over.countDown();
        }
    }

    private boolean play(Transcript.Line line, Socket client) throws IOException {
        switch (line.side()) {
            case SERVER -> client.getOutputStream().write(line.octets().getBytes(StandardCharsets.UTF_8));
            case CLIENT -> {
                String said = readLine(client.getInputStream());
                if (!said.equals(line.octets())) {
                    differences.add("expected " + line.octets().strip() + " and got " + said.strip());
                    return false;
                }
            }
        }
        return true;
    }

    private static String readLine(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.write(octet);
            if (octet == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
