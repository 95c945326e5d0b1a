#pragma once

#include "core/engine/chart_library.h"
#include "widgets/common/dialogs.h"

class QComboBox;
class QProgressBar;
class QStackedWidget;
class QTableView;

namespace fairway::ui {

class EmptyState;
class LibraryFilter;
class LibraryModel;
class TextLabel;

/// Finds a chart in the user's repositories, or takes an oci:// reference or a URL, fetches it and opens it: packed and read only, or
/// unpacked into a folder to be edited. What was fetched stays in the cache, so that it opens again without a network.
class LibraryDialog final : public ActionDialog {
    Q_OBJECT
public:
    explicit LibraryDialog(QWidget *parent);

Q_SIGNALS:
    void opened(const QString &path); ///< A .tgz or a folder.

private:
    QWidget *buildRepositories();
    QWidget *buildRegistry();
    QWidget *buildFoot();
    void takeListing(const engine::LibraryListing &listing);
    void takeVersions(const QStringList &versions, const QString &problem);
    void takeFetched(const QString &path, const QString &problem);
    void showProgress(const QString &what, qint64 received, qint64 total);
    void showVersions();
    void fetch(const QString &unpackInto);
    void askFolder();
    void findVersions();
    void update();
    void stop();
    void tell(const QString &sentence, bool isBad);
    void refresh();
    [[nodiscard]] bool isRegistry() const;
    [[nodiscard]] QString reference() const; ///< Empty: nothing is chosen.

    engine::ChartLibrary m_library;
    engine::LibraryListing m_listing;
    bool m_isListed = false;
    bool m_isFetching = false;
    QPushButton *m_repositories = nullptr;
    QPushButton *m_registry = nullptr;
    QStackedWidget *m_pages = nullptr;
    QLineEdit *m_search = nullptr;
    QPushButton *m_update = nullptr;
    QTableView *m_table = nullptr;
    EmptyState *m_empty = nullptr;
    LibraryModel *m_model = nullptr;
    LibraryFilter *m_filter = nullptr;
    QLineEdit *m_reference = nullptr;
    QPushButton *m_find = nullptr;
    QComboBox *m_version = nullptr;
    QWidget *m_busy = nullptr;
    QProgressBar *m_progress = nullptr;
    TextLabel *m_progressText = nullptr;
    TextLabel *m_message = nullptr;
    QPushButton *m_unpack = nullptr;
};

} // namespace fairway::ui
