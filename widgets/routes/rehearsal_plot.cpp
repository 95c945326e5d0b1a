#include "widgets/routes/rehearsal_plot.h"

#include "widgets/common/format.h"
#include "widgets/theme/theme.h"

#include <QVBoxLayout>

#include <cmath>

#include <qcustomplot.h>

namespace fairway::ui {

namespace {
constexpr int shareGraphs = 6; // band low, band high, last 3 s, since start, draft, end dot

QSharedPointer<QCPAxisTickerFixed> fixedTicker(double step)
{
    auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
    ticker->setTickStep(step);
    return ticker;
}

QPen pen(const QColor &color, double width, bool isDashed = false)
{
    QPen out(color, width);
    out.setJoinStyle(Qt::RoundJoin);
    if (isDashed) {
        out.setDashPattern({4, 3});
    }
    return out;
}
} // namespace

RehearsalPlot::RehearsalPlot(Kind kind, QWidget *parent)
    : QWidget(parent), m_kind(kind), m_plot(new QCustomPlot(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_plot);
    m_plot->setMinimumHeight(96);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->axisRect()->setupFullAxesBox(true);
    m_plot->axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    m_plot->axisRect()->setMargins(QMargins(0, 8, 16, 0));
    m_plot->axisRect()->setMinimumMargins(QMargins(29, 8, 16, 18));
    if (kind == Kind::Share) {
        for (int i = 0; i < shareGraphs; ++i) {
            m_plot->addGraph();
        }
    }
    setAccessibleName(kind == Kind::Share ? tr("Plot of the measured share") : tr("Plot of latency"));
    connect(&theme(), &Theme::changed, this, [this] {
        applyTheme();
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    });
    setTicks(60);
    applyTheme();
}

RehearsalPlot::~RehearsalPlot() = default;

void RehearsalPlot::applyTheme()
{
    const QColor line = theme().color(Token::Line);
    const QColor muted = theme().color(Token::Muted);
    m_plot->setBackground(QBrush(theme().color(Token::Window)));
    m_plot->axisRect()->setBackground(QBrush(theme().color(Token::Surface)));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis, m_plot->xAxis2, m_plot->yAxis2}) {
        axis->setBasePen(pen(line, 1));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(muted);
        axis->setTickLabelFont(theme().font(FontRole::Tiny));
        axis->setTickLabelPadding(5);
        QPen grid(line, 1, Qt::DotLine);
        axis->grid()->setPen(grid);
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    if (m_kind == Kind::Share) {
        const QColor role = theme().roleColor(m_roles.value(m_watched, engine::Role::Canary));
        QColor band = role;
        band.setAlphaF(0.25F);
        QColor faint = role;
        faint.setAlphaF(theme().isDark() ? 0.6F : 0.5F);
        m_plot->graph(0)->setPen(Qt::NoPen);
        m_plot->graph(1)->setPen(Qt::NoPen);
        m_plot->graph(1)->setBrush(band);
        m_plot->graph(1)->setChannelFillGraph(m_plot->graph(0));
        m_plot->graph(2)->setPen(pen(faint, 1.2));
        m_plot->graph(3)->setPen(pen(role, 2.2));
        m_plot->graph(4)->setPen(pen(theme().color(Token::Text), 1.2, true));
        m_plot->graph(5)->setPen(Qt::NoPen);
        m_plot->graph(5)->setLineStyle(QCPGraph::lsNone);
        m_plot->graph(5)->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(role), QBrush(role), 7));
    } else {
        for (int i = 0; i < m_plot->graphCount(); ++i) {
            const QColor role = theme().roleColor(m_roles.value(i / 2, engine::Role::Other));
            m_plot->graph(i)->setPen(pen(role, 1.6, i % 2 == 1));
        }
    }
}

void RehearsalPlot::setTicks(double seconds)
{
    const double shown = std::max(10.0, seconds);
    double step = 5;
    for (const double candidate : {5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0}) {
        step = candidate;
        if (shown / candidate <= (m_kind == Kind::Share ? 4.5 : 2.5)) {
            break;
        }
    }
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (int i = 0; i * step <= shown + 0.01 && i < 100; ++i) {
        const bool isLast = (i + 1) * step > shown + 0.01;
        ticker->addTick(i * step, isLast ? tr("%1 s").arg(i * step) : QString::number(i * step));
    }
    m_plot->xAxis->setTicker(ticker);
    m_plot->xAxis2->setTickLabels(false);
    m_plot->yAxis2->setTickLabels(false);
    m_plot->xAxis->setRange(0, shown);
}

