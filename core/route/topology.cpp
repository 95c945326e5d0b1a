#include "core/route/topology.h"

#include "core/route/pod_index.h"
#include "core/route/subset_index.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace fairway::route {
namespace {

    struct ServicePort {
        std::string name;
        int port = 0;
        int targetPort = 0;          ///< 0 when named or absent.
        std::string targetPortName;
    };

    struct ServiceFacts {
        std::vector<ServicePort> ports;
        LabelList selector;
        std::string externalName;
        bool publishesUnready = false;
    };

    struct SliceEndpoint {
        std::string address;
        std::string pod;
        bool isReady = false;
    };

    struct SliceFacts {
        std::string service; ///< "ns/name"
        std::vector<SliceEndpoint> endpoints;
        std::vector<std::pair<std::string, int>> ports;
    };

    std::string keyOf(std::string_view ns, std::string_view name)
    {
        return std::string(ns).append("/").append(name);
    }

    int portOf(const value::Value &number)
    {
        const std::int64_t port = number.intOr(0);
        return port > 0 && port < 65536 ? static_cast<int>(port) : 0;
    }

    ServiceFacts readService(const value::Value &object)
    {
        const value::Value &spec = object["spec"];
        ServiceFacts out;
        if (spec["type"].stringOr() == "ExternalName")
            out.externalName = spec["externalName"].stringOr("(external)");
        out.publishesUnready = spec["publishNotReadyAddresses"].boolOr(false);
        const value::Value &ports = spec["ports"];
        for (std::size_t i = 0; i < ports.size() && i < 1000; ++i) {
            ServicePort port;
            port.name = ports[i]["name"].stringOr();
            port.port = portOf(ports[i]["port"]);
            const value::Value &target = ports[i]["targetPort"];
            port.targetPortName = target.stringOr();
            port.targetPort = target.isNull() ? port.port : portOf(target);
            out.ports.push_back(std::move(port));
        }
        if (spec["selector"].isMap()) {
            for (const auto &[key, text] : spec["selector"].asMap())
                out.selector.emplace_back(key, text.stringOr());
        }
        return out;
    }

    SliceFacts readSlice(const value::Value &object)
    {
        SliceFacts out;
        const value::Value &metadata = object["metadata"];
        out.service = keyOf(
            metadata["namespace"].stringOr(), metadata["labels"]["kubernetes.io/service-name"].stringOr());
        const value::Value &endpoints = object["endpoints"];
        for (std::size_t i = 0; i < endpoints.size() && i < 10000; ++i) {
            SliceEndpoint endpoint;
            endpoint.address = endpoints[i]["addresses"][0].stringOr();
            // discovery.k8s.io/v1: an unknown readiness counts as ready.
            endpoint.isReady = endpoints[i]["conditions"]["ready"].boolOr(true);
            if (endpoints[i]["targetRef"]["kind"].stringOr() == "Pod")
                endpoint.pod = endpoints[i]["targetRef"]["name"].stringOr();
            out.endpoints.push_back(std::move(endpoint));
        }
        const value::Value &ports = object["ports"];
        for (std::size_t i = 0; i < ports.size() && i < 1000; ++i)
            out.ports.emplace_back(ports[i]["name"].stringOr(), portOf(ports[i]["port"]));
        return out;
    }

    std::string withPort(const std::string &ip, int port)
    {
        if (ip.empty() || port == 0)
            return ip;
        return (ip.find(':') != std::string::npos ? "[" + ip + "]" : ip) + ":" + std::to_string(port);
    }

    std::string labelText(const LabelList &labels)
    {
        std::string out;
        for (const auto &[key, text] : labels)
            out += (out.empty() ? "" : ", ") + key + "=" + text;
        return out;
    }

} // namespace

struct TopologyView::Data {
    Options options;
    PodIndex pods;
    SubsetIndex subsets;
    std::unordered_map<std::string, ServiceFacts> services;
    std::unordered_map<std::string, SliceFacts> slices;
    std::unordered_map<std::string, std::vector<std::string>> slicesOf; ///< Service -> names of its slices.

    void dropSlice(const std::string &key)
    {
        const auto known = slices.find(key);
        if (known == slices.end())
            return;
        const auto of = slicesOf.find(known->second.service);
        if (of != slicesOf.end()) {
            std::erase(of->second, key);
            if (of->second.empty())
                slicesOf.erase(of);
        }
        slices.erase(known);
    }

    const ServicePort *choosePort(const ServiceFacts &service, const Destination &destination, Resolution &out) const;
    void collect(const std::string &key, std::string_view ns, const ServiceFacts &service, const ServicePort *port,
        const LabelList &labels, std::vector<Endpoint> &out) const;
};

TopologyView::TopologyView()
    : TopologyView(Options())
{
}

TopologyView::TopologyView(Options options)
    : m_data(std::make_unique<Data>())
{
    m_data->options = std::move(options);
}

