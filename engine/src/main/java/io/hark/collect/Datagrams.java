package io.hark.collect;

import io.hark.config.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;

/// Takes datagrams: syslog, a message each (RFC 5426), or exports about flows.
///
/// Nobody can be told to wait: what finds no room in the journal is shed, and counted by its
/// source; what nobody takes in time the kernel drops, and tells ([KernelDrops]).
///
/// *Thread*: one of its own, which does nothing but hand over.
final class Datagrams implements Receiver {

    private static final int MAX_DATAGRAM = 1 << 16;
    private static final int KERNEL_ROOM = 16 << 20; // bytes; the kernel gives what it may
    private static final int MAX_PEERS = 1 << 12; // whose addresses are kept as text
    private static final int DRAIN = 1 << 16; // datagrams between two looks whether it is stopped

    private final Listener listener;
    private final Intake intake;
    private final Complaints complaints;
    private final DatagramChannel channel;
    private final Selector selector;
    private final int port;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);
    private final Map<InetAddress, String> peers = new HashMap<>();
    private final Messages messages = new Messages();
    private final Thread thread;
    private volatile boolean stopped;

    /// Binds the port.
    Datagrams(Listener listener, Intake intake, Complaints complaints) throws IOException {
        this.listener = listener;
        this.intake = intake;
        this.complaints = complaints;
        this.channel = DatagramChannel.open();
        boolean isBound = false;
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_ROOM);
            channel.bind(Ports.address(listener));
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            isBound = true;
        } finally {
            if (!isBound) {
                channel.close();
            }
        }
        this.thread = Thread.ofPlatform().name("hark-" + listener.name()).unstarted(this::run);
    }

    @Override
    public Listener listener() {
        return listener;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long dropped() {
        return KernelDrops.udp(port);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            do { // also where it is stopped at once: what has come by then is taken
                selector.select();
                selector.selectedKeys().clear();
                drain();
            } while (!stopped);
        } catch (IOException e) {
            complaints.once(listener.name(), "takes nothing any more", String.valueOf(e));
        }
    }

    private void drain() throws IOException {
        for (int i = 0; i < DRAIN; i++) {
            buffer.clear();
            if (!(channel.receive(buffer) instanceof InetSocketAddress from)) {
                return;
            }
            take(from, buffer.flip());
        }
    }

    private void take(InetSocketAddress from, ByteBuffer datagram) {
        if (peers.size() > MAX_PEERS) {
            peers.clear();
        }
        String peer = peers.computeIfAbsent(from.getAddress(), Ports::text);
        SourceName name = new SourceName(listener.name(), peer);
        byte[] payload;
        if (listener.kind() == Listener.Kind.FLOWS_UDP) {
            payload = Exports.payload(from.getPort(), port, datagram);
        } else {
            int most = listener.limits().line();
            if (datagram.remaining() > most) {
                intake.sources().of(name).cut(1);
            }
            messages.add(datagram.array(), 0, Math.min(datagram.remaining(), most));
            payload = messages.take();
        }
        String form = listener.kind() == Listener.Kind.FLOWS_UDP ? Taken.EXPORT : Taken.MESSAGES;
        if (!intake.journal()
                .offer(Taken.once(form, listener.name(), peer, intake.now(), payload))) {
            intake.sources().of(name).shed();
            complaints.once(listener.name(), "sheds what finds no room in the journal", peer);
        }
    }

    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        stopped = true;
        selector.wakeup();
        Ends.await(thread);
        selector.close();
        channel.close();
    }
}
