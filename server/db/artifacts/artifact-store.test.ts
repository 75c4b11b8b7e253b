import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { diskArtifacts, s3Artifacts } from "./artifact-store.ts";
import { s3Objects } from "./s3-objects.ts";
import { sha256, signV4 } from "./signature-v4.ts";

const credentials = { accessKeyId: "AKTEST", secretAccessKey: "a secret of the test" };
const artifact = (body: string): { bytes: Uint8Array; hash: string } => {
  const hash = createHash("sha256").update(body).digest("hex");
  return { bytes: new TextEncoder().encode(`assay-model 1 ${hash}\n${body}`), hash };
};
const textOf = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? new Uint8Array());
const one = artifact('{"a":1}');

let folder: string;
let server: Server;
let endpoint: string;
let stored: Map<string, string>;
let seen: string[];
let failures: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-artifacts-"));
  [stored, seen, failures] = [new Map(), [], 0];
  server = createServer(async (request, response) => {
    const body = await text(request);
    seen.push(`${request.method} ${request.url}`);
    if (failures > 0) {
      failures -= 1;
      return void response.writeHead(503).end();
    }
    if (!isSigned(request, body))
      return void response.writeHead(403).end("<Error><Code>SignatureDoesNotMatch</Code></Error>");
    const key = request.url ?? "";
    if (request.method === "PUT") {
      stored.set(key, body);
      return void response.end();
    }
    const found = stored.get(key);
    response.writeHead(found === undefined ? 404 : 200).end(request.method === "HEAD" ? undefined : found);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true });
});

/** As S3 does: signs what arrived again, by the secret of the key that it names, and compares. */
function isSigned({ method = "", url = "", headers }: IncomingMessage, body: string): boolean {
  const { authorization = "" } = headers;
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";") ?? [];
  const stamp = String(headers["x-amz-date"]);
  const now = new Date(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const given = names.filter((name) => name !== "host" && name !== "x-amz-date");
  const again = signV4(
    {
      method,
      url: new URL(url, `http://${headers.host}`),
      headers: Object.fromEntries(given.map((name) => [name, String(headers[name])])),
      payloadHash: sha256(body),
    },
    { credentials, region: "eu-test-1", service: "s3", now },
  );
  return headers["x-amz-content-sha256"] === sha256(body) && authorization === again.authorization;
}

const objects = (secretAccessKey = credentials.secretAccessKey) =>
  s3Objects({
    endpoint,
    region: "eu-test-1",
    bucket: "models",
    prefix: "our assay",
    credentials: { ...credentials, secretAccessKey },
  });

test("what is written to S3 is signed, read back once and then from this machine", async () => {
  const store = s3Artifacts(objects(), diskArtifacts(folder));
  await store.write(one.hash, one.bytes);
  await store.write(one.hash, one.bytes);
  expect(seen).toEqual([
    `HEAD /models/our%20assay/${one.hash}`,
    `PUT /models/our%20assay/${one.hash}`,
    `HEAD /models/our%20assay/${one.hash}`,
  ]);
  await rm(join(folder, one.hash.slice(0, 2)), { recursive: true });
  for (let i = 0; i < 3; i++) expect(textOf(await store.read(one.hash))).toBe(textOf(one.bytes));
  expect(seen.slice(3)).toEqual([`GET /models/our%20assay/${one.hash}`]);
  expect(await store.read(artifact("another").hash)).toBeNull();
});

test("a wrong secret is refused with S3's word for it; a server that fails is asked again", async () => {
  await expect(objects("another").get(one.hash)).rejects.toThrow("403 SignatureDoesNotMatch");
  failures = 2;
  await objects().put(one.hash, one.bytes);
  expect(stored.size).toBe(1);
  failures = 3;
  await expect(objects().get(one.hash)).rejects.toThrow("503");
});

test("a damaged object is refused, and a damaged file is fetched again", async () => {
  const store = s3Artifacts(objects(), diskArtifacts(folder));
  await store.write(one.hash, one.bytes);
  await writeFile(join(folder, one.hash.slice(0, 2), one.hash), "assay-model 1 x\nhalf");
  expect(textOf(await store.read(one.hash))).toBe(textOf(one.bytes));
  await rm(join(folder, one.hash.slice(0, 2)), { recursive: true });
  for (const key of stored.keys()) stored.set(key, "assay-model 1 x\nother");
  await expect(store.read(one.hash)).rejects.toThrow("damaged");
});

test("files are whole or absent: no draft stays, and a damaged one is as good as none", async () => {
  const store = diskArtifacts(folder);
  expect(await store.read(one.hash)).toBeNull();
  await Promise.all([store.write(one.hash, one.bytes), store.write(one.hash, one.bytes)]);
  expect(await readdir(join(folder, one.hash.slice(0, 2)))).toEqual([one.hash]);
  await writeFile(join(folder, one.hash.slice(0, 2), one.hash), "");
  expect(await store.read(one.hash)).toBeNull();
});
