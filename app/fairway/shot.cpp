#include "app/fairway/shot.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace fairway::ui {
namespace {
constexpr int PatienceMs = 30000;
constexpr int SettleMs = 1500; ///< Mini bars, findings and the first figures arrive just after the lists.
} // namespace

Shot::Shot(QWidget &window, engine::Engine &engine, QString file, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_engine(engine)
    , m_file(std::move(file))
{
    m_clock.start();
    auto *timer = new QTimer(this);
    timer->setInterval(100);
    connect(timer, &QTimer::timeout, this, &Shot::look);
    timer->start();
}

void Shot::look()
{
    if (m_isTaken)
        return;
    // A chart needs no cluster.
    const engine::ChartService &charts = m_engine.charts();
    const bool isChartThere = charts.hasOrigins() || charts.state() == engine::ChartService::State::Failed;
    const bool isLive = m_engine.contexts().connection().state == engine::Connection::Live && m_engine.routes().isLoaded();
    const bool isComplete = charts.state() == engine::ChartService::State::Closed ? isLive : isChartThere;
    if (!isComplete && m_clock.elapsed() < PatienceMs)
        return;
    m_isTaken = true;
    QTimer::singleShot(SettleMs, this, [this, isComplete] { take(isComplete); });
}

void Shot::take(bool isComplete)
{
    if (!m_window.grab().save(m_file)) {
        std::fprintf(stderr, "fairway: %s: can't be written\n", qPrintable(m_file));
        QCoreApplication::exit(2);
        return;
    }
    std::printf("%s\n", qPrintable(m_file));
    QCoreApplication::exit(isComplete ? 0 : 1);
}

} // namespace fairway::ui
