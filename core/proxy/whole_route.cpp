#include "core/proxy/whole_route.h"

#include "core/proxy/traffic.h"
#include "core/route/route_places.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace fairway::proxy {
namespace {

    /// Rules by "http[0]", as far as a table has them.
    struct Loaded {
        std::set<std::string> requests;
        std::set<std::string> connections;
    };

    std::string nameOf(const std::string &section, int index) { return section + "[" + std::to_string(index) + "]"; }

    class Player {
    public:
        Player(WholeRoutePlan plan, const CancelToken &cancel)
            : m_plan(std::move(plan))
            , m_cancel(cancel)
            , m_object(std::string(toString(m_plan.route->kind)) + " " + (m_plan.route->ns.empty() ? "default" : m_plan.route->ns) + "/" + m_plan.route->name)
        {
        }

        Result<WholeRouteReport> all()
        {
            add(route::addPlainGateways(m_plan.objects, *m_plan.route));
            const route::TrafficConfig config(std::move(m_plan.objects));
            const std::vector<route::Viewpoint> places = m_plan.place ? std::vector {*m_plan.place} : route::placesOf(config, *m_plan.route);
            for (const route::Viewpoint &place : places) {
                Result<route::RouteTable> made = config.tableAt(place);
                if (!made && m_plan.place)
                    return tl::unexpected(made.error());
                if (!made)
                    continue; // a Gateway that is neither Istio's nor the Gateway API's
                if (Result<void> played = playAt(place, std::make_shared<const route::RouteTable>(std::move(*made))); !played)
                    return tl::unexpected(played.error());
            }
            for (const route::Rule &rule : m_plan.route->rules) {
                if (!m_loaded.requests.contains(nameIn(rule)))
                    m_report.unplayed.push_back(unplayed(rule));
            }
            return std::move(m_report);
        }

    private:
        /// The rules of a canary Ingress are "rules" in its tables.
        static std::string nameIn(const route::Rule &rule) { return nameOf(rule.section == "canary" ? "rules" : rule.section, rule.index); }

        UnplayedRule unplayed(const route::Rule &rule) const
        {
            using Why = UnplayedRule::Why;
            if (m_loaded.connections.contains(nameIn(rule)))
                return {&rule, Why::Connections, nullptr};
            for (const route::Rule &other : m_plan.route->rules) {
                if (&other == &rule)
                    break;
                if (other.section == rule.section && other.isCatchAll && m_loaded.requests.contains(nameIn(other)))
                    return {&rule, Why::Hidden, &other};
            }
            return {&rule, Why::NotLoaded, nullptr};
        }

        Result<void> playAt(const route::Viewpoint &place, const std::shared_ptr<const route::RouteTable> &table)
        {
            note(*table);
            RouteRehearsalPlan plan;
            plan.table = table;
            plan.objects = {m_object};
            plan.requestsPerRule = m_plan.requestsPerRule;
            plan.ratePerSecond = m_plan.ratePerSecond;
            plan.split = m_plan.split;
            if (m_plan.prepare)
                m_plan.prepare(plan);
            for (const int port : portsHolding(*table, plan.objects)) {
                plan.port = port;
                plan.played = m_plan.played;
                plan.onRule = [&](const RuleOutcome &outcome, std::size_t, std::size_t) {
                    m_plan.played.insert(outcome.key);
                    m_report.rules.push_back({outcome, place});
                    if (m_plan.onRule)
                        m_plan.onRule(outcome, place);
                };
                const Result<RouteRehearsalReport> report = rehearseRoutes(plan, m_cancel);
                if (!report)
                    return tl::unexpected(report.error());
                add(report->notExecuted);
            }
            return {};
        }

        void note(const route::RouteTable &table)
        {
            const auto take = [this](std::set<std::string> &into, const route::RuleOrigin &origin) {
                if (origin.object() == m_object)
                    into.insert(nameOf(origin.section, origin.index));
                else if (origin.via.starts_with(m_object + " ")) // delegated: "VirtualService shop/root http[0]"
                    into.insert(origin.via.substr(m_object.size() + 1));
            };
            forEachRoute(table, [&](const route::CompiledRoute &route) {
                take(m_loaded.requests, route.origin);
                if (route.alsoFor)
                    take(m_loaded.requests, *route.alsoFor);
            });
            for (const route::Listener &listener : table.listeners) {
                for (const route::FilterChain &chain : listener.chains) {
                    if (chain.tcp)
                        take(m_loaded.connections, chain.tcp->origin);
                }
            }
        }

        void add(const std::vector<Text> &notes)
        {
            for (const Text &text : notes) {
                if (std::find(m_report.notExecuted.begin(), m_report.notExecuted.end(), text) == m_report.notExecuted.end())
                    m_report.notExecuted.push_back(text);
            }
        }

        WholeRoutePlan m_plan;
        const CancelToken &m_cancel;
        const std::string m_object;
        Loaded m_loaded;
        WholeRouteReport m_report;
    };

} // namespace

Result<WholeRouteReport> rehearseWholeRoute(WholeRoutePlan plan, const CancelToken &cancel)
{
    return Player(std::move(plan), cancel).all();
}

} // namespace fairway::proxy
