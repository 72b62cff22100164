// On the page that offers enrolment: this telephone may not scan (any more), so it keeps no list and no page.
import { forgetLists } from "../scanner/store.js";

forgetLists().catch(() => {});
globalThis.caches?.delete("check-in-page-1");