TopologyView::~TopologyView() = default;
TopologyView::TopologyView(TopologyView &&) noexcept = default;
TopologyView &TopologyView::operator=(TopologyView &&) noexcept = default;

TopologyView::TopologyView(const TopologyView &other)
    : m_data(std::make_unique<Data>(*other.m_data))
{
}

TopologyView &TopologyView::operator=(const TopologyView &other)
{
    if (this != &other)
        m_data = std::make_unique<Data>(*other.m_data);
    return *this;
}

bool TopologyView::takes(std::string_view kind)
{
    return kind == "Pod" || kind == "Service" || kind == "EndpointSlice" || kind == "DestinationRule";
}

Result<void> TopologyView::upsert(const value::Value &object)
{
    const std::string_view kind = object["kind"].stringOr();
    const std::string_view name = object["metadata"]["name"].stringOr();
    if (!takes(kind))
        return fail(ErrorCode::InvalidInput, "a topology holds no objects of kind '" + std::string(kind.substr(0, 64)) + "'");
    if (name.empty())
        return fail(ErrorCode::InvalidInput, std::string(kind) + " without metadata.name");
    const std::string key = keyOf(object["metadata"]["namespace"].stringOr(), name);
    if (kind == "Pod") {
        m_data->pods.upsert(object);
    } else if (kind == "Service") {
        m_data->services[key] = readService(object);
    } else if (kind == "EndpointSlice") {
        m_data->dropSlice(key);
        SliceFacts slice = readSlice(object);
        m_data->slicesOf[slice.service].push_back(key);
        m_data->slices.emplace(key, std::move(slice));
    } else {
        m_data->subsets.upsert(object, m_data->options.domain);
    }
    return {};
}

void TopologyView::remove(std::string_view kind, std::string_view ns, std::string_view name)
{
    if (kind == "Pod")
        m_data->pods.remove(ns, name);
    else if (kind == "Service")
        m_data->services.erase(keyOf(ns, name));
    else if (kind == "EndpointSlice")
        m_data->dropSlice(keyOf(ns, name));
    else if (kind == "DestinationRule")
        m_data->subsets.remove(ns, name);
}

void TopologyView::clear(std::string_view kind)
{
    if (kind == "Pod") {
        m_data->pods.clear();
    } else if (kind == "Service") {
        m_data->services.clear();
    } else if (kind == "EndpointSlice") {
        m_data->slices.clear();
        m_data->slicesOf.clear();
    } else if (kind == "DestinationRule") {
        m_data->subsets.clear();
    }
}

bool TopologyView::hasService(std::string_view ns, std::string_view name) const
{
    return m_data->services.contains(keyOf(ns, name));
}

std::optional<TopologyView::PodLabels> TopologyView::podAt(std::string_view address) const
{
    const PodFacts *pod = address.empty() ? nullptr : m_data->pods.at(address);
    if (pod == nullptr)
        return std::nullopt;
    const LabelList labels = pod->labelList();
    return PodLabels {pod->ns, pod->name, {labels.begin(), labels.end()}};
}

std::size_t TopologyView::podCount() const
{
    return m_data->pods.size();
}

std::size_t TopologyView::serviceCount() const
{
    return m_data->services.size();
}

const ServicePort *TopologyView::Data::choosePort(
    const ServiceFacts &service, const Destination &destination, Resolution &out) const
{
    if (service.ports.empty())
        return nullptr;
    if (destination.port == 0 && destination.portName.empty()) {
        out.needsPort = service.ports.size() > 1;
        return &service.ports.front();
    }
    for (const ServicePort &port : service.ports) {
        if (destination.portName.empty() ? port.port == destination.port : port.name == destination.portName)
            return &port;
    }
    out.problem = Resolution::Problem::NoPort;
    out.message = phrase("route", "Service %1 has no port %2")
                      .with(out.service, destination.portName.empty() ? std::to_string(destination.port) : destination.portName);
    return nullptr;
}

