#include "widgets/values/value_form_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace fairway::ui {

namespace {

/// The context of these texts for translators.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::FormWords)
};

QString number(double value)
{
    return QString::number(value, 'g', 15);
}

QString range(const chart::FieldFacts &field)
{
    if (field.minimum && field.maximum && !field.isAboveMinimum && !field.isBelowMaximum)
        return Words::tr("%1 to %2").arg(number(*field.minimum), number(*field.maximum));
    QStringList parts;
    if (field.minimum)
        parts << (field.isAboveMinimum ? Words::tr("above %1") : Words::tr("at least %1")).arg(number(*field.minimum));
    if (field.maximum)
        parts << (field.isBelowMaximum ? Words::tr("below %1") : Words::tr("at most %1")).arg(number(*field.maximum));
    return parts.join(QStringLiteral(", "));
}

} // namespace

QString fieldTitle(const chart::FieldFacts &field, bool isItem)
{
    if (!field.title.empty())
        return QString::fromStdString(field.title);
    const QString name = QString::fromStdString(field.name);
    return isItem ? Words::tr("Item %1").arg(name.toInt() + 1) : name;
}

QString fieldBounds(const chart::FieldFacts &field)
{
    QStringList parts;
    if (const QString between = range(field); !between.isEmpty())
        parts << between;
    if (field.step)
        parts << Words::tr("in steps of %1").arg(number(*field.step));
    const bool isList = field.kind == chart::FieldFacts::Kind::List;
    if (field.minimumLength)
        parts << (isList ? Words::tr("at least %1 items") : Words::tr("at least %1 characters")).arg(*field.minimumLength);
    if (field.maximumLength)
        parts << (isList ? Words::tr("at most %1 items") : Words::tr("at most %1 characters")).arg(*field.maximumLength);
    if (!field.pattern.empty())
        parts << Words::tr("matches %1").arg(QString::fromStdString(field.pattern));
    return parts.join(QStringLiteral(", "));
}

QString fieldKindName(chart::FieldFacts::Kind kind)
{
    using Kind = chart::FieldFacts::Kind;
    switch (kind) {
    case Kind::Section: return Words::tr("section");
    case Kind::List: return Words::tr("list");
    case Kind::Bool: return Words::tr("on or off");
    case Kind::Int: return Words::tr("whole number");
    case Kind::Number: return Words::tr("number");
    case Kind::String: return Words::tr("text");
    case Kind::Enum: return Words::tr("choice");
    case Kind::Any: return Words::tr("any YAML");
    }
    return {};
}

QString faultText(const std::string &fault)
{
    if (fault == "missing: the chart needs this value")
        return Words::tr("missing: the chart needs this value");
    if (fault == "not a whole number")
        return Words::tr("not a whole number");
    if (fault == "not a number")
        return Words::tr("not a number");
    return QString::fromStdString(fault);
}

} // namespace fairway::ui
