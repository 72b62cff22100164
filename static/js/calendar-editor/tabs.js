// Days, the whole forum, and tracks: links without script, switches with it.
export function watchTabs(planner, config, draft, board) {
  const mark = (name, value) => {
    for (const link of planner.querySelectorAll(`[data-${name}]`)) {
      if (link.getAttribute(`data-${name}`) === value) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const address = new URL(location.href);
    if (config.track) address.searchParams.set("track", config.track);
    else address.searchParams.delete("track");
    address.searchParams.set("day", config.day);
    history.replaceState(null, "", address);
  };

  planner.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-day], a[data-track-filter]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { day, trackFilter } = link.dataset;
    if (day === "all") {
      board.showForum();
      mark("day", day);
    } else if (day) {
      board.showDay(day);
      mark("day", day);
      draft.showParts();
    } else {
      config.track = trackFilter;
      board.filter(trackFilter);
      mark("track-filter", trackFilter);
      draft.showParts();
    }
  });
}
