import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { runVectors, type VectorResult } from "#ml/fixtures/run-vectors.ts";

const ownFolder = resolve(import.meta.dirname, "../../ml/fixtures/reference-vectors");

const VectorFile = z.object({
  function: z.string(),
  definition: z.string().default(""),
  tolerance: z.object({ abs: z.number(), rel: z.number() }),
  cases: z.array(z.object({ id: z.string(), input: z.unknown(), expected: z.unknown() })).min(1),
});

/**
 * `npm run vectors -- [FOLDER]`: checks every reference-vector file of a folder (default: the project's own copy)
 * against `ml/`. A line per function, what differed below it, the totals last. Returns the exit code: 1 on a failing
 * case, an unknown function, or a folder without any file.
 */
export function checkVectors(folder: string, print: (line: string) => void): number {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
  if (names.length === 0) {
    print(`No reference-vector file (*.json) in ${folder}`);
    return 1;
  }
  let passed = 0;
  let failed = 0;
  for (const name of names) {
    const { label, results } = resultsOf(join(folder, name), name);
    const failures = results.filter((result) => result.difference !== null);
    passed += results.length - failures.length;
    failed += failures.length;
    print(
      `${failures.length === 0 ? "ok  " : "FAIL"} ${label} ${results.length - failures.length}/${results.length}`,
    );
    for (const { id, difference } of failures) print(`       ${id}: ${difference}`);
  }
  print(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** A file that cannot be read as vectors counts as one failing case, so that it cannot pass unnoticed. */
function resultsOf(path: string, name: string): { label: string; results: VectorResult[] } {
  try {
    const file = VectorFile.parse(JSON.parse(readFileSync(path, "utf8")));
    return { label: file.function, results: runVectors(file) };
  } catch (error) {
    const difference = error instanceof Error ? error.message : String(error);
    return { label: name, results: [{ id: name, difference: `not a reference-vector file: ${difference}` }] };
  }
}

if (import.meta.main) {
  const folder = resolve(process.argv[2] ?? ownFolder);
  try {
    process.exitCode = checkVectors(folder, console.log);
  } catch (error) {
    console.error(`Cannot read ${folder}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
