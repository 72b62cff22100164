// On the page that is shown without network: which pages are kept, as links with their titles.
const list = document.getElementById("kept-pages");

async function titles() {
  const found = [];
  for (const name of await caches.keys()) {
    if (!/^forum-(pages|own)-/.test(name)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const copy = await cache.match(request);
      if (!(copy.headers.get("Content-Type") ?? "").startsWith("text/html")) continue;
      const page = new DOMParser().parseFromString(await copy.text(), "text/html");
      const path = new URL(request.url).pathname;
      if (path.endsWith("/offline/")) continue;
      found.push({ path, title: page.title, language: page.documentElement.lang });
    }
  }
  return found;
}

const found = await titles();
found.sort((one, other) => one.path.localeCompare(other.path));
for (const { path, title, language } of found) {
  const link = document.createElement("a");
  link.href = path;
  link.textContent = title;
  link.lang = language;
  const item = document.createElement("li");
  item.append(link);
  list.append(item);
}
document.getElementById("kept-none").hidden = found.length > 0;
window.addEventListener("online", () => location.reload());
