package org.facteur.main;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.facteur.base.config.NodeFile;
import org.facteur.net.dns.MailExchangers;
import org.facteur.store.kv.Engine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A post office that runs in this process: opened in order, closed in the opposite one.
final class Running implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private final PostOffice office;
    private final Node node;
    private final ControlSocket control;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean closed;

    private Running(PostOffice office, Node node, ControlSocket control) {
        this.office = office;
        this.node = node;
        this.control = control;
    }

    /// Opens the store and starts to serve.
    static Running start(Path data, NodeFile file) throws IOException {
        return start(data, file, () -> Doors.names(file));
    }

    /// As above, with another idea of where other domains receive.
    static Running start(Path data, NodeFile file, MailExchangers exchangers) throws IOException {
        return start(data, file, () -> Node.Names.of(exchangers));
    }

    /// The store, the ground of the conversations and the rest need nothing of each other until
    /// they meet in the node, and each loads a library that takes its time: they are made side by
    /// side.
    private static Running start(Path data, NodeFile file, Supplier<Node.Names> names)
            throws IOException {
        PostOffice.makePrivate(data);
        InstantSource clock = InstantSource.system();
        Domain hostname = hostname(file);
        try (Ahead<Engine> engine = Ahead.begin("start-store", () -> PostOffice.openEngine(data));
                Ahead<Node.Ground> ground =
                        Ahead.begin(
                                "start-ground",
                                () -> Node.Ground.lay(hostname, file, data, clock))) {
            Metrics metrics = new Metrics();
            Node.Plan plan = new Node.Plan(hostname, file, data, names.get(), metrics);
            return over(new PostOffice(engine.take(), data, clock, metrics), plan, ground);
        }
    }

    /// Over an office that is closed with it, also when it fails. Commands are taken before anybody
    /// is greeted: who has seen a greeting may give one.
    private static Running over(PostOffice office, Node.Plan plan, Ahead<Node.Ground> ground)
            throws IOException {
        @Nullable ControlSocket control = null;
        try {
            control =
                    ControlSocket.listen(
                            plan.data(),
                            (arguments, caller) -> TypedLine.runInside(office, arguments, caller));
            Node node = Node.start(office, plan, ground.take());
            Running running = new Running(office, node, control);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
            return running;
        } catch (IOException | RuntimeException failed) {
            if (control != null) {
                control.close();
            }
            office.close();
            throw failed;
        }
    }

    /// Who the node is: as told, else as the machine says, else `localhost`.
    private static Domain hostname(NodeFile file) {
        String told = file.hostname();
        if (told != null) {
            return Domain.parse(told);
        }
        try {
            return Domain.parse(InetAddress.getLocalHost().getCanonicalHostName());
        } catch (UnknownHostException | SyntaxFault _) {
            return Domain.parse("localhost");
        }
    }

    PostOffice office() {
        return office;
    }

    Node node() {
        return node;
    }

    /// Waits until the process is told to end.
    void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            control.close();
        } catch (IOException left) {
            LOG.warn("the control socket was left behind: {}", left.getMessage());
        }
        node.close();
        office.close();
        stopped.countDown();
    }
}
