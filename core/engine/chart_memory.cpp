#include "core/engine/chart_memory.h"

#include "core/engine/text.h"
#include "core/operate/atomic_file.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <sys/stat.h>

namespace fairway::engine {

using value::Value;

namespace {

constexpr std::size_t MaxBytes = std::size_t {1} << 20;

QString textOf(const Value &value)
{
    return toQString(value.stringOr());
}

QStringList textsOf(const Value &list)
{
    QStringList texts;
    for (std::size_t i = 0; i < list.size(); ++i)
        texts.append(textOf(list[i]));
    return texts;
}

Value listOf(const QStringList &texts)
{
    Value list = Value::list();
    for (const QString &text : texts)
        list.append(toUtf8(text));
    return list;
}

ClusterProfile clusterOf(const Value &value)
{
    return {textOf(value["name"]), textOf(value["kubeVersion"]), textsOf(value["apiVersions"])};
}

Value valueOf(const ClusterProfile &cluster)
{
    return Value::map({{"name", toUtf8(cluster.name)}, {"kubeVersion", toUtf8(cluster.kubeVersion)}, {"apiVersions", listOf(cluster.apiVersions)}});
}

ChartInputs inputsOf(const Value &value)
{
    ChartInputs inputs;
    const Value &files = value["valuesFiles"];
    for (std::size_t i = 0; i < files.size(); ++i)
        inputs.valuesFiles.append({textOf(files[i]["path"]), files[i]["on"].boolOr(true)});
    inputs.release = textOf(value["release"]);
    inputs.ns = textOf(value["namespace"]);
    inputs.helmVersion = value["helm"].intOr(4) == 3 ? 3 : 4;
    inputs.cluster = clusterOf(value["cluster"]);
    inputs.lookupFile = textOf(value["lookup"]);
    inputs.isUpgrade = value["upgrade"].boolOr(false);
    inputs.isPinned = value["pinned"].boolOr(true);
    return inputs;
}

Value valueOf(const ChartInputs &inputs)
{
    Value files = Value::list();
    for (const ValuesFile &file : inputs.valuesFiles)
        files.append(Value::map({{"path", toUtf8(file.path)}, {"on", file.isOn}}));
    return Value::map({{"valuesFiles", files}, {"release", toUtf8(inputs.release)}, {"namespace", toUtf8(inputs.ns)},
        {"helm", inputs.helmVersion}, {"cluster", valueOf(inputs.cluster)}, {"lookup", toUtf8(inputs.lookupFile)},
        {"upgrade", inputs.isUpgrade}, {"pinned", inputs.isPinned}});
}

} // namespace

void ChartMemory::noteOpened(const QString &path)
{
    recent.removeAll(path);
    recent.prepend(path);
    while (recent.size() > MaxRecent)
        inputs.erase(recent.takeLast());
}

Result<ChartMemory> ChartMemory::read(const std::string &file)
{
    const Result<std::string> text = operate::readSmallFile(file, MaxBytes);
    if (!text)
        return text.error().code == ErrorCode::NotFound ? Result<ChartMemory>(ChartMemory()) : tl::unexpected(text.error());
    const Result<Value> root = value::parseYaml(*text);
    if (!root)
        return failWith(file, root.error());
    if ((*root)["version"].intOr(0) != 1)
        return fail(ErrorCode::InvalidInput, file + ": not a file of this version");
    ChartMemory memory;
    for (const QString &path : textsOf((*root)["recent"])) {
        struct stat status {};
        if (memory.recent.size() < MaxRecent && ::stat(toUtf8(path).c_str(), &status) == 0)
            memory.recent.append(path);
    }
    const Value &clusters = (*root)["clusters"];
    for (std::size_t i = 0; i < clusters.size(); ++i)
        memory.clusters.append(clusterOf(clusters[i]));
    const Value &charts = (*root)["charts"];
    for (std::size_t i = 0; i < charts.size(); ++i) {
        const QString path = textOf(charts[i]["path"]);
        if (memory.recent.contains(path))
            memory.inputs[path] = inputsOf(charts[i]["inputs"]);
    }
    return memory;
}

Result<void> ChartMemory::write(const std::string &file) const
{
    Value root = Value::map({{"version", 1}, {"recent", listOf(recent)}});
    Value profiles = Value::list();
    for (const ClusterProfile &cluster : clusters)
        profiles.append(valueOf(cluster));
    root.set("clusters", std::move(profiles));
    Value charts = Value::list();
    for (const auto &[path, one] : inputs)
        charts.append(Value::map({{"path", toUtf8(path)}, {"inputs", valueOf(one)}}));
    root.set("charts", std::move(charts));
    if (Result<void> made = operate::makeFolder(operate::folderOf(file)); !made)
        return made;
    return operate::writeFileAtomically(file, value::toYaml(root));
}

} // namespace fairway::engine
