import { defineConfig } from "@playwright/test";

/** Journeys run against one Assay that `e2e/start-assay.ts` starts with its own command, data folder and ports. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/start-assay.ts",
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [
    ["list"],
    ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? "test-results/e2e.json" }],
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env.ASSAY_BROWSER === undefined ? {} : { executablePath: process.env.ASSAY_BROWSER }),
      args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-dev-shm-usage"],
    },
  },
});
