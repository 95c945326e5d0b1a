#include "core/lab/selectors.h"

#include <algorithm>

namespace fairway::lab {

using value::Value;

namespace {

std::string_view trimmed(std::string_view text)
{
    const std::size_t from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

bool isKey(std::string_view key)
{
    return !key.empty() && key.size() <= 317 && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
            || c == '.' || c == '/';
    });
}

bool isValue(std::string_view text)
{
    return text.size() <= 63 && (text.empty() || isKey(text)) && text.find('/') == std::string_view::npos;
}

/// Splits at commas that stand outside parentheses.
std::vector<std::string_view> splitTerms(std::string_view text)
{
    std::vector<std::string_view> terms;
    std::size_t start = 0;
    int depth = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || (text[i] == ',' && depth == 0)) {
            terms.push_back(trimmed(text.substr(start, i - start)));
            start = i + 1;
        } else if (text[i] == '(') {
            ++depth;
        } else if (text[i] == ')') {
            --depth;
        }
    }
    return terms;
}

std::optional<std::vector<std::string>> parseSet(std::string_view text)
{
    text = trimmed(text);
    if (text.size() < 2 || text.front() != '(' || text.back() != ')')
        return std::nullopt;
    std::vector<std::string> values;
    for (const std::string_view item : splitTerms(text.substr(1, text.size() - 2))) {
        if (!isValue(item))
            return std::nullopt;
        values.emplace_back(item);
    }
    return values;
}

} // namespace

LabelSet::LabelSet(const Value &labels)
{
    if (!labels.isMap())
        return;
    for (const auto &[key, member] : labels.asMap()) {
        m_text += key;
        m_text += '\0';
        m_text += member.stringOr();
        m_text += '\0';
    }
}

std::optional<std::string_view> LabelSet::get(std::string_view key) const
{
    std::string_view rest = m_text;
    while (!rest.empty()) {
        const std::size_t keyEnd = rest.find('\0');
        const std::size_t valueEnd = rest.find('\0', keyEnd + 1);
        if (rest.substr(0, keyEnd) == key)
            return rest.substr(keyEnd + 1, valueEnd - keyEnd - 1);
        rest.remove_prefix(valueEnd + 1);
    }
    return std::nullopt;
}

std::optional<LabelSelector> LabelSelector::parse(std::string_view text)
{
    LabelSelector selector;
    if (trimmed(text).empty())
        return selector;
    for (const std::string_view term : splitTerms(text)) {
        Requirement requirement;
        const std::size_t equals = term.find('=');
        const std::size_t space = term.find_first_of(" \t");
        if (!term.empty() && term.front() == '!') {
            requirement.op = Operator::Absent;
            requirement.key = trimmed(term.substr(1));
        } else if (equals != std::string_view::npos && term.find('(') == std::string_view::npos) {
            const bool isNegated = equals > 0 && term[equals - 1] == '!';
            const bool isDouble = equals + 1 < term.size() && term[equals + 1] == '=';
            requirement.op = isNegated ? Operator::NotIn : Operator::In;
            requirement.key = trimmed(term.substr(0, equals - (isNegated ? 1 : 0)));
            const std::string_view wanted = trimmed(term.substr(equals + (isDouble ? 2 : 1)));
            if (!isValue(wanted))
                return std::nullopt;
            requirement.values.emplace_back(wanted);
        } else if (space != std::string_view::npos) {
            const std::string_view rest = trimmed(term.substr(space));
            requirement.key = term.substr(0, space);
            const bool isIn = rest.substr(0, 2) == "in";
            const bool isNotIn = rest.substr(0, 5) == "notin";
            if (!isIn && !isNotIn)
                return std::nullopt;
            requirement.op = isIn ? Operator::In : Operator::NotIn;
            auto values = parseSet(rest.substr(isIn ? 2 : 5));
            if (!values)
                return std::nullopt;
            requirement.values = std::move(*values);
        } else {
            requirement.op = Operator::Exists;
            requirement.key = term;
        }
        if (!isKey(requirement.key))
            return std::nullopt;
        selector.m_requirements.push_back(std::move(requirement));
    }
    return selector;
}

