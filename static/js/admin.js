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

// Unfold makes buttons of elements that the keyboard passes by. Give them what a button has.
const asButtons = (root) => {
  for (const element of root.querySelectorAll("[x-on\\:click]")) {
    if (element.matches("a[href], button, input, select, textarea, summary, [role=button]")) continue;
    if (!element.matches("a, span, div, td, h2, h3")) continue;
    if (element.matches("#changelist-filter-close")) continue;
    element.setAttribute("role", "button");
    element.tabIndex = 0;
    element.addEventListener("keydown", (event) => {
      if (event.target !== element || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      element.click();
    });
  }
  // Icons are words of a font: read out, "expand_more" helps nobody.
  for (const icon of root.querySelectorAll(".material-symbols-outlined")) icon.ariaHidden = "true";
};
// The search boxes that jQuery's select2 draws have no name; they take that of the field they stand for.
const nameSearchBoxes = () => {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const box = select.nextElementSibling;
    if (!label || !box?.matches(".select2")) continue;
    label.id ||= `${select.id}_label`;
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")) {
      part.setAttribute("aria-labelledby", label.id);
    }
  }
};

// On narrow screens a cell names its column, with a capital as the heads of columns have it.
const capitals = () => {
  for (const { dataset } of document.querySelectorAll("#result_list [data-label]")) {
    dataset.label = dataset.label.charAt(0).toLocaleUpperCase() + dataset.label.slice(1);
  }
};

document.addEventListener("DOMContentLoaded", () => {
  asButtons(document);
  capitals();
});
// After select2, which Django starts in the same way and registered before.
window.django?.jQuery?.(nameSearchBoxes);
document.addEventListener("formset:added", (event) => {
  asButtons(event.target);
  setTimeout(nameSearchBoxes);
});
