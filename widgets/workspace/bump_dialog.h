#pragma once

#include "core/engine/chart_library.h"
#include "core/engine/chart_matrix.h"
#include "widgets/common/dialogs.h"

class QComboBox;
class QPushButton;

namespace fairway::ui {

class TextLabel;

/// Asks which dependency of a workspace's charts to try in which other version. Versions come from the cached indexes; its repository or
/// registry is asked only when somebody wants that.
class BumpDialog final : public ActionDialog {
    Q_OBJECT
public:
    BumpDialog(const engine::ChartMatrix &matrix, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &dependency, const QString &wanted);

private:
    [[nodiscard]] const chart::WorkspaceDependency *current() const;
    [[nodiscard]] QWidget *versionRow();
    void findVersions(bool isFresh);
    void takeVersions(const QStringList &versions, const QString &problem);
    void showDependency();
    void refresh();

    const chart::WorkspaceDependencies m_dependencies;
    const chart::Workspace m_workspace;
    engine::ChartLibrary m_library;
    bool m_isFresh = false; ///< The repository itself was asked.
    QComboBox *m_name;
    QComboBox *m_version;
    QPushButton *m_ask;
    TextLabel *m_users;
    TextLabel *m_message;
};

} // namespace fairway::ui
