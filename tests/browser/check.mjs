// Looks at reports in a headless Chromium, as a reader would: on a phone and on a desk, light and dark, and printed.
//
// node tests/browser/check.mjs CHROMIUM FILE... [--shots DIR]
//
// Fails if a page scrolls sideways, anything is wider than the window outside of a frame that scrolls, a table is cut by
// such a frame on a phone or a desk, two labels of a chart lie on each other or leave their chart, letters are smaller than
// 11 pixels, a message is on the console, anything but the file itself is asked for, or it prints on more than 15 pages.
// Speaks the DevTools protocol over a pipe, so that nothing need be installed beside Chromium and node.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const words = process.argv.slice(2);
const at = words.indexOf("--shots");
const shots = at < 0 ? null : words.splice(at, 2)[1];
const [chromium, ...files] = words;
if (!chromium || files.length === 0) {
  console.error("usage: check.mjs CHROMIUM FILE... [--shots DIR]");
  process.exit(2);
}

// A message is JSON that ends with a zero byte; answers come back under the number of the question.
class Browser {
  constructor(path) {
    this.profile = mkdtempSync(join(tmpdir(), "report-check-"));
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", `--user-data-dir=${this.profile}`];
    this.process = spawn(path, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.waiting = new Map();
    this.heard = [];
    this.number = 0;
    let rest = "";
    this.process.stdio[4].setEncoding("utf8").on("data", (text) => {
      const parts = (rest + text).split("\0");
      rest = parts.pop();
      parts.forEach((part) => this.hear(JSON.parse(part)));
    });
    this.process.on("error", (error) => { console.error(`${path}: ${error.message}`); process.exit(1); });
  }

  hear(message) {
    if (message.id === undefined) {
      this.heard.push(message);
      return;
    }
    const { done, failed } = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error) failed(new Error(message.error.message)); else done(message.result);
  }

