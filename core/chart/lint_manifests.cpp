#include "core/chart/go_struct.h"
#include "core/chart/go_text.h"
#include "core/chart/lint_rules.h"
#include "core/chart/values_text.h"

#include <algorithm>
#include <charconv>

namespace fairway::chart {

using value::Value;

namespace {

struct ObjectHead {
    std::string apiVersion;
    std::string kind;
    std::string name;
    bool isNull = false;
};

/// What Kubernetes' reader of streams takes for documents: cut where a line is `---`, white space before it left out.
std::vector<std::string_view> documentsOf(std::string_view text)
{
    std::vector<std::string_view> documents;
    std::size_t start = 0;
    if (text.starts_with("---\n"))
        start = 4;
    for (;;) {
        const std::size_t mark = text.find("\n---", start > 0 ? start - 1 : 0);
        documents.push_back(text.substr(start, mark == std::string_view::npos || mark < start ? std::string_view::npos : mark - start));
        if (mark == std::string_view::npos)
            return documents;
        const std::size_t line = text.find('\n', mark + 1);
        if (line == std::string_view::npos)
            return documents;
        start = line + 1;
    }
}

Result<ObjectHead> headOf(std::string_view document)
{
    const Result<Value> data = readYamlAsGo(document);
    if (!data)
        return tl::unexpected(data.error());
    ObjectHead head;
    head.isNull = data->isNull();
    GoStructReader reader;
    const GoStructReader::Place root {"k8sYamlStruct", {}};
    reader.structure(*data, root, "rules.k8sYamlStruct", [&](std::string_view key, const Value &member) {
        if (isField(key, "apiVersion"))
            return reader.text(member, root.field("apiVersion"), head.apiVersion);
        if (isField(key, "kind"))
            return reader.text(member, root.field("Kind"), head.kind);
        if (!isField(key, "metadata"))
            return;
        const GoStructReader::Place outer = root.field("Metadata");
        const GoStructReader::Place place = outer.inside("k8sYamlMetadata");
        std::string nameSpace;
        reader.structure(member, outer, "rules.k8sYamlMetadata", [&](std::string_view name, const Value &item) {
            if (isField(name, "name"))
                reader.text(item, place.field("Name"), head.name);
            else if (isField(name, "namespace"))
                reader.text(item, place.field("Namespace"), nameSpace);
        });
    });
    if (const Result<void> good = reader.result(); !good)
        return tl::unexpected(good.error());
    return head;
}

bool isSmallOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isLabel(std::string_view text, bool mustStartWithLetter)
{
    return !text.empty() && isSmallOrDigit(text.front()) && isSmallOrDigit(text.back()) && (!mustStartWithLetter || text.front() >= 'a')
        && std::all_of(text.begin(), text.end(), [](char c) { return isSmallOrDigit(c) || c == '-'; });
}

bool isSubdomain(std::string_view text)
{
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!isLabel(text.substr(0, dot), false))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

/// Kubernetes' sentences about names (k8s.io/apimachinery/pkg/util/validation).
std::vector<std::string> nameFaults(std::string_view kind, std::string_view name)
{
    std::string small(kind);
    for (char &c : small)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    std::vector<std::string> faults;
    if (small == "certificatesigningrequest")
        return faults;
    if (small == "role" || small == "clusterrole" || small == "rolebinding" || small == "clusterrolebinding") {
        if (name == "." || name == "..")
            return {"may not be '" + std::string(name) + "'"};
        for (const char c : {'/', '%'}) {
            if (name.find(c) != std::string_view::npos)
                faults.push_back(std::string("may not contain '") + c + "'");
        }
        return faults;
    }
    const bool isService = small == "service";
    if (isService || small == "namespace") {
        if (name.size() > 63)
            faults.emplace_back("must be no more than 63 characters");
        if (!isLabel(name, isService)) {
            faults.emplace_back(isService
                    ? "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with "
                      "an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
                    : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
                      "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
        }
        return faults;
    }
    if (name.size() > 253)
        faults.emplace_back("must be no more than 253 characters");
    if (!isSubdomain(name)) {
        faults.emplace_back("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end "
                            "with an alphanumeric character (e.g. 'example.com', regex used for validation is "
                            "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    }
    return faults;
}

std::string nameFault(const ObjectHead &head)
{
    const std::vector<std::string> faults = nameFaults(head.kind, head.name);
    if (faults.empty())
        return {};
    std::string all;
    for (const std::string &fault : faults)
        all += (all.empty() ? "" : ", ") + ("metadata.name: Invalid value: " + goQuoted(head.name) + ": " + fault);
    return "object name does not conform to Kubernetes naming requirements: " + goQuoted(head.name) + ": "
        + (faults.size() > 1 ? "[" + all + "]" : all);
}

std::string indentFault(std::string_view output)
{
    while (!output.empty()) {
        const std::size_t end = output.find('\n');
        std::string_view line = output.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!trimSpace(line).empty()) {
            if (line.starts_with(' ') || line.starts_with('\t'))
                return "document starts with an illegal indent: " + goQuoted(line) + ", which may cause parsing problems";
            return {};
        }
        output = end == std::string_view::npos ? std::string_view() : output.substr(end + 1);
    }
    return {};
}

std::string selectorFault(const ObjectHead &head, const std::string &output)
{
    if (head.kind != "Deployment" && head.kind != "ReplicaSet" && head.kind != "DaemonSet" && head.kind != "StatefulSet")
        return {};
    if (output.find("matchLabels") != std::string::npos || output.find("matchExpressions") != std::string::npos)
        return {};
    return "a " + head.kind + " must contain matchLabels or matchExpressions, and " + goQuoted(head.name) + " does not";
}

std::string listFault(const ObjectHead &head, const std::string &output)
{
    if (head.kind != "List")
        return {};
    const Result<Value> data = readYamlAsGo(output);
    if (!data)
        return "unable to parse YAML: " + data.error().message;
    if ((*data)["items"].isList()) {
        for (const Value &item : (*data)["items"].asList()) {
            const Value &annotations = item["metadata"]["annotations"];
            if (annotations.isMap() && annotations.asMap().get("helm.sh/resource-policy"))
                return "annotation 'helm.sh/resource-policy' within List objects are ignored";
        }
    }
    return {};
}

} // namespace

bool lintManifests(std::string_view file, const std::string &output, const KubeVersion &kube, LintReport &report)
{
    report.add(LintSeverity::Warning, file, indentFault(output));
    for (const std::string_view document : documentsOf(output)) {
        const Result<ObjectHead> head = headOf(document);
        if (!head)
            return report.add(LintSeverity::Error, file, "unable to parse YAML: " + head.error().message);
        if (head->isNull)
            continue;
        report.add(LintSeverity::Warning, file, nameFault(*head));
        report.add(LintSeverity::Warning, file, deprecationOf(head->apiVersion, head->kind, kube));
        report.add(LintSeverity::Error, file, selectorFault(*head, output));
        report.add(LintSeverity::Error, file, listFault(*head, output));
    }
    return true;
}

bool lintCrd(std::string_view file, std::string_view text, LintReport &report)
{
    for (const std::string_view document : documentsOf(text)) {
        const Result<ObjectHead> head = headOf(document);
        if (!head)
            return report.add(LintSeverity::Error, file, "unable to parse YAML: " + head.error().message);
        if (head->isNull)
            continue;
        report.add(LintSeverity::Error, file, head->apiVersion.starts_with("apiextensions.k8s.io") ? "" : "apiVersion is not in 'apiextensions.k8s.io'");
        report.add(LintSeverity::Error, file, head->kind == "CustomResourceDefinition" ? "" : "object kind is not 'CustomResourceDefinition'");
    }
    return true;
}

} // namespace fairway::chart
