import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { type ScoringProcess, startScoringProcess } from "./testing/scoring-process.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
const clients = join(root, "clients");
const curl = found("curl", "--version");
const python = found("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 9))");

let database: TestDatabase;
let scoring: ScoringProcess;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-clients-"));
  database = await createTestDatabase();
  scoring = await startScoringProcess(database.url);
});
afterAll(async () => {
  await scoring.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function found(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

/** Runs a client as its user would, with the address and the key in the environment; nothing goes to standard error. */
async function play(program: string, args: readonly string[], url = scoring.url): Promise<string> {
  const { stdout, stderr } = await run(program, [...args], {
    cwd: folder,
    env: {
      ...process.env,
      ASSAY: url,
      ASSAY_KEY: scoring.key,
      NO_PROXY: "*",
      no_proxy: "*",
      PYTHONDONTWRITEBYTECODE: "1",
    },
    timeout: 30_000,
  });
  expect(stderr).toBe("");
  return stdout;
}

/** What every client's tour says, in this order. */
const tour = [
  /^decision: .*(approve|review|decline)/,
  /^sent again: the same answer/,
  /^batch: .*(approve|review|decline)/,
  /amountMinor/,
  /^read back: the same answer/,
  /^label: .*fraud/,
  /^refusal: .*404/,
];

function expectTour(output: string): void {
  let rest = output;
  for (const line of tour) {
    const place = new RegExp(line, "m").exec(rest);
    expect([String(line), place === null ? rest : null]).toEqual([String(line), null]);
    rest = rest.slice(place?.index ?? 0);
  }
}

const count = async (id: RegExp): Promise<number> => {
  const rows = await database.db.transaction.findMany({ select: { id: true } });
  return rows.filter((row) => id.test(row.id)).length;
};

test.skipIf(!curl)(
  "curl scores, resends, sends a batch, reads back, labels and is refused (needs curl)",
  async () => {
    expectTour(await play("sh", [join(clients, "curl/tour.sh"), "pay_curl_tour"]));
    expect(await count(/^pay_curl_tour/)).toBe(2);
  },
);

test.skipIf(!curl)("every curl script works by itself (needs curl)", async () => {
  expect(readdirSync(join(clients, "curl")).sort()).toEqual([
    "batch.sh",
    "call.sh",
    "label.sh",
    "read.sh",
    "score.sh",
    "tour.sh",
  ]);
  const script = (name: string): string => join(clients, "curl", name);
  const decision = JSON.parse(await play(script("score.sh"), []));
  expect(decision).toMatchObject({ transactionId: "pay_curl_1" });
  expect(JSON.parse(await play(script("read.sh"), []))).toEqual(decision);
  expect(JSON.parse(await play(script("batch.sh"), []))).toMatchObject([
    { transactionId: "pay_curl_2" },
    { status: 422, errors: [{ path: "/amountMinor" }] },
  ]);
  expect(JSON.parse(await play(script("label.sh"), []))).toMatchObject({ label: "fraud" });
});

test("the typed fetch client does it all", async () => {
  expectTour(await play(process.execPath, [join(clients, "typescript/fetch-tour.ts")]));
  expect(await count(/^pay_fetch_/)).toBe(2);
});

test("the typed tRPC client does it all", async () => {
  expectTour(await play(process.execPath, [join(clients, "typescript/trpc-client.ts")]));
  expect(await count(/^pay_trpc_/)).toBe(2);
});

test.skipIf(!python)("Python's standard library does it all (needs python3, 3.9 or newer)", async () => {
  expectTour(await play("python3", [join(clients, "python/assay_client.py")]));
  expect(await count(/^pay_python_/)).toBe(2);
});

test("the fetch client takes nothing from Assay but types", () => {
  const text = readFileSync(join(clients, "typescript/fetch-client.ts"), "utf8");
  const imports = [...text.matchAll(/^import (.*)$/gm)].map(([, what]) => what ?? "");
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((what) => !what.startsWith("type "))).toEqual([]);
});

describe("calls that fail are sent again as they were", () => {
  const cases = [
    ["curl", curl, "sh", "curl/score.sh"],
    ["fetch", true, process.execPath, "typescript/fetch-tour.ts"],
    ["python3", python, "python3", "python/assay_client.py"],
  ] as const;

  test.each(cases.filter(([, present]) => present))(
    "by %s, after Retry-After",
    async (_name, _present, program, file) => {
      const shed = await sheddingProxy(scoring.url, program === "sh" ? ["503"] : ["503", "cut"]);
      const output = await play(
        program,
        [join(clients, file), ...(program === "sh" ? ["pay_curl_retry"] : [])],
        shed.url,
      );
      expect(output).toMatch(/approve|review|decline/);
      expect(output).not.toContain("overloaded");
      const [first, second, third] = shed.bodies;
      expect(second).toBe(first);
      if (program !== "sh") expect(third).toBe(first);
      expect((shed.times[1] ?? 0) - (shed.times[0] ?? 0)).toBeGreaterThanOrEqual(900);
      await shed.close();
    },
  );
});

/** A way to the server that fails at first, as told: by 503, or by a cut connection after the request was taken. */
async function sheddingProxy(target: string, failures: readonly ("503" | "cut")[]) {
  const bodies: string[] = [];
  const times: number[] = [];
  const left = [...failures];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    bodies.push(body);
    times.push(performance.now());
    const failure = left.shift();
    const headers = {
      authorization: String(request.headers.authorization),
      "content-type": "application/json",
    };
    const init = request.method === "POST" ? { method: "POST", headers, body } : { headers };
    if (failure === "503") {
      const problem = { type: "urn:assay:problem:overloaded", title: "Full", status: 503, detail: "Later." };
      response.writeHead(503, { "retry-after": "1", "content-type": "application/problem+json" });
      return response.end(JSON.stringify(problem));
    }
    const answer = await fetch(new URL(request.url ?? "/", target), init);
    if (failure === "cut") return request.socket.destroy();
    response.writeHead(answer.status, { "content-type": "application/json" });
    return response.end(await answer.text());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    times,
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
