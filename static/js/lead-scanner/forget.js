// On the page that offers enrolment: this telephone may not scan (any more), so it keeps no page.
import { forgetLists, storeNamed } from "../scanner/store.js";

storeNamed("lead-scanner");
forgetLists().catch(() => {});
globalThis.caches?.delete("lead-scanner-page-1");
