// The Back button brings back the same form. A browser that fetches the page anew on Back would show the
// typed values with a fresh token, and a corrected address would become a second registration. So the
// token is kept with this entry of the browser's history; following a link makes a new entry and form.
const token = document.querySelector("input[name=form_token]");
const kept = history.state?.formToken;
const answered = document.querySelector(".error-summary");

if (token && kept && !answered) {
  token.value = kept;
} else if (token) {
  history.replaceState({ ...history.state, formToken: token.value }, "");
}
