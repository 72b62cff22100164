// How many places of a session are left: what a page that everybody gets alike cannot know. The answer is
// one sentence in the page's language.
for (const place of document.querySelectorAll("[data-places]")) {
  fetch(place.dataset.places, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((told) => {
      if (told) place.textContent = told.text;
    })
    .catch(() => {});
}
