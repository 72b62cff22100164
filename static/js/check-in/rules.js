// What a door answers without network: the rules of registrations/check_in/, on the list that the device has.
// Pure functions; times are milliseconds by the server's clock.
const EARLY = 30 * 60 * 1000;
// Columns of a row: registrations/check_in/lists.py.
export const ROW = { code: 0, issue: 1, state: 2, type: 3, inside: 4, last: 5, seats: 6, name: 7, organization: 8 };
const GOOD = 0;
const ENDED = 1;

export function dayOf(at, zone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at);
}

// "vk 7h2k94" is VK-7H2K-94.
export function typedCode(text) {
  const signs = text.replace(/[\s\-–.]+/g, "").toUpperCase();
  const found = /^([A-Z0-9]{0,4})([A-Z0-9]{4})([A-Z0-9]{2})$/.exec(signs);
  return found ? found.slice(1).join("-") : null;
}

// The sessions of which one seat is needed to come in; null when none is.
export function askedSeats(sessions, at) {
  const coming = sessions.map((session, place) => ({ ...session, place }))
    .filter((session) => session.start - EARLY <= at && at < session.end);
  if (!coming.length || !coming.every((session) => session.asksSeat)) return null;
  return coming.map((session) => session.place);
}

// Whether whoever came in at `entered` and was not scanned again is gone by `at`.
export function isCountedOut(list, entered, at) {
  if (dayOf(entered, list.forum.zone) !== dayOf(at, list.forum.zone)) return true;
  let gone = null;
  for (const session of list.sessions) {
    if (gone === null && session.start - EARLY <= entered && entered < session.end) gone = session.end;
    else if (gone !== null && session.start - EARLY <= gone) gone = Math.max(gone, session.end);
  }
  return gone !== null && gone <= at;
}

function refusal(list, row, issue, at) {
  if (issue !== null && issue !== row[ROW.issue]) return "replaced";
  if (row[ROW.state] !== GOOD) return row[ROW.state] === ENDED ? "cancelled" : "not_confirmed";
  const kind = list.types[row[ROW.type]] ?? {};
  const [first, last] = list.forum.days;
  const day = dayOf(at, list.forum.zone);
  if (day < (kind.from ?? first) || day > (kind.until ?? last)) return "wrong_day";
  const { types } = list.door;
  if (types.length && !types.includes(row[ROW.type])) return "wrong_door";
  const seats = askedSeats(list.sessions, at);
  if (seats && !seats.some((place) => row[ROW.seats].includes(place))) return "no_seat";
  return null;
}

// `claim` is { code, issue, fault } as ticket.js reads it; `inside` how many are known to be behind the door.
export function decide(list, claim, direction, at, inside) {
  if (claim.fault) return claim.fault;
  const row = list.rows.get(claim.code);
  if (!row) return "unknown";
  const isInside = Boolean(row[ROW.inside]) && !isCountedOut(list, row[ROW.last], at);
  if (direction === "out" && isInside) return "left";
  const refused = refusal(list, row, claim.issue, at);
  if (refused) return refused;
  if (direction === "out") return "not_in";
  if (isInside) return "already_in";
  const cameToday = row[ROW.last] !== null && dayOf(row[ROW.last], list.forum.zone) === dayOf(at, list.forum.zone);
  if (!list.door.allowsReEntry && cameToday) return "no_re_entry";
  if (list.door.capacity !== null && inside >= list.door.capacity) return "full";
  return "admitted";
}

// Let the list know what was answered, until a newer one says it. Returns how many more are inside.
export function apply(list, code, result, at) {
  const row = list?.rows.get(code);
  if (!row) return 0;
  if (result === "admitted") {
    const was = row[ROW.inside];
    row[ROW.inside] = 1;
    row[ROW.last] = at;
    return was ? 0 : 1;
  }
  if (result === "left") {
    const was = row[ROW.inside];
    row[ROW.inside] = 0;
    return was ? -1 : 0;
  }
  return 0;
}
