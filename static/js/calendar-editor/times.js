// Moments on the forum's clock, written as the server writes them: "2026-12-23T09:00". No time zone of the
// browser comes in: they are counted as if they were UTC, and a Date of the calendar is read by its own fields.
const MINUTE = 60000;

const two = (number) => String(number).padStart(2, "0");

export function ofDate(date) {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function later(moment, minutes) {
  return new Date(Date.parse(`${moment}Z`) + minutes * MINUTE).toISOString().slice(0, 16);
}

export function minutesBetween(start, end) {
  return (Date.parse(`${end}Z`) - Date.parse(`${start}Z`)) / MINUTE;
}

export function clock(moment) {
  return moment.slice(11, 16);
}

export function dayOf(moment) {
  return moment.slice(0, 10);
}
