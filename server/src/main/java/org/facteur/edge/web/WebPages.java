package org.facteur.edge.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.facteur.net.http.Exchange;
import org.facteur.net.http.HttpHandler;

/// Which paths are whose. Made once; any thread.
public final class WebPages {
    private static final int NOT_ALLOWED = 405;

    /// Pages the application draws; a name of one of them begins the path.
    private static final Set<String> DRAWN =
            Set.of(
                    "",
                    "login",
                    "mail",
                    "label",
                    "search",
                    "compose",
                    "settings",
                    "devices",
                    "recover",
                    "people",
                    "scheduled",
                    "sent",
                    "admin");

    private final Assets assets = new Assets();
    private final MissingPage missing = new MissingPage(assets);
    private final Map<String, HttpHandler> routes;

    /// @param patience holds back the answer to a wrong password
    public WebPages(WebServices services, Patience patience) {
        Visitors visitors = new Visitors(services.sessions());
        SignInPages signIn = new SignInPages(services, visitors, patience);
        PictureProxy proxy = new PictureProxy(visitors, services.pictures());
        LetterPages letters = new LetterPages(services, visitors, proxy, assets);
        SetupPages setup = new SetupPages(services.caretaking().firstRun(), signIn, assets);
        CarePages care = new CarePages(services, visitors);
        Map<String, HttpHandler> all = new LinkedHashMap<>();
        all.put("/web/", signIn::handle);
        all.put("/web/setup", setup::begin);
        all.put("/web/me", reading(care::me));
        all.put("/web/sent", reading(care::sent));
        all.put("/web/admin/", care::admin);
        all.put("/setup/", reading(setup::page));
        LitePages lite = new LitePages(services, visitors, signIn);
        all.put("/lite", lite::handle);
        all.put("/lite/", lite::handle);
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

    /// Addresses of pages that the application draws; there is nothing at any other.
    private void application(Exchange exchange) throws IOException {
        String path = exchange.path();
        int end = path.indexOf('/', 1);
        if (DRAWN.contains(path.substring(1, end < 0 ? path.length() : end))) {
            assets.send(exchange, "/index.html");
        } else {
            missing.send(exchange);
        }
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
