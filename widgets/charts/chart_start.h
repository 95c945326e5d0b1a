#pragma once

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace fairway::ui {

class TextLabel;

/// What the page shows while no chart is open: the ways to open one, those of late, and why the last one could not be opened.
class ChartStart final : public QWidget {
    Q_OBJECT
public:
    explicit ChartStart(QWidget *parent = nullptr);
    void setRecent(const QStringList &paths);
    void setProblem(const QString &path, const QString &problem); ///< Empty: none.

Q_SIGNALS:
    void openFolderRequested();
    void openArchiveRequested();
    void openLibraryRequested();
    void openWorkspaceRequested();
    void lookBelowRequested(const QString &folder); ///< What could not be opened may hold charts.
    void openRequested(const QString &path);

private:
    TextLabel *m_title;
    TextLabel *m_sentence;
    QWidget *m_recent;
    QVBoxLayout *m_rows;
    QPushButton *m_below;
    QString m_path; ///< Of what can't be opened.
    QStringList m_shown;
};

/// "~/charts/checkout"
[[nodiscard]] QString homePath(const QString &path);

} // namespace fairway::ui
