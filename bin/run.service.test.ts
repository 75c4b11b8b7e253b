import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

function npmRun(...args: string[]): { code: number | null; out: string; err: string } {
  const done = spawnSync("npm", ["run", "-s", ...args], { cwd: root, encoding: "utf8" });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

test("every command runs as the main module when it is started through npm", () => {
  const vectors = npmRun("vectors", "--", join(root, "ml/fixtures/reference-vectors"));
  expect(vectors.code).toBe(0);
  expect(vectors.out).toMatch(/\d+ passed, 0 failed\n$/);
  for (const command of [
    "import",
    "labels",
    "send",
    "evaluate",
    "features",
    "train",
    "promote",
    "key",
    "user",
    "demo",
  ]) {
    const help = npmRun(command, "--", "--help");
    expect(help, command).toMatchObject({ code: 0, err: "" });
    expect(help.out, command).toContain(`Usage: npm run ${command}`);
  }
});

test("the exit code of a command is npm's", () => {
  expect(npmRun("promote").code).toBe(1);
});
