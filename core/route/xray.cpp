#include "core/route/xray.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace fairway::route {
namespace {

    constexpr std::size_t MostTables = 16;

    bool isMatched(Outcome outcome)
    {
        return outcome == Outcome::Forwarded || outcome == Outcome::Redirected || outcome == Outcome::Answered
            || outcome == Outcome::Failing;
    }

    /// The port of the Service that the host means for a client in `ns`, when only one is for HTTP; 0 otherwise.
    int onlyHttpPort(const IstioConfig &config, std::string_view host, std::string_view ns, std::string &service)
    {
        const std::optional<ServiceName> name = serviceOfHost(host, ns, config.options().domain);
        const std::string full = name ? fullHost(name->name, name->ns, config.options().domain) : fullHost(host, ns, config.options().domain);
        const MeshService *found = config.service(full, ns);
        if (found == nullptr)
            return 0;
        int port = 0;
        for (const MeshPort &each : found->ports) {
            if (each.protocol != PortProtocol::Http && each.protocol != PortProtocol::Sniffed)
                continue;
            if (port != 0)
                return 0;
            port = each.number;
        }
        service = found->ns + "/" + found->name;
        return port;
    }

    /// Texts rarely say which port of the proxy a request came to; the log of a gateway's pod names the pod's own.
    int likelyPort(const Xray &xray, const IstioConfig &config, std::string &service)
    {
        if (xray.place.kind == Viewpoint::Kind::Mesh) {
            const bool namesPort = !xray.call.address.empty() || portOfAuthority(xray.call.request.authority) != 0;
            return namesPort ? 0 : onlyHttpPort(config, hostWithoutPort(xray.call.request.authority), xray.place.ns, service);
        }
        if (xray.told.decision.outcome != Outcome::NoListener)
            return 0;
        return xray.table->listeners.size() == 1 ? xray.table->listeners.front().port : xray.call.tls == Call::Tls::None ? 80 : 443;
    }

    /// What the table could not hold of the objects that were asked; where no rule took the request, of all: one of them may be why.
    void addNotes(Xray &xray)
    {
        std::set<std::string> asked {"Gateway " + xray.place.ns + "/" + xray.place.name};
        for (const std::vector<TriedRule> *rules : {&xray.told.tried, &xray.notHeld}) {
            for (const TriedRule &rule : *rules)
                asked.insert(rule.origin.object());
        }
        for (const Text &note : xray.table->notes) {
            const std::string words = note.plain(); // "VirtualService shop/reviews: …", "VirtualService shop/reviews spec.http[0]: …"
            const bool isAbout = std::any_of(asked.begin(), asked.end(), [&words](const std::string &object) {
                return words.starts_with(object) && (words.size() == object.size() || words[object.size()] == ':' || words[object.size()] == ' ');
            });
            if (isAbout || !xray.isTakenByRule())
                xray.notes.push_back(note);
        }
    }

} // namespace

bool Xray::isTaken() const
{
    return isMatched(told.decision.outcome);
}

bool Xray::isTakenByRule() const
{
    return isTaken() && told.decision.route != nullptr && !told.decision.route->origin.section.empty();
}

XrayDesk::XrayDesk(std::shared_ptr<const TrafficConfig> config)
    : m_config(std::move(config))
{
}

Result<std::shared_ptr<const RouteTable>> XrayDesk::tableAt(const Viewpoint &place)
{
    std::string key = place.display() + "\n" + place.ns;
    for (const auto &[name, label] : place.labels)
        key += "\n" + name + "=" + label;
    if (const auto known = m_tables.find(key); known != m_tables.end())
        return known->second;
    Result<RouteTable> made = m_config->tableAt(place);
    if (!made)
        return tl::unexpected(made.error());
    if (m_tables.size() >= MostTables)
        m_tables.clear();
    return m_tables.emplace(std::move(key), std::make_shared<const RouteTable>(std::move(*made))).first->second;
}

void XrayDesk::tryOtherPort(Xray &xray) const
{
    std::string service;
    Call other = xray.call;
    other.port = likelyPort(xray, m_config->istio(), service);
    if (other.port == 0 || other.port == xray.call.port)
        return;
    if (xray.place.kind == Viewpoint::Kind::Mesh) {
        xray.notes.insert(xray.notes.begin(),
            phrase("route", "the request names no port: %1 is taken, the only one of Service %2 for HTTP").with(other.port, service));
    } else {
        other.address.clear();
        xray.notes.insert(xray.notes.begin(), phrase("route", "the gateway has no port %1: %2 is taken").with(xray.call.port, other.port));
    }
    xray.call = std::move(other);
    xray.told = explain(*xray.table, xray.call);
}

Result<Xray> XrayDesk::at(const Viewpoint &place, const Call &call)
{
    Result<std::shared_ptr<const RouteTable>> table = tableAt(place);
    if (!table)
        return tl::unexpected(table.error());
    Xray out;
    out.place = place;
    out.call = call;
    out.table = *table;
    out.told = explain(*out.table, call);
    if (!out.isTaken() && call.isHttp())
        tryOtherPort(out);
    if (out.told.decision.outcome == Outcome::WrongClientCertificate && out.call.tls == Call::Tls::Tls) {
        out.call.tls = Call::Tls::Mutual; // who sends https to such a port has a certificate
        out.told = explain(*out.table, out.call);
    }
    out.notHeld = rulesNotHeld(*m_config, place, out.told.decision);
    addNotes(out);
    return out;
}

Result<Xray> XrayDesk::wherever(std::span<const Viewpoint> places, const Call &call)
{
    Result<Xray> best = fail(ErrorCode::NotFound, phrase("route", "there is no gateway, and no mesh to look from"));
    for (const Viewpoint &place : places) {
        Result<Xray> one = at(place, call);
        if (!one)
            continue;
        if (one->isTakenByRule())
            return one;
        if (!best || (one->isTaken() && !best->isTaken()))
            best = std::move(one);
    }
    return best;
}

} // namespace fairway::route
