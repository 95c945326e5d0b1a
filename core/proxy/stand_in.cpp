#include "core/proxy/stand_in.h"

#include "core/proxy/http_server.h"

#include <chrono>
#include <cmath>

namespace fairway::proxy {

Result<std::unique_ptr<StandIns>> StandIns::start(const std::vector<std::string> &labels)
{
    auto loop = net::EventLoop::create();
    if (!loop)
        return tl::unexpected(loop.error());
    std::unique_ptr<StandIns> group(new StandIns);
    group->m_delays = std::move(*loop);
    group->m_thread = std::thread([delays = group->m_delays.get()] { delays->run(); });
    for (const std::string &label : labels) {
        auto player = std::make_unique<Player>();
        player->label = label;
        auto server = HttpServer::start({}, [who = player.get(), delays = group->m_delays.get()](
                                                const HttpRequest &, std::shared_ptr<HttpResponder> responder) {
            // Errors are spread evenly instead of drawn: 0.5 % is one in 200, whatever the length of the run.
            const double errors = who->errorPercent.load(std::memory_order_relaxed) / 100;
            const double number = static_cast<double>(who->answered.fetch_add(1, std::memory_order_relaxed));
            const bool isError = std::floor((number + 1) * errors) > std::floor(number * errors);
            const auto answer = [who, isError, responder = std::move(responder)] {
                responder->send(isError ? 503 : 200, {{"x-fairway-stand-in", who->label}, {"content-type", "text/plain"}},
                                "stand-in for " + who->label + "\n");
            };
            const double latency = who->latencyMs.load(std::memory_order_relaxed);
            if (latency <= 0) {
                answer();
                return;
            }
            const auto delay = std::chrono::nanoseconds(static_cast<std::int64_t>(latency * 1e6));
            delays->post([delays, delay, answer] { delays->startTimer(delay, answer); });
        });
        if (!server)
            return failWith(phrase("proxy", "the stand-in for %1").with(label), server.error());
        player->server = std::move(*server);
        group->m_players.push_back(std::move(player));
    }
    return group;
}

StandIns::~StandIns()
{
    for (const auto &player : m_players)
        player->server->stop();
    m_delays->stop();
    m_thread.join();
}

net::SocketAddress StandIns::address(std::size_t index) const
{
    return net::SocketAddress::loopback(m_players[index]->server->port());
}

void StandIns::setDial(std::string_view label, const StandInDial &dial)
{
    for (const auto &player : m_players) {
        if (player->label == label) {
            player->latencyMs.store(dial.latencyMs, std::memory_order_relaxed);
            player->errorPercent.store(dial.errorPercent, std::memory_order_relaxed);
        }
    }
}

} // namespace fairway::proxy
