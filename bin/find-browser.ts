import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const systemBrowsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * A browser for the journeys: the one Playwright has, else a system Chromium or Chrome, else one installed now by
 * whichever way the machine allows.
 * @throws Error with the one line that says what to install.
 */
export function findBrowser(): string {
  return foundBrowser() ?? installedBrowser();
}

/** The browser that is there, Playwright's own first; null where there is none. */
export function foundBrowser(): string | null {
  return (
    [chromium.executablePath(), ...systemBrowsers].find((path) => path !== "" && existsSync(path)) ?? null
  );
}

function installedBrowser(): string {
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    process.stdout.write("Installing Chromium from Debian's packages\n");
    spawnSync("apt-get", ["update", "-q"], { stdio: "ignore" });
    spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], { stdio: "ignore" });
  } else {
    try {
      execFileSync("npx", ["playwright", "install", "chromium"], { stdio: "ignore" });
    } catch {
      // the line below says what to do
    }
  }
  const path = foundBrowser();
  if (path !== null) return path;
  throw new Error(
    "No browser found for the journeys: install Chromium or Google Chrome, then run npm test again.",
  );
}
