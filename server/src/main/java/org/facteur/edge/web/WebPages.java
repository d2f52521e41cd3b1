package org.facteur.edge.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facteur.net.http.Exchange;
import org.facteur.net.http.HttpHandler;

/// Which paths are whose. Made once; any thread.
public final class WebPages {
    private static final int NOT_ALLOWED = 405;

    private final Assets assets = new Assets();
    private final Map<String, HttpHandler> routes;

    /// @param patience holds back the answer to a wrong password
    public WebPages(WebServices services, Patience patience) {
        Visitors visitors = new Visitors(services.sessions());
        SignInPages signIn = new SignInPages(services, visitors, patience);
        PictureProxy proxy = new PictureProxy(visitors, services.pictures());
        LetterPages letters = new LetterPages(services, visitors, proxy, assets);
        Map<String, HttpHandler> all = new LinkedHashMap<>();
        all.put("/web/", signIn::handle);
        all.put("/m/", reading(letters::handle));
        all.put("/img", reading(proxy::handle));
        all.put("/assets/", reading(exchange -> assets.send(exchange, exchange.path())));
        for (String file :
                new String[] {"/sw.js", "/theme.js", "/icon.svg", "/manifest.webmanifest"}) {
            all.put(file, reading(exchange -> assets.send(exchange, file)));
        }
        all.put("/", reading(this::application));
        this.routes = Map.copyOf(all);
    }

    /// Handlers by path, as the HTTP server wants them.
    public Map<String, HttpHandler> routes() {
        return routes;
    }

    /// Whether the program was built with the pages.
    public boolean present() {
        return assets.present();
    }

    /// Every other address is a page that the application draws.
    private void application(Exchange exchange) throws IOException {
        assets.send(exchange, "/index.html");
    }

    private static HttpHandler reading(HttpHandler handler) {
        return exchange -> {
            if (exchange.method().equals("GET") || exchange.method().equals("HEAD")) {
                handler.handle(exchange);
            } else {
                exchange.set("Allow", "GET, HEAD");
                exchange.problem(NOT_ALLOWED, "GET only");
            }
        };
    }
}
