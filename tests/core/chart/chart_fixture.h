#pragma once

#include "core/chart/chart.h"
#include "core/chart/messages.h"
#include "core/value/json.h"

#include <string>
#include <utility>
#include <vector>

namespace fairway::chart::test {

/// What a chart is read with, and the messages it caused.
class Loading {
public:
    explicit Loading(HelmVersion version = HelmVersion::V4)
        : messages(version, [this](std::string_view line) { said += std::string(line) + "\n"; })
        , context {version, messages, sources, {}}
    {
    }

    std::string said;
    Messages messages;
    ValueSources sources;
    LoadContext context;
};

/// A chart of path and text; Chart.yaml is made up where it is left out.
inline Result<ChartTree> chartOf(std::vector<std::pair<std::string, std::string>> files, const Loading &loading)
{
    std::vector<ChartFile> list;
    bool hasMetadata = false;
    for (auto &[name, text] : files) {
        hasMetadata = hasMetadata || name == "Chart.yaml";
        list.push_back({name, std::move(text), 0});
    }
    if (!hasMetadata)
        list.push_back({"Chart.yaml", "apiVersion: v2\nname: parent\nversion: 0.1.0\n", 0});
    return chartFromFiles(std::move(list), loading.context);
}

inline value::Value json(std::string_view text)
{
    value::JsonLimits limits;
    limits.numbers = value::NumberStyle::Helm;
    return value::parseJson(text, limits).value();
}

} // namespace fairway::chart::test
