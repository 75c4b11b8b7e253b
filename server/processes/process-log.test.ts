import { spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const program = `
  import { processLog } from ${JSON.stringify(join(import.meta.dirname, "process-log.ts"))};
  const log = processLog("test", "info");
  for (let i = 0; i < 100; i++) log.info("a line");
  setTimeout(() => process.exit(7), 200);
`;

test("lines go to standard output", () => {
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: 20_000,
  });
  expect(stdout.split("\n").filter((line) => line.includes('"msg":"a line"'))).toHaveLength(100);
});

test.skipIf(!existsSync("/dev/full"))("a full disk under the log does not end the process", () => {
  const full = openSync("/dev/full", "w");
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", full, "ignore"],
    timeout: 20_000,
  });
  expect(status).toBe(7);
});
