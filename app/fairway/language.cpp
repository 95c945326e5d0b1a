#include "app/fairway/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <cstring>

namespace fairway::ui {
namespace {

/// lupdate of Qt 6.4 does not see `namespace a::b {`: in the .ts a class stands without its namespace, while tr() asks with
/// it. So what is not found under the full name is looked up under its last parts ("RoutesPage::Private", then "Private"), and then
/// where lupdate puts the strings of file-local helpers: under the helper's own name or the namespace around it.
class Translator final : public QTranslator {
public:
    using QTranslator::QTranslator;

    [[nodiscard]] QString translate(
        const char *context, const char *sourceText, const char *disambiguation, int n) const override
    {
        for (const char *name = context; name != nullptr; name = std::strchr(name, ':')) {
            name += std::strspn(name, ":");
            if (const QString found = QTranslator::translate(name, sourceText, disambiguation, n); !found.isEmpty())
                return found;
        }
        for (const char *name : {"Words", "fairway::engine"}) {
            if (const QString found = QTranslator::translate(name, sourceText, disambiguation, n); !found.isEmpty())
                return found;
        }
        return {};
    }
};

} // namespace

void installLanguage(QCoreApplication &application, const QString &language)
{
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    if (locale.language() == QLocale::English)
        return;
    QLocale::setDefault(locale);
    auto *qtWords = new QTranslator(&application);
    if (qtWords->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qtWords);
    auto *ours = new Translator(&application);
    if (ours->load(locale, QStringLiteral("fairway"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(ours);
}

} // namespace fairway::ui
