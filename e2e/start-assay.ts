import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort, removeEmbeddedData } from "../server/db/embedded/embedded-postgres.ts";

export type RunningAssay = {
  readonly pagesUrl: string;
  readonly scoringUrl: string;
  readonly apiKey: string;
  readonly passwords: Readonly<Record<string, string>>; // by e-mail
};

const root = resolve(import.meta.dirname, "..");
const START_TIMEOUT_MS = 8 * 60_000;

/**
 * Starts Assay by its own demo command, small and without the live feed, in a folder and on ports of its own, and
 * reads where it runs and who may sign in from what the command prints. Ends it as Ctrl-C does.
 */
export default async function startAssay(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "assay-journeys-"));
  const ports = { PORT: String(await freePort(28_100)), SCORING_PORT: String(await freePort(28_101)) };
  const child = spawn(
    process.execPath,
    ["server/cli/demo.ts", "--days", "75", "--customers", "800", "--merchants", "150", "--no-live"],
    {
      cwd: root,
      env: { ...process.env, ...ports, ASSAY_DATA_DIR: folder, WEBHOOKS_ALLOW_PRIVATE: "true" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const running = readRunning(await outputUntilReady(child));
  const file = join(folder, "running.json");
  writeFileSync(file, JSON.stringify(running), { mode: 0o600 });
  process.env.ASSAY_RUNNING = file;
  return async () => {
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill("SIGINT");
    await ended;
    await removeEmbeddedData(folder);
    rmSync(folder, { recursive: true, force: true });
  };
}

function outputUntilReady(child: ChildProcess): Promise<string> {
  return new Promise((ready, failed) => {
    let output = "";
    const timer = setTimeout(
      () => failed(new Error(`Assay did not start in time:\n${output}`)),
      START_TIMEOUT_MS,
    );
    child.stdout?.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      output += chunk.toString();
      if (!output.includes("Ctrl-C stops everything")) return;
      clearTimeout(timer);
      ready(output);
    });
    child.once("exit", (code) => failed(new Error(`Assay ended with ${code}:\n${output}`)));
  });
}

function readRunning(output: string): RunningAssay {
  const find = (pattern: RegExp): string => {
    const found = pattern.exec(output)?.[1];
    if (found === undefined) throw new Error(`The demo did not print ${pattern}:\n${output}`);
    return found;
  };
  const signIns = [...output.matchAll(/^\s+\w+\s+(\S+@\S+)\s+(\S+)$/gm)];
  return {
    pagesUrl: find(/Pages\s+(http:\/\/\S+)/),
    scoringUrl: find(/Scoring\s+(http:\/\/\S+)/),
    apiKey: find(/Bearer ([\w-]+)/),
    passwords: Object.fromEntries(signIns.map(([, email, password]) => [email, password])),
  };
}
