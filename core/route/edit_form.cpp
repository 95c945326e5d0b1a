#include "core/route/edit_form.h"

#include "core/route/durations.h"
#include "core/value/pointer.h"

#include <charconv>
#include <cmath>
#include <map>
#include <system_error>

namespace fairway::route {
namespace {

    using value::FieldEdit;
    using value::Value;

    template <typename Number>
    std::optional<Number> numberOf(std::string_view text)
    {
        Number number {};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (text.empty() || error != std::errc() || end != text.data() + text.size())
            return std::nullopt;
        return number;
    }

    tl::unexpected<Error> wrong(const EditField &field, const Text &why)
    {
        return failWith(field.id, Error(ErrorCode::InvalidInput, why));
    }

    Result<Value> readInteger(const EditField &field, const std::string &text)
    {
        const auto number = numberOf<std::int64_t>(text);
        if (!number)
            return wrong(field, phrase("route", "\"%1\" is no whole number").with(text));
        if (*number < field.min || *number > field.max)
            return wrong(field, phrase("route", "\"%1\" is not between %2 and %3").with(text, field.min, field.max));
        return Value(*number);
    }

    Result<Value> readPercent(const EditField &field, const std::string &text)
    {
        const auto number = numberOf<double>(text);
        if (!number || !std::isfinite(*number))
            return wrong(field, phrase("route", "\"%1\" is no number").with(text));
        if (*number < 0 || *number > 100)
            return wrong(field, phrase("route", "\"%1\" is not between 0 and 100").with(text));
        if (const double whole = std::floor(*number); whole == *number)
            return Value(static_cast<std::int64_t>(whole));
        return Value(*number);
    }

    std::string joined(const std::vector<std::string> &words)
    {
        std::string text;
        for (const std::string &word : words)
            text += (text.empty() ? "" : ", ") + word;
        return text;
    }

    Result<Value> readField(const EditField &field, const std::string &text)
    {
        switch (field.type) {
        case FieldType::Integer:
            return readInteger(field, text);
        case FieldType::Percent:
            return readPercent(field, text);
        case FieldType::Duration: {
            const auto duration = parseDuration(text);
            if (!duration)
                return wrong(field, phrase("route", "\"%1\" is no duration: write 5s, 200ms or 1h30m").with(text));
            if (*duration < std::chrono::nanoseconds::zero())
                return wrong(field, phrase("route", "\"%1\" is below zero").with(text));
            return Value(text);
        }
        case FieldType::Flag:
            if (text != "true" && text != "false")
                return wrong(field, phrase("route", "\"%1\" is neither true nor false").with(text));
            return Value(text == "true");
        case FieldType::Choice:
            for (const std::string &choice : field.choices) {
                if (choice == text)
                    return Value(text);
            }
            return wrong(field, phrase("route", "\"%1\" is none of %2").with(text, joined(field.choices)));
        case FieldType::Text:
            break;
        }
        return Value(text);
    }

    Result<FieldEdit> editOf(const EditField &field, const std::string &text)
    {
        if (text.empty())
            return FieldEdit {FieldEdit::Verb::Remove, field.pointer, {}};
        Result<Value> value = readField(field, text);
        if (!value)
            return tl::unexpected(value.error());
        return FieldEdit {FieldEdit::Verb::Set, field.pointer, field.isString ? Value(text) : std::move(*value)};
    }

    /// The group's fields stand in an item of a list: its edits become one of the list where the item comes or goes.
    Result<std::vector<FieldEdit>> itemEdits(const EditGroup &group, std::vector<FieldEdit> edits, bool isEmptied)
    {
        const EditGroup::Item &item = *group.item;
        if (item.index && isEmptied)
            return std::vector<FieldEdit> {{FieldEdit::Verb::Remove, value::childPointer(item.list, *item.index), {}}};
        if (item.index) {
            for (FieldEdit &edit : edits)
                edit.pointer = value::childPointer(item.list, *item.index) + edit.pointer;
            return edits;
        }
        Result<Value> made = value::withFieldEdits(item.blank, edits);
        if (!made)
            return tl::unexpected(made.error());
        return std::vector<FieldEdit> {{FieldEdit::Verb::Insert, item.list + "/-", std::move(*made)}};
    }

