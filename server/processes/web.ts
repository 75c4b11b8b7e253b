import { createServer } from "node:http";
import { resolve } from "node:path";
import next from "next";
import { readEnvironment } from "#server/env.ts";
import { announceReady, drainOnSignal } from "./lifecycle.ts";

const env = readEnvironment();
const root = resolve(import.meta.dirname, "../..");

const app = next({ dev: false, dir: root, hostname: env.HOST, port: env.PORT });
await app.prepare();
const handle = app.getRequestHandler();

const server = createServer((request, response) => void handle(request, response));
await new Promise<void>((listening, failed) => {
  server.once("error", failed);
  server.listen(env.PORT, env.HOST, listening);
});
announceReady();

drainOnSignal(async () => {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 5_000).unref();
  await closed;
  await app.close();
});
