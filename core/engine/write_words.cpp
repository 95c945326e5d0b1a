#include "core/engine/write_words.h"

#include "core/engine/text.h"
#include "core/engine/writes.h"

#include <QCoreApplication>

#include <optional>

namespace fairway::engine {
namespace {

    QString fieldsText(
        const std::vector<operate::WrittenField> &fields, std::optional<std::string> operate::WrittenField::*side)
    {
        QString text;
        for (const operate::WrittenField &field : fields)
            text += toQString(field.pointer) + QLatin1String(": ")
                + ((field.*side) ? toQString(*(field.*side)) : QStringLiteral("(absent)")) + QLatin1Char('\n');
        return text;
    }

    /// What Undo of the entry writes, short enough for a sentence: "75 / 25 → 90 / 10".
    QString undoText(const std::vector<operate::WrittenField> &fields)
    {
        constexpr std::size_t mostFields = 8;
        constexpr qsizetype mostCharacters = 60;
        QStringList from;
        QStringList to;
        for (const operate::WrittenField &field : fields) {
            from.append(field.after ? toQString(*field.after) : QStringLiteral("–"));
            to.append(field.before ? toQString(*field.before) : QStringLiteral("–"));
        }
        const QString text = QStringLiteral("%1 → %2").arg(from.join(QLatin1String(" / ")), to.join(QLatin1String(" / ")));
        if (fields.empty() || fields.size() > mostFields || text.size() > mostCharacters)
            return Writes::tr("every field written, back to what it was");
        return text;
    }

    template <typename Take>
    void eachLine(std::string_view text, Take take)
    {
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            take(text.substr(0, end));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
    }

} // namespace

DiffLine toLine(const operate::DiffLine &line)
{
    DiffLine out;
    switch (line.kind) {
    case operate::DiffLine::Kind::Header:
        out.kind = DiffLine::Kind::Header;
        break;
    case operate::DiffLine::Kind::Context:
        out.kind = DiffLine::Kind::Context;
        break;
    case operate::DiffLine::Kind::Removed:
        out.kind = DiffLine::Kind::Removed;
        break;
    case operate::DiffLine::Kind::Added:
        out.kind = DiffLine::Kind::Added;
        break;
    }
    out.text = toQString(line.text);
    return out;
}

QList<DiffLine> linesOfUnified(std::string_view diff)
{
    QList<DiffLine> lines;
    eachLine(diff, [&](std::string_view text) {
        using Kind = DiffLine::Kind;
        const bool isHeader = text.starts_with("---") || text.starts_with("+++") || text.starts_with("@@");
        const Kind kind = isHeader ? Kind::Header : text.starts_with('-') ? Kind::Removed : text.starts_with('+') ? Kind::Added : Kind::Context;
        lines.append({kind, toQString(isHeader || text.empty() ? text : text.substr(1))});
    });
    return lines;
}

QList<DiffLine> addedLines(std::string_view text)
{
    QList<DiffLine> lines;
    eachLine(text, [&](std::string_view line) { lines.append({DiffLine::Kind::Added, toQString(line)}); });
    return lines;
}

JournalEntry toEntry(const operate::JournalEntry &entry)
{
    JournalEntry out;
    out.id = entry.id;
    out.when = toQDateTime(entry.when);
    out.who = toQString(entry.who);
    out.context = toQString(entry.context.name);
    out.object = toQString(entry.object.display());
    // Kept as the words of whoever wrote; what undo puts in front is English.
    const std::string_view summary = entry.summary;
    out.summary = summary.starts_with(operate::UndoOf)
        ? QCoreApplication::translate("operate", "undo of: %1").arg(toQString(summary.substr(operate::UndoOf.size())))
        : toQString(summary);
    out.state = toQString(operate::toString(entry.state));
    out.canUndo = entry.canUndo && (entry.state == operate::EntryState::Applied || entry.state == operate::EntryState::Partly);
    // The journal keeps plain English; a note that is a whole phrase of core is said in the window's language.
    out.undoNote = QCoreApplication::translate("operate", (entry.undoNote.empty() ? entry.note : entry.undoNote).c_str());
    if (out.canUndo && out.undoNote.isEmpty())
        out.undoNote = undoText(entry.fields);
    out.reason = toQString(entry.reason);
    out.before = fieldsText(entry.fields, &operate::WrittenField::before);
    out.after = fieldsText(entry.fields, &operate::WrittenField::after);
    for (const operate::JournalPart &part : entry.parts) {
        const QString object = toQString(part.object.display());
        if (&part != &entry.parts.front())
            out.object += QLatin1String(", ") + object;
        out.before += object + QLatin1Char('\n') + fieldsText(part.fields, &operate::WrittenField::before);
        out.after += object + QLatin1Char('\n') + fieldsText(part.fields, &operate::WrittenField::after);
    }
    return out;
}

} // namespace fairway::engine
