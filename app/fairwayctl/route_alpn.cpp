#include "app/fairwayctl/route_alpn.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/text_table.h"
#include "core/net/alpn_probe.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace fairway::ctl {
namespace {

struct AlpnOptions {
    std::vector<std::string> hosts; ///< HOST or HOST:PORT
    std::string connect;            ///< ADDRESS or ADDRESS:PORT
};

Result<net::HostPort> withPort(const std::string &text, std::uint16_t usual)
{
    if (text.find(':') == std::string::npos)
        return net::HostPort {text, usual};
    return net::parseHostPort(text);
}

Result<std::string> ask(const std::string &host, const AlpnOptions &options, int timeoutSeconds)
{
    const Result<net::HostPort> server = withPort(host, 443);
    if (!server)
        return tl::unexpected(server.error());
    const Result<net::HostPort> place = options.connect.empty() ? *server : withPort(options.connect, server->port);
    if (!place)
        return tl::unexpected(place.error());
    const Result<std::vector<net::SocketAddress>> addresses = net::resolve(place->host, place->port);
    if (!addresses)
        return tl::unexpected(addresses.error());
    Result<std::string> answer = fail(ErrorCode::Unreachable, place->host + " has no address");
    for (const net::SocketAddress &address : *addresses) {
        answer = net::probeAlpn(address, server->host, std::chrono::seconds(timeoutSeconds));
        if (answer || answer.error().code != ErrorCode::Unreachable)
            break;
    }
    return answer;
}

int run(const AlpnOptions &options, const GlobalOptions &globals)
{
    TextTable table;
    table.add({"HOST", "PROTOCOL"});
    std::string problems;
    for (const std::string &host : options.hosts) {
        const Result<std::string> answer = ask(host, options, globals.requestTimeoutSeconds);
        if (!answer) {
            note(failWith(host, answer.error()).value().message);
            problems = host;
            continue;
        }
        table.add({forTerminal(host), answer->empty() ? "none negotiated" : forTerminal(*answer)});
    }
    out(table.take());
    return problems.empty() ? exitOk : exitFailed;
}

} // namespace

void addRouteAlpn(CLI::App &route, const GlobalOptions &globals, int &exitCode)
{
    auto options = std::make_shared<AlpnOptions>();
    CLI::App *alpn = route.add_subcommand("alpn", "asks TLS servers which of h2 and http/1.1 they agree on; sends no request");
    alpn->add_option("hosts", options->hosts, "HOST or HOST:PORT, as clients name it")->required()->expected(-1);
    alpn->add_option("--connect", options->connect, "ADDRESS or ADDRESS:PORT to connect to instead, such as a gateway's");
    alpn->callback([options, &globals, &exitCode] { exitCode = run(*options, globals); });
}

} // namespace fairway::ctl
