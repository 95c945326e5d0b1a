#include "app/fairway/pages.h"
#include "core/engine/engine.h"
#include "tests/bench/window/heartbeat.h"
#include "widgets/frame/main_window.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QScrollBar>
#include <QSettings>
#include <QTableView>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

// The window as app/fairway composes it, with a stopwatch: prints one JSON object. bench_window.py is what people run.
using namespace fairway;
using bench::Clock;
using bench::Heartbeat;
using bench::since;

namespace {

constexpr int FrameMs = 16;

/// Start, list, scroll, follow changes; then print and end.
class Probe : public QObject {
    Q_OBJECT
public:
    Probe(ui::MainWindow &window, engine::Engine &engine, Clock::time_point processStart, Clock::time_point connectStart, int rows, int seconds)
        : m_window(window)
        , m_engine(engine)
        , m_processStart(processStart)
        , m_connectStart(connectStart)
        , m_rows(rows)
        , m_seconds(seconds)
    {
        auto *look = new QTimer(this);
        look->setTimerType(Qt::PreciseTimer);
        look->setInterval(2);
        connect(look, &QTimer::timeout, this, [this, look] {
            if (m_usable == 0 && isUsable()) {
                m_window.repaint();
                m_usable = since(m_processStart);
            }
            if (m_rows == 0 ? m_usable > 0 : isListed()) {
                look->stop();
                if (m_rows == 0)
                    print();
                else
                    scroll(podTable());
            }
        });
        look->start();
    }

private:
    [[nodiscard]] bool isUsable() const
    {
        return m_engine.contexts().connection().state == engine::Connection::Live && m_engine.routes().isLoaded();
    }

    bool isListed()
    {
        QTableView *table = podTable();
        if (!table || table->model()->rowCount() < m_rows)
            return false;
        table->repaint();
        m_listed = since(m_connectStart);
        return true;
    }

    [[nodiscard]] QTableView *podTable() const
    {
        for (QTableView *table : m_window.findChildren<QTableView *>()) {
            if (table->isVisible() && table->model() && table->model()->rowCount() > 0)
                return table;
        }
        return nullptr;
    }

    /// A wheel's worth every frame, down and up again, while the cluster goes on changing.
    void scroll(QTableView *table)
    {
        m_beats = new Heartbeat(this);
        auto *frame = new QTimer(this);
        frame->setTimerType(Qt::PreciseTimer);
        frame->setInterval(FrameMs);
        connect(frame, &QTimer::timeout, this, [this, table, frame] {
            QScrollBar *bar = table->verticalScrollBar();
            const int step = std::max(1, bar->maximum() / 150);
            if (bar->value() == bar->maximum() || bar->value() == bar->minimum())
                m_direction = bar->value() == bar->minimum() ? 1 : -1;
            bar->setValue(bar->value() + m_direction * step);
            const Clock::time_point start = Clock::now();
            table->viewport()->repaint();
            m_frames.push_back(since(start));
            if (m_frames.size() * FrameMs >= static_cast<std::size_t>(m_seconds) * 1000) {
                frame->stop();
                print();
            }
        });
        frame->start();
    }

    void print()
    {
        std::sort(m_frames.begin(), m_frames.end());
        const auto at = [this](std::size_t percent) { return m_frames.empty() ? 0 : m_frames[(m_frames.size() - 1) * percent / 100]; };
        std::printf("{\"usable_ms\":%.1f,\"listed_ms\":%.1f,\"frames\":%zu,\"frame_p50_ms\":%.2f,\"frame_p99_ms\":%.2f,"
                    "\"frame_max_ms\":%.2f,\"gap_max_ms\":%.2f,\"gaps_late\":%ld,\"beats\":%zu}\n",
            m_usable, m_listed, m_frames.size(), at(50), at(99), at(100), m_beats ? m_beats->worst() : 0,
            m_beats ? m_beats->late() : 0, m_beats ? m_beats->beats() : 0);
        std::fflush(stdout);
        QCoreApplication::quit();
    }

    ui::MainWindow &m_window;
    engine::Engine &m_engine;
    Clock::time_point m_processStart;
    Clock::time_point m_connectStart;
    int m_rows;
    int m_seconds;
    int m_direction = 1;
    double m_usable = 0;
    double m_listed = 0;
    Heartbeat *m_beats = nullptr;
    std::vector<double> m_frames;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({
        {QStringLiteral("started"), QStringLiteral("Monotonic nanoseconds at which the caller started this."), QStringLiteral("NS")},
        {QStringLiteral("state"), QStringLiteral("Folder for the state."), QStringLiteral("FOLDER")},
        {QStringLiteral("kubeconfig"), QStringLiteral("Cluster; none: the practice cluster."), QStringLiteral("FILE")},
        {QStringLiteral("rows"), QStringLiteral("Pods to wait for in Explorer, then scroll."), QStringLiteral("N"), QStringLiteral("0")},
        {QStringLiteral("seconds"), QStringLiteral("How long to scroll."), QStringLiteral("S"), QStringLiteral("10")},
    });
    parser.process(application);
    const Clock::time_point started {std::chrono::nanoseconds(parser.value(QStringLiteral("started")).toLongLong())};

    ui::installTheme(application, ui::SchemeChoice::Dark);
    engine::EngineOptions options;
    options.stateFolder = parser.value(QStringLiteral("state"));
    options.kubeconfig = parser.value(QStringLiteral("kubeconfig"));
    options.startLab = options.kubeconfig.isEmpty();
    QSettings settings(options.stateFolder + QStringLiteral("/window.ini"), QSettings::IniFormat);
    const Clock::time_point connecting = Clock::now();
    const std::unique_ptr<engine::Engine> engine = engine::createEngine(options);
    ui::MainWindow window(*engine, settings);
    window.addPages(ui::railPages(*engine));
    window.resize(1440, 900);
    const int rows = parser.value(QStringLiteral("rows")).toInt();
    window.openTarget(rows > 0 ? QStringLiteral("explorer:v1/pods") : QStringLiteral("routes:VirtualService/shop/reviews"));
    window.show();
    Probe probe(window, *engine, started, connecting, rows, parser.value(QStringLiteral("seconds")).toInt());
    return QApplication::exec();
}

#include "probe.moc"
