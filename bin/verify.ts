import { runStep, type StepResult } from "./run-step.ts";

// Everything that needs no database and no browser, in under a minute.
const steps: readonly (readonly [string, readonly string[]])[] = [
  ["format and lint", ["biome", "check", "--error-on-warnings", "."]],
  ["types", ["tsc", "--noEmit"]],
  ["unused files, exports and packages", ["knip"]],
  ["unit tests and imports", ["vitest", "run", "--project", "unit"]],
];

const results: StepResult[] = [];
for (const [name, command] of steps) results.push(await runStep(name, command));
process.stdout.write("\n");
for (const { name, code, seconds } of results) {
  process.stdout.write(`${code === 0 ? "ok    " : "FAILED"}  ${name} (${seconds.toFixed(1)} s)\n`);
}
process.exitCode = results.every((result) => result.code === 0) ? 0 : 1;
