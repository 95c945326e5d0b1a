#include "core/route/field_check.h"

#include "core/route/field_table.h"
#include "core/route/shape_reader.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace fairway::route {
namespace {

    using value::Value;
    using Type = FieldTable::Type;

    /// Where the walk is; the path is written out only when there is something to tell.
    struct Place {
        const Place *above = nullptr;
        std::string_view name; ///< Of a member; empty: an item.
        std::size_t index = 0;

        [[nodiscard]] std::string path() const
        {
            const std::string parent = above == nullptr ? std::string() : above->path();
            return name.empty() && above != nullptr ? item(parent, index) : field(parent, name);
        }
    };

    /// Gateway API: GEP-2257, e.g. "1m30s".
    bool isSpan(std::string_view text)
    {
        std::size_t parts = 0;
        for (; !text.empty(); ++parts) {
            const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
            if (digits < 1 || digits > 5 || digits == text.size())
                return false;
            text.remove_prefix(digits);
            if (text.starts_with("ms"))
                text.remove_prefix(2);
            else if (text.front() == 'h' || text.front() == 'm' || text.front() == 's')
                text.remove_prefix(1);
            else
                return false;
        }
        return parts >= 1 && parts <= 4;
    }

    class Walk {
    public:
        /// `code` is that of what is refused.
        Walk(Report &report, std::string_view code)
            : m_report(report)
            , m_code(code)
            , m_table(fieldTable())
        {
        }

        void visit(const Value &value, const FieldTable::Shape &shape, const Place &place)
        {
            switch (shape.type) {
            case Type::Any:
                return;
            case Type::Text:
                if (!value.isString())
                    refuse(place, phrase("route", "must be text, not %1").with(nameOf(value.kind())));
                return;
            case Type::Whole:
                return visitWhole(value, shape, place);
            case Type::Number:
                if (!value.isNumber())
                    refuse(place, phrase("route", "must be a number, not %1").with(nameOf(value.kind())));
                return;
            case Type::Flag:
                if (!value.isBool())
                    refuse(place, phrase("route", "must be true or false, not %1").with(nameOf(value.kind())));
                return;
            case Type::Span:
                if (!value.isString())
                    refuse(place, phrase("route", "must be text, not %1").with(nameOf(value.kind())));
                else if (!isSpan(value.asString()))
                    refuse(place, phrase("route", "must be a duration of hours, minutes, seconds and milliseconds such as \"1m30s\""));
                return;
            case Type::Choice:
                return visitChoice(value, shape, place);
            case Type::List:
                if (!value.isList())
                    return refuse(place, phrase("route", "must be a list, not %1").with(nameOf(value.kind())));
                for (std::size_t i = 0; i < value.size(); ++i)
                    visit(value[i], m_table.shape(shape.of), {&place, {}, i});
                return;
            case Type::Map:
                if (!value.isMap())
                    return refuse(place, phrase("route", "must be a map, not %1").with(nameOf(value.kind())));
                for (const auto &[key, member] : value.asMap()) {
                    if (!member.isNull())
                        visit(member, m_table.shape(shape.of), {&place, key});
                }
                return;
            case Type::Struct:
                return visitStruct(value, m_table.fields(shape), place);
            }
        }

        void unknown(std::string_view given, std::span<const std::string_view> known, const Place &place)
        {
            const std::string_view meant = closestName(given, known);
            m_report.warn(place.path(),
                meant.empty() ? phrase("route", "there is no such field: an API server drops or refuses it")
                              : phrase("route", "there is no such field: an API server drops or refuses it. Did you mean \"%1\"?").with(meant),
                "FW0012");
        }

        void refuse(const Place &place, Text message) { m_report.error(place.path(), std::move(message), m_code); }

    private:
        void visitWhole(const Value &value, const FieldTable::Shape &shape, const Place &place)
        {
            if (!value.isNumber())
                return refuse(place, phrase("route", "must be a whole number, not %1").with(nameOf(value.kind())));
            // What no whole number equals comes back as two different fallbacks.
            const std::int64_t number = value.intOr(0);
            if (number != value.intOr(1))
                return refuse(place, phrase("route", "must be a whole number"));
            if (shape.isBounded && (number < shape.least || number > shape.most))
                refuse(place, phrase("route", "must be from %1 to %2").with(shape.least, shape.most));
        }

