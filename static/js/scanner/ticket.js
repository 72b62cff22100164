// Reads what was held to the scanner and tells a genuine ticket without asking anybody (docs/ticket.md).
const TICKET = /^(FORUM2:([A-Z0-9]{0,4}-[A-Z0-9]{4}-[A-Z0-9]{2}):([0-9]{1,5})):([0-9A-Z $%*+./:-]{96})$/;
const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

// RFC 9285: three signs for each two bytes.
function base45(text) {
  const data = new Uint8Array((text.length / 3) * 2);
  for (let at = 0; at < text.length; at += 3) {
    const [low, middle, high] = [...text.slice(at, at + 3)].map((sign) => SIGNS.indexOf(sign));
    const value = low + middle * 45 + high * 2025;
    if (value > 0xffff) return null;
    data[(at / 3) * 2] = value >> 8;
    data[(at / 3) * 2 + 1] = value & 0xff;
  }
  return data;
}

function base64url(text) {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (sign) => sign.charCodeAt(0));
}

async function isSignedBy(key, signature, signed) {
  try {
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, signed);
  } catch {
    // A browser that does not know Ed25519 yet.
    const { verifyAsync } = await import("../../vendor/noble-ed25519/ed25519.js");
    return verifyAsync(signature, signed, key).catch(() => false);
  }
}

// Returns { code, issue, fault }: issue is null for a code that was typed, fault the answer without a code.
// `typedCode(text)` reads what people type, where that is enough.
export async function readClaim(text, keys, typedCode = () => null) {
  const said = text.trim();
  const ticket = TICKET.exec(said);
  if (ticket) {
    const signature = base45(ticket[4]);
    const signed = new TextEncoder().encode(ticket[1]);
    for (const key of signature ? keys : []) {
      if (await isSignedBy(base64url(key), signature, signed)) {
        return { code: ticket[2], issue: Number(ticket[3]), fault: null };
      }
    }
    return { code: "", issue: null, fault: "forged" };
  }
  const code = typedCode(said);
  if (code) return { code, issue: null, fault: null };
  return { code: "", issue: null, fault: said.startsWith("FORUM") ? "forged" : "unknown" };
}

export const isTicket = (text) => TICKET.test(text.trim());
