// The menu of narrow screens is a popover and needs no script. This closes it when a link leads to
// a place on the same page, where no new page would.
const menu = document.getElementById("site-menu");

menu?.addEventListener("click", (event) => {
  if (event.target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
});
