// Unfold's style sheet is dark where <html> has the class "dark". It follows the system, like the rest of
// the site; set before the first paint, therefore not a module.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", follow);
  follow();
})();
