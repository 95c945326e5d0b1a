#include "app/fairwayctl/helm_table.h"

#include "app/fairwayctl/helm_flags.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <algorithm>

namespace fairway::ctl {

namespace {

bool startsCharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::size_t widthOf(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), startsCharacter));
}

/// Of a text of several lines the longest one's.
std::size_t lineWidthOf(std::string_view text)
{
    std::size_t width = 0;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        width = std::max(width, widthOf(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return width;
}

std::string fitted(const std::string &text, std::size_t width)
{
    const std::size_t own = widthOf(text);
    if (own <= width)
        return text + std::string(width - own, ' ');
    std::size_t at = 0;
    for (std::size_t left = width > 3 ? width - 3 : 1; left > 0 && at < text.size(); --left) {
        do
            ++at;
        while (at < text.size() && !startsCharacter(text[at]));
    }
    return text.substr(0, at) + "...";
}

} // namespace

std::string HelmTable::text() const
{
    std::vector<std::size_t> widths;
    for (const std::vector<std::string> &row : m_rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], lineWidthOf(row[i]));
    }
    std::string out;
    for (const std::vector<std::string> &row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            out += (i == 0 ? "" : "\t") + fitted(row[i], m_maxWidth > 0 ? std::min(m_maxWidth, widths[i]) : widths[i]);
        out += "\n";
    }
    return out;
}

void addOutputFlag(HelmFlags &flags, HelmOutput &output)
{
    flags.custom("output", [&output](std::string_view text) -> Result<void> {
        constexpr std::pair<std::string_view, HelmOutput> known[]
            = {{"table", HelmOutput::Table}, {"json", HelmOutput::Json}, {"yaml", HelmOutput::Yaml}};
        for (const auto &[name, value] : known) {
            if (text == name) {
                output = value;
                return {};
            }
        }
        return fail(ErrorCode::InvalidInput, "invalid format type");
    }, {}, 'o');
}

std::string listText(const std::vector<OutputItem> &items, HelmOutput output)
{
    if (output == HelmOutput::Yaml) {
        value::Value list = value::Value::list();
        for (const OutputItem &item : items) {
            value::Value map = value::Value::map();
            for (const auto &[name, text] : item)
                map.set(name, text);
            list.append(std::move(map));
        }
        return value::toYaml(list);
    }
    std::string out = "[";
    for (const OutputItem &item : items) {
        out += out.size() > 1 ? ",{" : "{";
        for (const auto &[name, text] : item) {
            out += out.back() == '{' ? "" : ",";
            value::appendJsonString(out, name);
            out += ':';
            value::appendJsonString(out, text, value::JsonEscape::Html);
        }
        out += '}';
    }
    return out + "]\n";
}

} // namespace fairway::ctl