LabelSelector LabelSelector::fromMap(const Value &map)
{
    LabelSelector selector;
    if (map.size() == 0 || !map.isMap()) {
        selector.m_isNothing = true;
        return selector;
    }
    for (const auto &[key, member] : map.asMap())
        selector.m_requirements.push_back({key, Operator::In, {std::string(member.stringOr())}});
    return selector;
}

LabelSelector LabelSelector::fromObject(const Value &object)
{
    LabelSelector selector;
    if (!object.isMap()) {
        selector.m_isNothing = true;
        return selector;
    }
    if (object["matchLabels"].isMap()) {
        for (const auto &[key, member] : object["matchLabels"].asMap())
            selector.m_requirements.push_back({key, Operator::In, {std::string(member.stringOr())}});
    }
    const Value &expressions = object["matchExpressions"];
    for (std::size_t i = 0; i < expressions.size(); ++i) {
        const Value &expression = expressions[i];
        const std::string_view op = expression["operator"].stringOr();
        Requirement requirement {std::string(expression["key"].stringOr()), Operator::In, {}};
        if (op == "NotIn")
            requirement.op = Operator::NotIn;
        else if (op == "Exists")
            requirement.op = Operator::Exists;
        else if (op == "DoesNotExist")
            requirement.op = Operator::Absent;
        for (std::size_t k = 0; k < expression["values"].size(); ++k)
            requirement.values.emplace_back(expression["values"][k].stringOr());
        selector.m_requirements.push_back(std::move(requirement));
    }
    return selector;
}

bool LabelSelector::matches(const LabelSet &labels) const
{
    if (m_isNothing)
        return false;
    return std::all_of(m_requirements.begin(), m_requirements.end(), [&labels](const Requirement &requirement) {
        const auto found = labels.get(requirement.key);
        const auto isListed = [&] {
            return std::find(requirement.values.begin(), requirement.values.end(), *found) != requirement.values.end();
        };
        switch (requirement.op) {
        case Operator::In: return found && isListed();
        case Operator::NotIn: return !found || !isListed();
        case Operator::Exists: return found.has_value();
        case Operator::Absent: return !found.has_value();
        }
        return false;
    });
}

std::string selectorText(const Value &selector)
{
    std::string text;
    if (selector["matchLabels"].isMap()) {
        for (const auto &[key, member] : selector["matchLabels"].asMap())
            text += (text.empty() ? "" : ",") + key + "=" + std::string(member.stringOr());
    }
    const Value &expressions = selector["matchExpressions"];
    for (std::size_t i = 0; i < expressions.size(); ++i) {
        const Value &expression = expressions[i];
        const std::string key(expression["key"].stringOr());
        const std::string_view op = expression["operator"].stringOr();
        std::string values;
        for (std::size_t k = 0; k < expression["values"].size(); ++k)
            values += (k ? "," : "") + std::string(expression["values"][k].stringOr());
        text += text.empty() ? "" : ",";
        if (op == "Exists")
            text += key;
        else if (op == "DoesNotExist")
            text += "!" + key;
        else
            text += key + (op == "NotIn" ? " notin (" : " in (") + values + ")";
    }
    return text;
}

std::optional<FieldSelector> FieldSelector::parse(std::string_view text)
{
    FieldSelector selector;
    if (trimmed(text).empty())
        return selector;
    for (const std::string_view term : splitTerms(text)) {
        const std::size_t equals = term.find('=');
        if (equals == std::string_view::npos || equals == 0)
            return std::nullopt;
        const bool isNegated = term[equals - 1] == '!';
        const bool isDouble = equals + 1 < term.size() && term[equals + 1] == '=';
        selector.m_terms.push_back({std::string(trimmed(term.substr(0, equals - (isNegated ? 1 : 0)))),
            std::string(trimmed(term.substr(equals + (isDouble ? 2 : 1)))), isNegated});
    }
    return selector;
}

std::optional<std::string_view> FieldSelector::exactly(std::string_view field) const
{
    for (const Term &term : m_terms) {
        if (term.field == field && !term.isNegated)
            return term.wanted;
    }
    return std::nullopt;
}

} // namespace fairway::lab
