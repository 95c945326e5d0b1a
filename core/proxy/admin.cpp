#include "core/proxy/admin.h"

#include "core/net/socket.h"

namespace fairway::proxy {

namespace {

bool isTrustedHost(std::string_view host)
{
    const std::string_view name = host.substr(0, host.rfind(':') == std::string_view::npos || host.back() == ']' ? host.size() : host.rfind(':'));
    return name == "localhost" || net::SocketAddress::parse(std::string(name) + ":1").has_value();
}

void answer(const HttpRequest &request, HttpResponder &responder, const std::function<ProxyStats()> &stats)
{
    const HttpHeaders text {{"Content-Type", "text/plain; charset=utf-8"}};
    const std::string_view host = request.header("Host");
    if (host.empty() || !isTrustedHost(host)) {
        responder.send(403, text, "the Host of an admin request must be an address or localhost\n");
    } else if (request.method != "GET" && request.method != "HEAD") {
        responder.send(405, {{"Allow", "GET, HEAD"}}, "read-only\n");
    } else if (request.path == "/ready") {
        const bool isDraining = stats().isDraining;
        responder.send(isDraining ? 503 : 200, text, isDraining ? "DRAINING\n" : "LIVE\n");
    } else if (request.path == "/metrics" || (request.path == "/stats" && request.query == "format=prometheus")) {
        responder.send(200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, toPrometheus(stats()));
    } else if (request.path == "/stats") {
        responder.send(200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, toJson(stats()));
    } else {
        responder.send(404, text, "there are /stats, /metrics and /ready\n");
    }
}

} // namespace

Result<std::unique_ptr<HttpServer>> startAdmin(const net::SocketAddress &address, std::function<ProxyStats()> stats)
{
    HttpServerOptions options;
    const std::string text = address.toString();
    options.address = text.substr(0, text.rfind(':'));
    if (options.address.starts_with('[')) {
        options.address = options.address.substr(1, options.address.size() - 2);
    }
    options.port = address.port();
    options.maxBodyBytes = 64 * 1024;
    options.maxConnections = 256;
    return HttpServer::start(std::move(options),
        [stats = std::move(stats)](HttpRequest request, const std::shared_ptr<HttpResponder> &responder) { answer(request, *responder, stats); });
}

} // namespace fairway::proxy