  ask(method, params = {}, sessionId = undefined) {
    const id = ++this.number;
    return new Promise((done, failed) => {
      this.waiting.set(id, { done, failed });
      this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  async close() {
    const gone = new Promise((done) => { this.process.on("exit", done); });
    this.process.kill();
    await gone;
    try {
      rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    } catch (error) {
      // A process of the browser that is still ending writes there; nothing that was looked for hangs on it.
      console.error(`${this.profile} is left: ${error.code}`);
    }
  }
}

// Runs in the page: what is wrong with what it shows.
function faults() {
  const found = [];
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) {
    found.push(`the page is ${document.documentElement.scrollWidth} pixels wide in a window of ${wide}`);
  }
  const visible = (node) => node.checkVisibility === undefined || node.checkVisibility();
  for (const node of document.querySelectorAll("body *")) {
    if (node.closest(".scroll, .skip") && !node.matches(".scroll")) continue;
    // Where a finger or a pointer finds a value: nothing is drawn there.
    if (node.matches(".v")) continue;
    const box = node.getBoundingClientRect();
    if (visible(node) && box.width > 0 && (box.right > wide + 1 || box.left < -1)) {
      found.push(`<${node.tagName.toLowerCase()}> “${node.textContent.trim().slice(0, 40)}” leaves the window`);
    }
  }
  // Between a phone and a desk a table may go on beyond an edge that casts a shadow.
  const isBetween = wide > 640 && wide < 1200;
  for (const frame of isBetween ? [] : document.querySelectorAll(".scroll:has(table)")) {
    if (visible(frame) && frame.scrollWidth > frame.clientWidth + 1) {
      found.push(`“${frame.getAttribute("aria-label")}” is cut: ${frame.scrollWidth} pixels in ${frame.clientWidth}`);
    }
  }
  for (const svg of document.querySelectorAll("svg")) {
    const name = svg.closest("figure")?.id ?? "a chart";
    const frame = svg.getBoundingClientRect();
    const labels = [...svg.querySelectorAll("text")].map((node) => ({ node, box: node.getBoundingClientRect() }));
    for (const { node, box } of labels) {
      const text = node.textContent.trim();
      const size = Number(node.getAttribute("font-size")) * node.getScreenCTM().a;
      if (size < 10.9) found.push(`${name}: “${text}” has letters of ${size.toFixed(1)} pixels`);
      const out = box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
        || box.bottom > frame.bottom + 1;
      if (out) found.push(`${name}: “${text}” leaves its chart`);
    }
    // A line's box is higher than its letters: the middle half of the height is what is read.
    const core = ({ box }) => ({ ...box.toJSON(), top: box.top + box.height / 4, bottom: box.bottom - box.height / 4 });
    for (let i = 0; i < labels.length; i += 1) {
      for (let k = i + 1; k < labels.length; k += 1) {
        const [a, b] = [core(labels[i]), core(labels[k])];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 1) {
          const [one, other] = [labels[i], labels[k]].map(({ node }) => node.textContent.trim());
          found.push(`${name}: “${one}” and “${other}” lie on each other`);
        }
      }
    }
  }
  const loaded = [...document.fonts].filter((font) => font.status === "error");
  loaded.forEach((font) => found.push(`the font ${font.family} ${font.weight} could not be read`));
  return found;
}

const views = [
  { name: "phone", width: 360, height: 740, scheme: "light" },
  { name: "phone-dark", width: 360, height: 740, scheme: "dark" },
  { name: "tablet", width: 800, height: 1100, scheme: "light" },
  { name: "desk", width: 1280, height: 900, scheme: "light" },
  { name: "desk-dark", width: 1280, height: 900, scheme: "dark" },
];

async function look(browser, file) {
  const url = pathToFileURL(resolve(file)).href;
  const found = [];
  const { targetId } = await browser.ask("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser.ask("Target.attachToTarget", { targetId, flatten: true });
  const ask = (method, params) => browser.ask(method, params, sessionId);
  for (const domain of ["Page", "Network", "Runtime", "Log"]) await ask(`${domain}.enable`);
  for (const view of views) {
    browser.heard.length = 0;
    await ask("Emulation.setDeviceMetricsOverride",
      { width: view.width, height: view.height, deviceScaleFactor: 1, mobile: view.width < 600 });
    await ask("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: view.scheme }] });
    await ask("Page.navigate", { url });
    const ready = `document.readyState === "complete" ? document.fonts.ready.then(() => true) : false`;
    for (let tries = 0; tries < 200; tries += 1) {
      const { result } = await ask("Runtime.evaluate", { expression: ready, awaitPromise: true, returnByValue: true });
      if (result.value === true) break;
      await new Promise((done) => { setTimeout(done, 50); });
    }
    const { result, exceptionDetails } = await ask("Runtime.evaluate",
      { expression: `document.querySelectorAll("details").forEach((d) => { d.open = true; }); (${faults})()`, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    result.value.forEach((fault) => found.push(`${view.name}: ${fault}`));
    for (const { method, params } of browser.heard) {
      if (method === "Network.requestWillBeSent" && params.request.url !== url && !params.request.url.startsWith("data:")) {
        found.push(`${view.name}: asks for ${params.request.url}`);
      }
      if (method === "Log.entryAdded") found.push(`${view.name}: ${params.entry.text}`);
      if (method === "Runtime.consoleAPICalled" || method === "Runtime.exceptionThrown") {
        found.push(`${view.name}: the console says something`);
      }
    }
    if (shots) await shoot(ask, view, file);
  }
  const { data } = await ask("Page.printToPDF", { printBackground: true, preferCSSPageSize: true });
  const pages = Buffer.from(data, "base64").toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  if (pages > 15) found.push(`print: ${pages} pages`);
  if (shots) writeFileSync(join(shots, `${basename(resolve(file, ".."))}.pdf`), Buffer.from(data, "base64"));
  await browser.ask("Target.closeTarget", { targetId });
  return found;
}

// Slices of the whole page, since no picture may be higher than 16,384 pixels.
async function shoot(ask, view, file) {
  mkdirSync(shots, { recursive: true });
  await ask("Runtime.evaluate", { expression: `document.querySelectorAll("details").forEach((d) => { d.open = false; })` });
  const { cssContentSize } = await ask("Page.getLayoutMetrics");
  const step = 2600;
  for (let y = 0, n = 0; y < cssContentSize.height; y += step, n += 1) {
    const clip = { x: 0, y, width: view.width, height: Math.min(step, cssContentSize.height - y), scale: 1 };
    const { data } = await ask("Page.captureScreenshot", { format: "png", captureBeyondViewport: true, clip });
    const name = `${basename(resolve(file, ".."))}-${view.name}-${String(n).padStart(2, "0")}.png`;
    writeFileSync(join(shots, name), Buffer.from(data, "base64"));
  }
}

const browser = new Browser(chromium);
let bad = 0;
try {
  for (const file of files) {
    const found = [...new Set(await look(browser, file))];
    found.forEach((fault) => console.error(`${file}: ${fault}`));
    bad += found.length;
    console.log(`${file}: ${found.length === 0 ? "looks right" : `${found.length} faults`}`);
  }
} finally {
  await browser.close();
}
process.exit(bad === 0 ? 0 : 1);
