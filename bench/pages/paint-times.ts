import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { foundBrowser } from "../../bin/find-browser.ts";
import type { Cookies } from "./session.ts";

export type PaintTimes = {
  /** medians over the loads, milliseconds from the start of the navigation */
  readonly firstPaintMs: number;
  /** the largest thing that was painted: the page with its figures, not its skeleton */
  readonly contentMs: number;
  /** procedures that the page asked for by itself */
  readonly asked: ReadonlySet<string>;
};

const ARGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-dev-shm-usage"];
const SETTLED_MS = 700;

/** The browser that CHROMIUM_PATH names, or one that is there; why there is none, in words, otherwise. */
export async function openBrowser(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Browser | string> {
  const path = env.CHROMIUM_PATH ?? env.ASSAY_BROWSER ?? foundBrowser();
  if (path === null) return "neither Chromium nor Google Chrome is installed";
  try {
    return await chromium.launch({ executablePath: path, args: ARGS });
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
  }
}

/** Opens a page again and again as somebody who has signed in, with nothing kept from before. @throws RangeError for no loads */
export async function measurePaint(
  browser: Browser,
  { url, cookies, loads }: { readonly url: string; readonly cookies: Cookies; readonly loads: number },
): Promise<PaintTimes> {
  const asked = new Set<string>();
  const paints: Paint[] = [];
  for (let load = 0; load < loads; load++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
    try {
      paints.push(await paintOf(context, url, asked));
    } finally {
      await context.close();
    }
  }
  return {
    firstPaintMs: median(paints.map(({ first }) => first)),
    contentMs: median(paints.map(({ content }) => content)),
    asked,
  };
}

type Paint = { readonly first: number; readonly content: number };

async function paintOf(context: BrowserContext, url: string, asked: Set<string>): Promise<Paint> {
  const page = await context.newPage();
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith("/api/trpc/")) return;
    for (const name of pathname.slice("/api/trpc/".length).split(",")) asked.add(name);
  });
  const answer = await page.goto(url, { waitUntil: "load" });
  if (answer === null || !answer.ok() || new URL(page.url()).pathname !== new URL(url).pathname) {
    throw new Error(`${url} answered ${answer?.status()} and led to ${page.url()}`);
  }
  await page.waitForTimeout(SETTLED_MS);
  return page.evaluate(async () => {
    const entries = (type: string): Promise<PerformanceEntry[]> =>
      new Promise((done) => {
        new PerformanceObserver((list) => done(list.getEntries())).observe({ type, buffered: true });
      });
    const paint = (await entries("paint")).find(({ name }) => name === "first-contentful-paint");
    const largest = (await entries("largest-contentful-paint")).at(-1);
    return { first: paint?.startTime ?? Number.NaN, content: largest?.startTime ?? Number.NaN };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("nothing was measured");
  return middle;
}
