package io.hark.collect;

import io.hark.config.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Takes syslog from streams: TCP (RFC 6587), in the clear or through TLS (RFC 5425).
///
/// A connection costs what its message at hand takes, no more, so a slow or silent sender holds
/// back nobody; how many there may be is limited, in all and from one address, and a handshake has
/// to end in time. A full journal makes readers wait, which TCP tells the senders.
///
/// *Thread*: a virtual one a connection, and one that accepts.
final class Streams implements Receiver {

    private static final int BACKLOG = 256;
    private static final int READ = 1 << 15;

    /// How often a reader looks up from a silent connection, and how long it reads on at the end.
    private static final int LOOK_UP_MILLIS = 500;

    private static final long HANDSHAKE_SECONDS = 10;

    private final Listener listener;
    private final Intake intake;
    private final Complaints complaints;
    private final ScheduledExecutorService timer;
    private final ServerSocket server;
    private final @Nullable SSLContext tls;
    private final @Nullable SSLParameters parameters;
    private final Thread acceptor;
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> open = new HashMap<>(); // by address; under its own lock
    private volatile boolean stopped;

    /// Binds the port.
    ///
    /// @param timer ends handshakes that take too long
    Streams(Listener listener, Intake intake, Complaints complaints, ScheduledExecutorService timer)
            throws IOException {
        this.listener = listener;
        this.intake = intake;
        this.complaints = complaints;
        this.timer = timer;
        Listener.Tls files = listener.tls();
        this.tls = files == null ? null : TlsFiles.context(files);
        this.parameters = files == null || tls == null ? null : TlsFiles.parameters(files, tls);
        this.server = new ServerSocket();
        boolean isBound = false;
        try {
            server.setReuseAddress(true);
            server.setSoTimeout(LOOK_UP_MILLIS);
            server.bind(Ports.address(listener), BACKLOG);
            isBound = true;
        } finally {
            if (!isBound) {
                server.close();
            }
        }
        this.acceptor = Thread.ofVirtual().name("hark-" + listener.name()).unstarted(this::accept);
    }

    @Override
    public Listener listener() {
        return listener;
    }

    @Override
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public int connections() {
        return readers.size();
    }

    @Override
    public void start() {
        acceptor.start();
    }

    private void accept() {
        boolean isQuiet = false;
        while (!stopped || !isQuiet) { // who has called by the end is heard
            isQuiet = false;
            try {
                welcome(server.accept());
            } catch (SocketTimeoutException e) { // nobody calls
                isQuiet = true;
            } catch (IOException e) { // out of descriptors, or a caller that was gone again
                if (server.isClosed()) {
                    return;
                }
                complaints.once(listener.name(), "a call could not be taken", String.valueOf(e));
                pause();
            }
        }
    }

    private static void pause() {
        try {
            new CountDownLatch(1).await(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void welcome(Socket socket) throws IOException {
        String peer = Ports.text(socket.getInetAddress());
        if (!enter(peer)) {
            intake.sources().of(new SourceName(listener.name(), peer)).refused();
            complaints.once(listener.name(), "refuses connections: there are too many", peer);
            socket.close();
            return;
        }
        Thread reader =
                Thread.ofVirtual()
                        .name("hark-" + listener.name())
                        .unstarted(() -> serve(socket, peer));
        readers.add(reader);
        reader.start();
    }

    private boolean enter(String peer) {
        synchronized (open) {
            int here = open.getOrDefault(peer, 0);
            if (here >= listener.limits().perSource()
                    || readers.size() >= listener.limits().connections()) {
                return false;
            }
            open.put(peer, here + 1);
            return true;
        }
    }

    private void leave(String peer) {
        readers.remove(Thread.currentThread());
        synchronized (open) {
            open.computeIfPresent(peer, (_, here) -> here == 1 ? null : here - 1);
        }
    }

    private void serve(Socket plain, String peer) {
        try (Socket socket = opened(plain)) {
            socket.setKeepAlive(true);
            socket.setSoTimeout(LOOK_UP_MILLIS);
            read(socket, peer);
        } catch (IOException e) { // they went away, or speak no TLS
            if (!stopped && !(e instanceof SocketException)) {
                intake.sources().of(new SourceName(listener.name(), peer)).refused();
                complaints.once(
                        listener.name(), "a connection broke off", peer + ": " + e.getMessage());
            }
        } catch (InterruptedException e) { // the end has come while the journal was full
            Thread.currentThread().interrupt();
        } finally {
            leave(peer);
        }
    }

    /// The connection as it is to be read, its handshake done if it has one.
    private Socket opened(Socket plain) throws IOException {
        SSLContext context = tls;
        if (context == null) {
            return plain;
        }
        SSLSocket secret = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        secret.setUseClientMode(false);
        secret.setSSLParameters(parameters);
        ScheduledFuture<?> late =
                timer.schedule(() -> closeLate(plain), HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        try {
            secret.startHandshake();
            return secret;
        } catch (IOException e) {
            plain.close();
            throw e;
        } finally {
            late.cancel(false);
        }
    }

    private void closeLate(Socket plain) {
        try {
            plain.close();
        } catch (IOException e) { // it is gone already
            complaints.once(listener.name(), "a late handshake", String.valueOf(e));
        }
    }

    private void read(Socket socket, String peer) throws IOException, InterruptedException {
        SyslogFrames frames = new SyslogFrames(listener.limits().line());
        Messages messages = new Messages();
        byte[] octets = new byte[READ];
        InputStream in = socket.getInputStream();
        boolean isOver = false;
        while (!isOver) {
            int n = some(in, octets);
            if (n < 0) {
                frames.end(messages);
            } else {
                frames.take(octets, n, messages);
            }
            isOver = n < 0 || n == 0 && stopped;
            hand(messages, frames, peer);
        }
        if (frames.astray() > 0) {
            complaints.once(listener.name(), "lengths of messages are wrong", peer);
        }
    }

    /// What came; nothing after a while of silence, -1 at the end.
    private static int some(InputStream in, byte[] octets) throws IOException {
        try {
            return in.read(octets);
        } catch (SocketTimeoutException e) { // silence
            return 0;
        }
    }

    private void hand(Messages messages, SyslogFrames frames, String peer)
            throws InterruptedException {
        long cut = frames.takeCut();
        if (cut > 0) {
            intake.sources().of(new SourceName(listener.name(), peer)).cut(cut);
            complaints.once(listener.name(), "messages are too long, and cut", peer);
        }
        if (messages.count() > 0) {
            intake.journal()
                    .append(
                            Taken.once(
                                    Taken.MESSAGES,
                                    listener.name(),
                                    peer,
                                    intake.now(),
                                    messages.take()));
        }
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        Ends.await(acceptor);
        server.close();
        readers.forEach(Ends::await);
    }
}
