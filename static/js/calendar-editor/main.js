// The calendar editor. The page is a table of the day with forms; this makes a calendar of it.
//
// .planner[data-config] says once what is needed (events/admin/calendar_page.py); the draft itself comes as JSON
// (events/calendar_state.py) and is asked for again every few seconds. Whatever is changed is sent to the server
// at once, with the version that this page has seen.
import { Board } from "./board.js";
import { Draft } from "./draft.js";
import { watchForms } from "./forms.js";
import { watchKeys } from "./keys.js";
import { Panel } from "./panel.js";
import { watchTabs } from "./tabs.js";
import { Tray } from "./tray.js";

const planner = document.querySelector(".planner[data-config]");
const config = JSON.parse(planner.dataset.config);

planner.classList.add("is-live");
const wide = matchMedia("(min-width: 48rem)");
if (wide.matches) planner.querySelector("[data-table]").open = false;

const draft = new Draft(planner, config);
const panel = new Panel(planner, config, draft);
const board = new Board(planner, config, draft, panel);
new Tray(planner, config, draft, board, panel);
watchForms(planner, draft, panel);
watchTabs(planner, config, draft, board);
watchKeys(planner, config, draft, board, panel);
draft.begin();
