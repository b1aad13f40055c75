package io.hark.collect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.hark.config.Listener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// The server of a listener that is spoken to by HTTPS.
///
/// *Thread*: a virtual one a request.
final class HttpsEnd {

    private static final int END_SECONDS = 2; // for requests that are being answered

    static {
        // The server reads these once: a request and its answer have to come in time.
        property("sun.net.httpserver.maxReqTime", "30");
        property("sun.net.httpserver.maxRspTime", "30");
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// What is answered.
    record Reply(int status, String body) {

        /// What was wrong.
        static Reply error(int status, String what) {
            return new Reply(status, "{\"error\":\"" + what + "\"}\n");
        }
    }

    /// Answers requests.
    interface Page {
        /// What is answered to that one.
        Reply reply(HttpExchange exchange) throws IOException;
    }

    /// Binds the port.
    ///
    /// @param parameters what it insists on
    HttpsEnd(Listener listener, SSLContext context, SSLParameters parameters) throws IOException {
        property("jdk.httpserver.maxConnections", "" + listener.limits().connections());
        this.server = HttpsServer.create(Ports.address(listener), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters of) {
                        of.setSSLParameters(parameters);
                    }
                });
        server.setExecutor(threads);
    }

    private static void property(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /// Serves all requests below a path.
    void serve(String path, Page page) {
        server.createContext(path, exchange -> serve(exchange, page));
    }

    private static void serve(HttpExchange exchange, Page page) throws IOException {
        try (exchange) {
            Reply reply = page.reply(exchange);
            byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
            String type = reply.body.startsWith("{") ? "application/json" : "text/plain";
            exchange.getResponseHeaders().set("Content-Type", type);
            if (reply.status == 429 || reply.status == 503) {
                exchange.getResponseHeaders().set("Retry-After", "5");
            }
            exchange.sendResponseHeaders(reply.status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// The port it is bound to.
    int port() {
        return server.getAddress().getPort();
    }

    void start() {
        server.start();
    }

    void close() {
        server.stop(END_SECONDS);
        threads.shutdownNow();
    }
}