    /// What every field of a form shall hold, in the form's order.
    class Wanted {
    public:
        Wanted(const EditForm &form, std::span<const TypedField> typed)
        {
            for (const EditGroup &group : form.groups) {
                for (const EditField &field : group.fields) {
                    std::string &text = m_texts[field.id];
                    text = field.value;
                    for (const TypedField &entry : typed) {
                        if (entry.first == field.id)
                            text = entry.second;
                    }
                    // What it needs stands before it, so its text is known. An own text that was typed is kept, to be refused.
                    const EditField *needed = field.needs.empty() ? nullptr : form.find(field.needs);
                    if (needed != nullptr && !needed->value.empty() && m_texts[field.needs].empty() && text == field.value)
                        text.clear();
                    if (needed != nullptr && needed->value.empty() && !m_texts[field.needs].empty() && text.empty())
                        text = field.startsAs;
                }
            }
        }
        [[nodiscard]] const std::string &operator[](const std::string &id) const { return m_texts.at(id); }

    private:
        std::map<std::string, std::string> m_texts;
    };

    Result<void> checkNames(const EditForm &form, std::span<const TypedField> typed)
    {
        for (const TypedField &entry : typed) {
            if (form.find(entry.first) != nullptr)
                continue;
            std::vector<std::string> known;
            for (const EditGroup &group : form.groups) {
                for (const EditField &field : group.fields)
                    known.push_back(field.id);
            }
            return fail(ErrorCode::NotFound, "no field \"" + entry.first + "\"; there are " + joined(known));
        }
        return {};
    }

} // namespace

const EditField *EditForm::find(std::string_view id) const
{
    for (const EditGroup &group : groups) {
        for (const EditField &field : group.fields) {
            if (field.id == id)
                return &field;
        }
    }
    return nullptr;
}

Result<std::vector<FieldEdit>> planForm(const EditForm &form, std::span<const TypedField> typed)
{
    if (Result<void> known = checkNames(form, typed); !known)
        return tl::unexpected(known.error());
    const Wanted wanted(form, typed);
    std::vector<FieldEdit> edits;
    for (const EditGroup &group : form.groups) {
        std::vector<FieldEdit> ofGroup;
        bool isEmptied = true;
        for (const EditField &field : group.fields) {
            const std::string &text = wanted[field.id];
            isEmptied = isEmptied && text.empty();
            if (text == field.value)
                continue;
            if (!text.empty() && !field.needs.empty() && wanted[field.needs].empty())
                return wrong(field, phrase("route", "\"%1\" means nothing without %2").with(text, field.needs));
            Result<FieldEdit> edit = editOf(field, text);
            if (!edit)
                return tl::unexpected(edit.error());
            ofGroup.push_back(std::move(*edit));
        }
        if (ofGroup.empty())
            continue;
        if (group.item) {
            Result<std::vector<FieldEdit>> ofItem = itemEdits(group, std::move(ofGroup), isEmptied);
            if (!ofItem)
                return tl::unexpected(ofItem.error());
            ofGroup = std::move(*ofItem);
        }
        edits.insert(edits.end(), std::make_move_iterator(ofGroup.begin()), std::make_move_iterator(ofGroup.end()));
    }
    return edits;
}

std::string summaryOf(const EditForm &form, std::span<const TypedField> typed)
{
    const auto shown = [](const std::string &text) { return text.empty() ? std::string("–") : text; };
    const Wanted wanted(form, typed);
    std::string summary;
    for (const EditGroup &group : form.groups) {
        for (const EditField &field : group.fields) {
            if (const std::string &text = wanted[field.id]; text != field.value)
                summary += (summary.empty() ? "" : ", ") + field.id + " " + shown(field.value) + " → " + shown(text);
        }
    }
    return summary;
}

} // namespace fairway::route
