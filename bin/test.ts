import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./find-browser.ts";
import { runStep } from "./run-step.ts";

type Count = { readonly passed: number; readonly failed: number };

/** Every test there is: checks, unit, services on a real PostgreSQL, journeys in a real browser; one sum at the end. */
const reports = mkdtempSync(join(tmpdir(), "assay-reports-"));
const counts: Count[] = [
  await check("format and lint", ["biome", "check", "--error-on-warnings", "."]),
  await check("types", ["tsc", "--noEmit"]),
  await check("unused files, exports and packages", ["knip"]),
  await vitest("unit"),
  await vitest("service"),
  await journeys(),
];
rmSync(reports, { recursive: true, force: true });

const sum = (pick: (count: Count) => number): number =>
  counts.reduce((total, count) => total + pick(count), 0);
const [passed, failed] = [sum((c) => c.passed), sum((c) => c.failed)];
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);

async function check(name: string, command: readonly string[]): Promise<Count> {
  const { code } = await runStep(name, command);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(project: "unit" | "service"): Promise<Count> {
  const file = join(reports, `${project}.json`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
  const { code } = await runStep(`${project} tests`, ["vitest", "run", "--project", project, ...reporters]);
  const report = readReport<{ numPassedTests: number; numFailedTests: number; numFailedTestSuites: number }>(
    file,
  );
  if (report === null) return { passed: 0, failed: 1 };
  const failed = report.numFailedTests === 0 && code !== 0 ? 1 : report.numFailedTests;
  return { passed: report.numPassedTests, failed };
}

async function journeys(): Promise<Count> {
  const file = join(reports, "e2e.json");
  let browser: string;
  try {
    browser = findBrowser();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
  const { code } = await runStep("journeys in a browser", ["playwright", "test"], {
    ASSAY_BROWSER: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  const report = readReport<{ stats: { expected: number; unexpected: number; flaky: number } }>(file);
  if (report === null) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky === 0 && code !== 0 ? 1 : unexpected + flaky };
}

function readReport<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return null;
  }
}
