#include "widgets/routes/mesh_dialog.h"

#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/mesh_view.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace fairway::ui {

MeshDialog::MeshDialog(engine::RouteService &routes, QWidget *parent)
    : QDialog(parent)
    , m_routes(routes)
    , m_timer(new QTimer(this))
    , m_filter(new QLineEdit)
    , m_broken(new QPushButton(tr("Only broken")))
    , m_save(new QPushButton(tr("Save as SVG…")))
    , m_state(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_stack(new QStackedWidget)
    , m_view(new MeshView)
    , m_empty(new EmptyState)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Mesh"));
    build();
    m_timer->setSingleShot(true);
    m_timer->setInterval(250);
    connect(m_timer, &QTimer::timeout, this, &MeshDialog::draw);
    const auto later = [this] { m_timer->start(); };
    connect(m_filter, &QLineEdit::textChanged, this, later);
    connect(m_broken, &QPushButton::toggled, this, &MeshDialog::draw);
    connect(&m_routes, &engine::RouteService::rowsChanged, this, later);
    connect(&m_routes, &engine::RouteService::meshDrawn, this, &MeshDialog::take);
    connect(&theme(), &Theme::changed, this, later);
    connect(m_save, &QPushButton::clicked, this, &MeshDialog::save);
    connect(m_view, &MeshView::routeChosen, this, [this](const QString &id) {
        Q_EMIT routeChosen(id);
        accept();
    });
    draw();
    m_view->setFocus();
}

void MeshDialog::build()
{
    auto *header = new PageHeader(tr("Mesh"));
    header->setNote(tr("hosts, rules, destinations, pods"));
    m_filter->setPlaceholderText(tr("Filter (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter the mesh"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(220);
    setCompact(m_filter);
    m_broken->setCheckable(true);
    m_broken->setAutoDefault(false);
    m_broken->setToolTip(tr("Only routes that lead to a place where requests can't get through"));
    setButtonKind(m_broken, ButtonKind::Chip);
    m_save->setAutoDefault(false);
    m_save->setIcon(lineIcon(QStringLiteral("export"), Token::Text));
    m_save->setToolTip(tr("Save what is drawn (Ctrl+S)"));
    setCompact(m_save);
    header->addWidget(m_filter);
    header->addWidget(m_broken);
    const auto zoom = [this, header](const QString &sign, const QString &name, auto run) {
        auto *button = new QPushButton(sign);
        button->setAccessibleName(name);
        button->setToolTip(name);
        button->setAutoDefault(false);
        button->setFixedWidth(28);
        setCompact(button);
        connect(button, &QPushButton::clicked, m_view, run);
        header->addWidget(button);
    };
    zoom(QStringLiteral("−"), tr("Smaller (-)"), [this] { m_view->zoomBy(0.8); });
    zoom(QStringLiteral("+"), tr("Larger (+)"), [this] { m_view->zoomBy(1.25); });
    zoom(QStringLiteral("◻"), tr("Fit it in (0)"), [this] { m_view->fit(); });
    header->addWidget(m_save);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 6, 16, 8);
    foot->addWidget(m_state, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(m_stack, 1);
    column->addWidget(new Hairline);
    column->addLayout(foot);
    resize(1080, 720);
    const auto add = [this](const QString &text, const QKeySequence &key, auto run) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
    };
    add(tr("Filter the mesh"), QKeySequence::Find, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    add(tr("Save as SVG"), QKeySequence::Save, [this] { m_save->click(); });
}

void MeshDialog::draw()
{
    const auto color = [](Token token) { return theme().color(token).name(); };
    engine::MeshRequest request;
    request.filter = m_filter->text();
    request.onlyBroken = m_broken->isChecked();
    request.text = color(Token::Text);
    request.muted = color(Token::Muted);
    request.line = color(Token::Muted);
    request.surface = color(Token::Surface);
    request.host = color(Token::Raised);
    request.broken = color(Token::Bad);
    m_state->setText(tr("Drawing…"));
    m_routes.drawMesh(request);
}

void MeshDialog::take(const engine::MeshPicture &picture)
{
    m_svg = picture.svg;
    m_save->setEnabled(!m_svg.isEmpty());
    m_save->setToolTip(m_svg.isEmpty() ? tr("There is nothing to save") : tr("Save what is drawn (Ctrl+S)"));
    if (!picture.problem.isEmpty()) {
        m_empty->show(EmptyState::Kind::Empty, picture.problem, m_filter->text().isEmpty() && !m_broken->isChecked() ? QString() : tr("Widen the filter to see more."));
        m_stack->setCurrentWidget(m_empty);
        m_state->clear();
        return;
    }
    m_view->setPicture(picture);
    m_stack->setCurrentWidget(m_view);
    QString state = tr("Routes: %1. Press a rule to open it; Ctrl and the wheel zoom.").arg(picture.routes);
    if (picture.leftOut > 0) {
        state = tr("Routes: %1; %2 more have no room: filter for what you look for.").arg(picture.routes).arg(picture.leftOut);
    }
    m_state->setText(state);
    m_state->setToken(picture.leftOut > 0 ? Token::Warning : Token::Muted);
}

void MeshDialog::save()
{
    auto *chooser = new QFileDialog(this, tr("Save the mesh"), QStringLiteral("mesh.svg"), tr("SVG drawings (*.svg)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    connect(chooser, &QFileDialog::fileSelected, this, [this, svg = m_svg](const QString &path) {
        QSaveFile file(path);
        const bool isSaved = file.open(QIODevice::WriteOnly) && file.write(svg) == svg.size() && file.commit();
        m_state->setText(isSaved ? tr("Saved to %1").arg(path) : tr("Not saved: %1").arg(file.errorString()));
        m_state->setToken(isSaved ? Token::Muted : Token::Bad);
    });
    chooser->open();
}

} // namespace fairway::ui
