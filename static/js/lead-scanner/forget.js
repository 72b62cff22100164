// On the page that offers enrolment: this telephone may not scan (any more), so it keeps no page. Scans that were not
// sent wait in the store of their exhibitor, for which it may scan again.
globalThis.caches?.delete("lead-scanner-page-1");
