#include "core/operate/ownership.h"

#include "core/operate/diff.h"
#include "core/operate/pointer.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>

namespace fairway::operate {

using value::Value;

namespace {

struct Controller {
    std::string_view manager; ///< Prefix of a field manager's name.
    std::string_view name;
};

constexpr std::array<Controller, 10> controllers {{
    {"argocd", "Argo CD"},
    {"kustomize-controller", "Flux"},
    {"helm-controller", "Flux"},
    {"gotk-", "Flux"},
    {"flagger", "Flagger"},
    {"rollouts-controller", "Argo Rollouts"},
    {"argo-rollouts", "Argo Rollouts"},
    {"istio-operator", "Istio operator"},
    {"fleetagent", "Fleet"},
    {"kapp-controller", "kapp-controller"},
}};

void add(std::vector<Owner> &owners, std::string_view name, std::string why)
{
    const bool isKnown = std::any_of(owners.begin(), owners.end(), [&](const Owner &owner) { return owner.name == name; });
    if (!isKnown)
        owners.push_back({std::string(name), std::move(why)});
}

/// Labels and annotations by which a controller marks what it manages.
void addMarks(std::vector<Owner> &owners, const Value &metadata)
{
    struct Mark {
        const char *where;
        std::string_view key;
        std::string_view name;
    };
    static constexpr std::array<Mark, 6> marks {{
        {"annotations", "argocd.argoproj.io/tracking-id", "Argo CD"},
        {"labels", "argocd.argoproj.io/instance", "Argo CD"},
        {"labels", "kustomize.toolkit.fluxcd.io/name", "Flux"},
        {"labels", "helm.toolkit.fluxcd.io/name", "Flux"},
        {"annotations", "rollout.argoproj.io/managed-by-rollouts", "Argo Rollouts"},
        {"labels", "kapp.k14s.io/app", "kapp-controller"},
    }};
    for (const Mark &mark : marks) {
        const Value &text = metadata[mark.where][mark.key];
        if (text.isString())
            add(owners, mark.name, std::string(mark.where, 0, std::string_view(mark.where).size() - 1) + " "
                    + std::string(mark.key) + ": " + text.asString());
    }
    if (metadata["labels"]["app.kubernetes.io/managed-by"].stringOr() == "flagger")
        add(owners, "Flagger", "label app.kubernetes.io/managed-by: flagger");
}

void addReferences(std::vector<Owner> &owners, const Value &references)
{
    if (!references.isList())
        return;
    for (const Value &reference : references.asList()) {
        const std::string kind(reference["kind"].stringOr());
        const std::string name(reference["name"].stringOr());
        if (!reference["controller"].boolOr(false) || kind.empty())
            continue;
        const std::string_view group = reference["apiVersion"].stringOr();
        if (group.substr(0, 11) == "flagger.app")
            add(owners, "Flagger", "owned by " + kind + " " + name);
        else if (group.substr(0, 12) == "argoproj.io/")
            add(owners, kind == "Rollout" ? "Argo Rollouts" : "Argo CD", "owned by " + kind + " " + name);
        else
            add(owners, kind + " " + name, "owned by " + kind + " " + name);
    }
}

} // namespace

bool ownsField(const Value &fields, const Value &object, std::string_view pointer)
{
    const Value *owned = &fields;
    const Value *node = &object;
    for (const std::string &token : splitPointer(pointer)) {
        if (!owned->isMap())
            return false;
        if (owned->asMap().empty())
            return true; // "f:route": {} – the whole of it, as in lists without a merge key
        const Value *next = nullptr;
        if (node->isList()) {
            const Value *item = findAt(*node, childPointer({}, token));
            for (const auto &[key, below] : owned->asMap()) {
                if (key == "i:" + token)
                    next = &below;
                if (key.substr(0, 2) != "k:" || item == nullptr)
                    continue;
                const Result<Value> merge = value::parseJson(std::string_view(key).substr(2));
                const bool isMatch = merge && merge->isMap()
                    && std::all_of(merge->asMap().begin(), merge->asMap().end(),
                                   [item](const auto &member) { return (*item)[member.first] == member.second; });
                if (isMatch)
                    next = &below;
            }
        } else {
            next = owned->asMap().get("f:" + token);
        }
        if (next == nullptr)
            return false;
        owned = next;
        const Value *child = findAt(*node, childPointer({}, token));
        static const Value nothing;
        node = child != nullptr ? child : &nothing;
    }
    return true;
}

std::vector<Owner> ownersOf(const Value &object, const std::vector<std::string> &pointers)
{
    std::vector<Owner> owners;
    const Value &metadata = object["metadata"];
    if (metadata["managedFields"].isList()) {
        for (const Value &entry : metadata["managedFields"].asList()) {
            const std::string_view manager = entry["manager"].stringOr();
            const auto known = std::find_if(controllers.begin(), controllers.end(), [manager](const Controller &controller) {
                return manager.substr(0, controller.manager.size()) == controller.manager;
            });
            if (known == controllers.end() || !entry["subresource"].stringOr().empty())
                continue;
            const auto owned = std::find_if(pointers.begin(), pointers.end(), [&](const std::string &pointer) {
                return ownsField(entry["fieldsV1"], object, pointer);
            });
            if (pointers.empty())
                add(owners, known->name, "field manager " + std::string(manager));
            else if (owned != pointers.end())
                add(owners, known->name, "field manager " + std::string(manager) + " owns " + fieldPath(object, *owned));
        }
    }
    addReferences(owners, metadata["ownerReferences"]);
    addMarks(owners, metadata);
    return owners;
}

} // namespace fairway::operate
