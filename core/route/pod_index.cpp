#include "core/route/pod_index.h"

#include <algorithm>

namespace fairway::route {
namespace {

    constexpr char kMark = '\1';

    std::string nameKey(std::string_view ns, std::string_view name)
    {
        return std::string(ns).append("/").append(name);
    }

    std::string needle(std::string_view key, std::string_view text)
    {
        return std::string(1, kMark).append(key).append("=").append(text).append(1, kMark);
    }

    bool isReady(const value::Value &status)
    {
        const value::Value &conditions = status["conditions"];
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            if (conditions[i]["type"].stringOr() == "Ready")
                return conditions[i]["status"].stringOr() == "True";
        }
        return false;
    }

} // namespace

bool PodFacts::hasLabels(const LabelList &wanted) const
{
    return std::all_of(wanted.begin(), wanted.end(),
        [this](const auto &label) { return labels.find(needle(label.first, label.second)) != std::string::npos; });
}

LabelList PodFacts::labelList() const
{
    LabelList out;
    std::string_view rest = labels;
    while (rest.size() > 1) {
        rest.remove_prefix(1);
        const std::string_view label = rest.substr(0, rest.find(kMark));
        const std::size_t equals = label.find('=');
        out.emplace_back(label.substr(0, equals), equals == std::string_view::npos ? std::string_view() : label.substr(equals + 1));
        rest.remove_prefix(label.size());
    }
    return out;
}

void PodIndex::upsert(const value::Value &pod)
{
    const value::Value &metadata = pod["metadata"];
    PodFacts facts;
    facts.ns = metadata["namespace"].stringOr();
    facts.name = metadata["name"].stringOr();
    facts.ip = pod["status"]["podIP"].stringOr();
    const std::string_view phase = pod["status"]["phase"].stringOr();
    facts.isGone = phase == "Succeeded" || phase == "Failed";
    facts.isReady = isReady(pod["status"]) && metadata["deletionTimestamp"].isNull() && !facts.isGone;
    if (metadata["labels"].isMap()) {
        for (const auto &[key, text] : metadata["labels"].asMap())
            facts.labels.append(1, kMark).append(key).append("=").append(text.stringOr());
        facts.labels += kMark;
    }
    const value::Value &containers = pod["spec"]["containers"];
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const value::Value &ports = containers[i]["ports"];
        for (std::size_t p = 0; p < ports.size() && facts.namedPorts.size() < 64; ++p) {
            const std::int64_t number = ports[p]["containerPort"].intOr(0);
            if (!ports[p]["name"].stringOr().empty() && number > 0 && number < 65536)
                facts.namedPorts.emplace_back(ports[p]["name"].stringOr(), static_cast<int>(number));
        }
    }

    const std::string key = nameKey(facts.ns, facts.name);
    const auto known = m_byName.find(key);
    if (known != m_byName.end()) {
        PodFacts &old = m_pods[known->second];
        // Most changes are of the status: the label index then stays as it is.
        if (old.labels == facts.labels) {
            old = std::move(facts);
            return;
        }
        forEachLabel(known->second, false);
        old = std::move(facts);
        forEachLabel(known->second, true);
        return;
    }
    Slot slot = 0;
    if (!m_free.empty()) {
        slot = m_free.back();
        m_free.pop_back();
        m_pods[slot] = std::move(facts);
    } else {
        slot = static_cast<Slot>(m_pods.size());
        m_pods.push_back(std::move(facts));
    }
    m_byName.emplace(key, slot);
    forEachLabel(slot, true);
}

void PodIndex::forEachLabel(Slot slot, bool isAdded)
{
    const PodFacts &pod = m_pods[slot];
    std::string_view rest = pod.labels;
    while (rest.size() > 1) {
        rest.remove_prefix(1);
        const std::size_t end = rest.find(kMark);
        std::string key = pod.ns;
        key.append(1, kMark).append(rest.substr(0, end));
        if (isAdded) {
            m_byLabel[key].insert(slot);
        } else if (const auto found = m_byLabel.find(key); found != m_byLabel.end()) {
            found->second.erase(slot);
            if (found->second.empty())
                m_byLabel.erase(found);
        }
        if (end == std::string_view::npos)
            return;
        rest.remove_prefix(end);
    }
}

void PodIndex::remove(std::string_view ns, std::string_view name)
{
    const auto found = m_byName.find(nameKey(ns, name));
    if (found == m_byName.end())
        return;
    forEachLabel(found->second, false);
    m_pods[found->second] = PodFacts();
    m_free.push_back(found->second);
    m_byName.erase(found);
}

void PodIndex::clear()
{
    *this = PodIndex();
}

const PodFacts *PodIndex::find(std::string_view ns, std::string_view name) const
{
    const auto found = m_byName.find(nameKey(ns, name));
    return found == m_byName.end() ? nullptr : &m_pods[found->second];
}

const PodFacts *PodIndex::at(std::string_view address) const
{
    const PodFacts *found = nullptr;
    for (const PodFacts &pod : m_pods) {
        if (pod.name.empty() || pod.isGone || pod.ip != address)
            continue;
        if (found != nullptr)
            return nullptr;
        found = &pod;
    }
    return found;
}

std::vector<const PodFacts *> PodIndex::select(std::string_view ns, const LabelList &selector) const
{
    const std::unordered_set<Slot> *rarest = nullptr;
    for (const auto &[key, text] : selector) {
        const auto found = m_byLabel.find(std::string(ns).append(1, kMark).append(key).append("=").append(text));
        if (found == m_byLabel.end())
            return {};
        if (rarest == nullptr || found->second.size() < rarest->size())
            rarest = &found->second;
    }
    std::vector<const PodFacts *> out;
    if (rarest == nullptr)
        return out;
    for (const Slot slot : *rarest) {
        if (m_pods[slot].hasLabels(selector))
            out.push_back(&m_pods[slot]);
    }
    return out;
}

} // namespace fairway::route
