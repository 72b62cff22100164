// Shows times as the reader's clock has them, and reloads the list when a mail has come.

for (const time of document.querySelectorAll("time")) {
  time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

const list = document.querySelector("[data-newest]");
if (list) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const [newest] = await (await fetch("/api/messages.json")).json();
      if ((newest?.id ?? "") !== list.dataset.newest) location.reload();
    } catch {
      // bin/dev was stopped; it may come back.
    }
  }, 2000);
}