        void visitChoice(const Value &value, const FieldTable::Shape &shape, const Place &place)
        {
            if (!value.isString())
                return refuse(place, phrase("route", "must be text, not %1").with(nameOf(value.kind())));
            const FieldTable::Choices &choices = m_table.choices(shape);
            if (std::find(choices.begin(), choices.end(), value.asString()) != choices.end())
                return;
            std::string all;
            for (const std::string_view choice : choices)
                all.append(all.empty() ? "" : ", ").append(choice);
            refuse(place, phrase("route", "\"%1\" is none of %2").with(value.asString(), all));
        }

        /// Both members and fields are in byte order, so they are gone through side by side.
        void visitStruct(const Value &value, const FieldTable::Fields &fields, const Place &place)
        {
            if (!value.isMap())
                return refuse(place, phrase("route", "must be a map, not %1").with(nameOf(value.kind())));
            auto known = fields.begin();
            const auto passOver = [&] {
                if (known->isRequired)
                    missing({&place, known->name});
                ++known;
            };
            for (const auto &[key, member] : value.asMap()) {
                while (known != fields.end() && known->name < key)
                    passOver();
                if (known == fields.end() || known->name != key) {
                    std::vector<std::string_view> names;
                    for (const FieldTable::Field &one : fields) {
                        if (value[one.name].isNull())
                            names.push_back(one.name);
                    }
                    unknown(key, names, {&place, key});
                    continue;
                }
                if (member.isNull()) {
                    passOver();
                    continue;
                }
                visit(member, m_table.shape(known->shape), {&place, known->name});
                ++known;
            }
            while (known != fields.end())
                passOver();
        }

        void missing(const Place &place)
        {
            const std::string path = place.path();
            m_report.error(path, phrase("route", "%1: Required value").with(path), m_code);
        }

        Report &m_report;
        std::string_view m_code;
        const FieldTable &m_table;
    };

    std::string folded(std::string_view name)
    {
        std::string out;
        for (const char c : name) {
            if (c != '-' && c != '_')
                out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return out;
    }

    /// Letters to change, add, drop or swap with the next one (optimal string alignment).
    std::size_t distance(std::string_view a, std::string_view b)
    {
        std::vector<std::size_t> before(b.size() + 1);
        std::vector<std::size_t> last(b.size() + 1);
        std::vector<std::size_t> now(b.size() + 1);
        std::iota(last.begin(), last.end(), std::size_t {0});
        for (std::size_t i = 1; i <= a.size(); ++i) {
            now[0] = i;
            for (std::size_t j = 1; j <= b.size(); ++j) {
                now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    now[j] = std::min(now[j], before[j - 2] + 1);
            }
            before.swap(last);
            last.swap(now);
        }
        return last[b.size()];
    }

} // namespace

std::string_view closestName(std::string_view given, std::span<const std::string_view> known)
{
    constexpr std::size_t Longest = 64; // of a field's name; beyond, nothing is close to it
    if (given.size() > Longest)
        return {};
    const std::string wanted = folded(given);
    std::size_t least = wanted.size() <= 4 ? 1 : 2;
    std::string_view out;
    bool isOnly = false;
    for (const std::string_view name : known) {
        const std::string other = folded(name);
        if (other == wanted)
            return name;
        const std::size_t steps = distance(wanted, other);
        if (steps > least || (steps == least && !out.empty())) {
            isOnly = isOnly && steps != least;
            continue;
        }
        least = steps;
        out = name;
        isOnly = true;
    }
    return isOnly ? out : std::string_view();
}

void checkFields(Report &report, const Value &object)
{
    const std::string_view version = object["apiVersion"].stringOr();
    const std::size_t slash = version.find('/');
    if (slash == std::string_view::npos || !object.isMap())
        return;
    const std::string_view group = version.substr(0, slash);
    const std::string_view structure = specStructure(group, object["kind"].stringOr());
    // The Ingress of v1beta1 has other fields.
    if (structure.empty() || (structure == "IngressSpec" && version.substr(slash + 1) != "v1"))
        return;
    const bool isIstio = group == "networking.istio.io";
    Walk walk(report, isIstio ? "IST0106" : "FW0001");
    static constexpr std::array<std::string_view, 5> Members {"apiVersion", "kind", "metadata", "spec", "status"};
    for (const auto &[key, member] : object.asMap()) {
        if (std::find(Members.begin(), Members.end(), key) == Members.end())
            walk.unknown(key, Members, {nullptr, key});
    }
    const FieldTable::Shape *shape = fieldTable().find(structure);
    if (shape == nullptr)
        return;
    const Value &spec = object["spec"];
    const Place place {nullptr, "spec"};
    if (!spec.isNull())
        walk.visit(spec, *shape, place);
    else if (!isIstio)
        walk.refuse(place, phrase("route", "%1: Required value").with("spec"));
}

} // namespace fairway::route
