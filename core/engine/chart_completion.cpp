#include "core/engine/chart_completion.h"

#include "core/engine/chart_form.h"
#include "core/engine/task_thread.h"
#include "core/engine/text.h"

#include <QMetaObject>

#include <utility>

namespace fairway::engine {

namespace {

/// The text without what is being typed: a key that has no colon yet would make the whole of it unreadable.
std::string withoutLine(const std::string &text, std::size_t line)
{
    std::size_t start = 0;
    for (std::size_t i = 0; i < line && start != std::string::npos; ++i) {
        const std::size_t end = text.find('\n', start);
        start = end == std::string::npos ? end : end + 1;
    }
    if (start == std::string::npos)
        return text;
    const std::size_t end = text.find('\n', start);
    return text.substr(0, start) + (end == std::string::npos ? std::string() : text.substr(end));
}

std::vector<chart::Completion> offersAt(chart::FormSource source, const chart::CompletionPlace &place, std::size_t line)
{
    const std::string text = std::exchange(source.text, {});
    source.text = withoutLine(text, line);
    Result<chart::ValueForm> form = chart::makeValueForm(source);
    if (!form) { // broken elsewhere, too: schema and defaults know most
        source.text.clear();
        form = chart::makeValueForm(source);
    }
    return form ? chart::completionsAt(form->root, place) : std::vector<chart::Completion>();
}

} // namespace

ChartCompletion::ChartCompletion(const ChartService &charts, QObject *parent)
    : QObject(parent)
    , m_charts(charts)
    , m_thread(std::make_unique<TaskThread>())
{
}

ChartCompletion::~ChartCompletion()
{
    m_thread->stop();
}

void ChartCompletion::ask(const QString &file, int line, int column)
{
    const quint64 number = ++m_asked;
    m_thread->post([this, number, file, line = static_cast<std::size_t>(line - 1), column = static_cast<std::size_t>(column), source = formSource(m_charts, file)]() mutable {
        const std::optional<chart::CompletionPlace> place = chart::completionPlace(source.text, line, column);
        std::vector<chart::Completion> offers;
        if (place)
            offers = offersAt(std::move(source), *place, line);
        QMetaObject::invokeMethod(this, [this, number, file, place = place.value_or(chart::CompletionPlace()), offers = std::move(offers)] {
            if (number == m_asked)
                Q_EMIT answered(file, place, offers);
        }, Qt::QueuedConnection);
    });
}

} // namespace fairway::engine