void TopologyView::Data::collect(const std::string &key, std::string_view ns, const ServiceFacts &service,
    const ServicePort *port, const LabelList &labels, std::vector<Endpoint> &out) const
{
    std::map<std::string, Endpoint> byName; // a pod may stand in several slices (address families, ports)
    const auto of = slicesOf.find(key);
    const bool hasSlices = of != slicesOf.end();
    if (hasSlices) {
        for (const std::string &sliceKey : of->second) {
            const SliceFacts &slice = slices.at(sliceKey);
            int number = 0;
            for (const auto &[name, candidate] : slice.ports) {
                if (port == nullptr || name == port->name)
                    number = number == 0 ? candidate : number;
            }
            if (number == 0 && port != nullptr)
                number = port->targetPort;
            for (const SliceEndpoint &endpoint : slice.endpoints) {
                if (!labels.empty()) {
                    const PodFacts *pod = endpoint.pod.empty() ? nullptr : pods.find(ns, endpoint.pod);
                    if (pod == nullptr || !pod->hasLabels(labels))
                        continue;
                }
                Endpoint &entry = byName[endpoint.pod.empty() ? endpoint.address : endpoint.pod];
                if (entry.address.empty() || (endpoint.isReady && !entry.isReady))
                    entry = {endpoint.pod, std::string(ns), withPort(endpoint.address, number), endpoint.isReady || entry.isReady};
            }
        }
    }
    // Pods without an address stand in no slice, but the user counts them.
    for (const PodFacts *pod : pods.select(ns, service.selector)) {
        if (pod->isGone || !pod->hasLabels(labels) || byName.contains(pod->name))
            continue;
        int number = port == nullptr ? 0 : port->targetPort;
        if (port != nullptr && !port->targetPortName.empty()) {
            for (const auto &[name, candidate] : pod->namedPorts) {
                if (name == port->targetPortName)
                    number = candidate;
            }
        }
        // Once there are slices they decide who is ready.
        const bool isReady = !hasSlices && (pod->isReady || service.publishesUnready) && !pod->ip.empty();
        byName[pod->name] = {pod->name, pod->ns, withPort(pod->ip, number), isReady};
    }
    for (auto &[name, endpoint] : byName)
        out.push_back(std::move(endpoint));
    std::stable_sort(out.begin(), out.end(), [](const Endpoint &a, const Endpoint &b) { return a.isReady && !b.isReady; });
}

Resolution TopologyView::resolve(
    const Destination &destination, std::string_view routeNs, std::size_t maxEndpoints) const
{
    using Problem = Resolution::Problem;
    Resolution out;
    const std::string_view home = routeNs.empty() ? std::string_view("default") : routeNs;
    if (destination.service.empty()) {
        out.problem = Problem::External;
        out.message = destination.host.empty() ? phrase("route", "names no host")
                                               : phrase("route", "%1 is not a Service of this cluster").with(destination.host);
        return out;
    }
    out.service = keyOf(destination.ns, destination.service);
    const auto service = m_data->services.find(out.service);
    if (service == m_data->services.end()) {
        out.problem = Problem::NoService;
        out.message = phrase("route", "Service %1 not found").with(out.service);
        return out;
    }
    if (!service->second.externalName.empty()) {
        out.problem = Problem::External;
        out.message = phrase("route", "Service %1 stands for %2 outside the cluster").with(out.service, service->second.externalName);
        return out;
    }
    const std::string fqdn = destination.service + "." + destination.ns + ".svc." + m_data->options.domain;
    const SubsetIndex::Found found = m_data->subsets.find(fqdn, home, destination.ns, m_data->options.rootNamespace);
    out.hostRule = found.rule;
    for (const SubsetIndex::Subset *subset : found.subsets)
        out.hostSubsets.push_back(subset->name);
    if (!destination.subset.empty()) {
        out.destinationRule = found.rule;
        const auto subset = std::find_if(found.subsets.begin(), found.subsets.end(),
            [&](const SubsetIndex::Subset *s) { return s->name == destination.subset; });
        if (subset == found.subsets.end()) {
            out.problem = found.rule.empty() ? Problem::NoDestinationRule : Problem::NoSubset;
            out.message = found.rule.empty()
                ? phrase("route", "no DestinationRule defines subset %1 of %2").with(destination.subset, out.service)
                : phrase("route", "no subset %1 in DestinationRule %2").with(destination.subset, found.rule);
            return out;
        }
        out.destinationRule = (*subset)->rule;
        out.subsetLabels = (*subset)->labels;
    }
    const ServicePort *port = m_data->choosePort(service->second, destination, out);
    if (port != nullptr)
        out.port = port->port;
    m_data->collect(out.service, destination.ns, service->second, port, out.subsetLabels, out.endpoints);
    out.total = out.endpoints.size();
    out.ready = static_cast<std::size_t>(
        std::count_if(out.endpoints.begin(), out.endpoints.end(), [](const Endpoint &e) { return e.isReady; }));
    if (out.endpoints.size() > maxEndpoints)
        out.endpoints.resize(maxEndpoints);
    if (out.problem == Problem::None && out.total == 0) {
        out.problem = Problem::NoEndpoint;
        out.message = out.subsetLabels.empty()
            ? phrase("route", "Service %1 has no pod").with(out.service)
            : phrase("route", "no pod of %1 carries %2").with(out.service, labelText(out.subsetLabels));
    } else if (out.problem == Problem::None && out.ready == 0) {
        out.problem = Problem::NoReadyEndpoint;
        out.message = out.total == 1 ? phrase("route", "none of 1 pod is ready") : phrase("route", "none of %1 pods is ready").with(out.total);
    }
    return out;
}

} // namespace fairway::route