void RehearsalPlot::show(const RehearsalHistory &history, qsizetype watched, double planned)
{
    const QList<RehearsalHistory::Sample> &samples = history.samples();
    QList<engine::Role> roles;
    if (!samples.isEmpty()) {
        for (const engine::RehearsalShare &share : samples.last().shares) {
            roles.append(share.role);
        }
    }
    const bool isNewLook = roles != m_roles || watched != m_watched;
    m_roles = roles;
    m_watched = watched;
    if (m_kind == Kind::Latency) {
        while (m_plot->graphCount() < 2 * roles.size()) {
            m_plot->addGraph();
        }
        while (m_plot->graphCount() > 2 * roles.size()) {
            m_plot->removeGraph(m_plot->graphCount() - 1);
        }
    }
    if (isNewLook) {
        applyTheme();
    }
    // The time axis shows a minute first and grows in steps: a curve that is squeezed all the time can't be read.
    const double elapsed = samples.isEmpty() ? 0 : samples.last().seconds;
    double shown = std::min(planned > 0 ? planned : 60.0, 60.0);
    while (shown < elapsed) {
        shown *= 2;
    }
    setTicks(shown);
    if (m_kind == Kind::Share) {
        showShare(history, watched);
    } else {
        showLatency(history);
    }
    describe(history, watched);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void RehearsalPlot::showShare(const RehearsalHistory &history, qsizetype watched)
{
    QVector<double> x;
    QVector<double> low;
    QVector<double> high;
    QVector<double> recent;
    QVector<double> share;
    for (const RehearsalHistory::Sample &sample : history.samples()) {
        const engine::RehearsalShare s = sample.shares.value(watched);
        x.append(sample.seconds);
        low.append(s.low * 100);
        high.append(s.high * 100);
        recent.append(s.recentShare * 100);
        share.append(s.share * 100);
    }
    m_plot->graph(0)->setData(x, low, true);
    m_plot->graph(1)->setData(x, high, true);
    m_plot->graph(2)->setData(x, recent, true);
    m_plot->graph(3)->setData(x, share, true);
    m_plot->graph(5)->setData(x.isEmpty() ? x : QVector<double> {x.last()}, share.isEmpty() ? share : QVector<double> {share.last()}, true);
    if (history.samples().isEmpty()) {
        m_plot->graph(4)->setData({}, {}, true);
    } else {
        const double expected = history.samples().last().shares.value(watched).expected * 100;
        m_plot->graph(4)->setData({0, m_plot->xAxis->range().upper}, {expected, expected}, true);
    }
    const double bottom = history.shareBottom(watched);
    const double top = history.samples().isEmpty() ? 100 : history.shareTop(watched);
    m_plot->yAxis->setRange(bottom, top);
    m_plot->yAxis->setTicker(fixedTicker(top - bottom > 60 ? 25 : top - bottom > 20 ? 10 : 5));
}

void RehearsalPlot::showLatency(const RehearsalHistory &history)
{
    for (int i = 0; i < m_plot->graphCount(); ++i) {
        QVector<double> x;
        QVector<double> y;
        for (const RehearsalHistory::Sample &sample : history.samples()) {
            const engine::RehearsalShare share = sample.shares.value(i / 2);
            const double value = i % 2 == 0 ? share.p50Ms : share.p95Ms;
            if (value > 0) { // A second without a request has no latency.
                x.append(sample.seconds);
                y.append(value);
            }
        }
        m_plot->graph(i)->setData(x, y, true);
    }
    const double top = history.samples().isEmpty() ? 100 : history.latencyTop();
    m_plot->yAxis->setRange(0, top);
    m_plot->yAxis->setTicker(fixedTicker(top / 4));
}

void RehearsalPlot::describe(const RehearsalHistory &history, qsizetype watched)
{
    if (history.samples().isEmpty()) {
        setAccessibleDescription(tr("Nothing measured yet."));
        return;
    }
    const RehearsalHistory::Sample &last = history.samples().last();
    if (m_kind == Kind::Share) {
        const engine::RehearsalShare share = last.shares.value(watched);
        setAccessibleDescription(tr("%1 after %2 s: %3 since the start, between %4 and %5, last 3 s %6, draft %7; %8 points drawn.")
                                     .arg(share.label)
                                     .arg(std::lround(last.seconds))
                                     .arg(percent(share.share, 1), percent(share.low, 1), percent(share.high, 1), percent(share.recentShare, 1),
                                         percent(share.expected, 1))
                                     .arg(history.samples().size()));
        return;
    }
    QStringList parts;
    for (const engine::RehearsalShare &share : last.shares) {
        parts.append(tr("%1 p50 %2, p95 %3").arg(share.label, milliseconds(share.p50Ms), milliseconds(share.p95Ms)));
    }
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
}

} // namespace fairway::ui
