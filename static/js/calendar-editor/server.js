// Asking and telling the server. Answers are {status, said, html, state}; status 0 means that none came.
const HEADERS = { Accept: "application/json" };

async function answered(asking) {
  try {
    const response = await asking;
    if (response.status === 204) return { status: 204 };
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    // Signed out meanwhile, or a proxy that speaks for the server: a page, which is no answer.
    if (!isJson) return { status: response.ok ? 0 : response.status };
    return { ...(await response.json()), status: response.status };
  } catch {
    return { status: 0 };
  }
}

export function ask(url, values = {}, signal = undefined) {
  const address = new URL(url, location.href);
  for (const [name, value] of Object.entries(values)) address.searchParams.set(name, value ?? "");
  return answered(fetch(address, { headers: HEADERS, signal }));
}

export function tell(url, form) {
  if (!form.has("csrfmiddlewaretoken")) {
    form.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  }
  return answered(fetch(url, { method: "POST", headers: HEADERS, body: form, keepalive: true }));
}

export async function fragment(url) {
  const response = await fetch(url, { headers: { Accept: "text/html" } });
  if (!response.ok) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// An address of the config, with a session's id in the place of its 0.
export function addressOf(url, id) {
  return url.replace("/0/", `/${id}/`);
}
