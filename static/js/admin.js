// What Unfold's templates ask Alpine for. Its own skeleton has this inside attributes, as scripts that only
// 'unsafe-eval' would run; the build of Alpine we use looks names up here instead.
/* global Alpine, sortRecords, moveRecords, searchForm */
document.addEventListener("alpine:init", () => {
  Alpine.data("organizersPage", () => ({
    openModal: false,
    filterOpen: false,
    sidebarDesktopOpen: true,
    activeTab: "",
    // Names that expressions in Unfold's templates use and that are no part of their own data.
    window: { location: { pathname: location.pathname, search: location.search } },
    sortRecords,
    moveRecords,

    init() {
      const tabs = [...document.querySelectorAll("#tabs-items a")].map((tab) => tab.hash?.slice(1));
      const wanted = location.hash.slice(1);
      this.activeTab = wanted && tabs.includes(wanted) ? wanted : this.$root.dataset.tab || "general";
      for (const name of ["openModal", "filterOpen"]) {
        this.$watch(name, (open) => document.body.classList.toggle("overflow-hidden", open));
      }
    },
  }));
  Alpine.data("searchForm", searchForm);
});
