// Looks through the camera for QR codes: with the browser's own reader where it has one, else with ZXing.
const EVERY = 120;
const WIDEST = 1000;
let stream = null;
let timer = null;

async function ownReader() {
  try {
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats();
    if (!formats?.includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video)).map((code) => code.rawValue);
  } catch {
    return null;
  }
}

async function vendoredReader(wasm) {
  const { prepareZXingModule, readBarcodes } = await import("../../vendor/zxing-wasm/zxing-reader.js");
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(picture, { formats: ["QRCode"], maxNumberOfSymbols: 1 });
    return found.filter((code) => code.isValid).map((code) => code.text);
  };
}

// Calls `seen(text)` for each code in sight, many times a second. Throws what getUserMedia throws.
export async function startCamera(video, wasm, seen) {
  stopCamera(video);
  stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const read = (await ownReader()) ?? (await vendoredReader(wasm));
  const look = async () => {
    try {
      if (video.readyState >= 2 && video.videoWidth) for (const text of await read(video)) seen(text);
    } catch {
      // A frame that cannot be read; the next one comes at once.
    }
    if (stream) timer = setTimeout(look, EVERY);
  };
  look();
}

export function stopCamera(video) {
  clearTimeout(timer);
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.srcObject = null;
  video.hidden = true;
}
