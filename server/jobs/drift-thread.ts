import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import { updateDrift } from "#server/services/drift/index.ts";
import { repeat } from "./repeat.ts";

/** The thread that `startDriftWatch` starts: tells what fails, and ends after the week under way when it is told to. */
const { url, pauseMs } = z.object({ url: z.string(), pauseMs: z.number() }).parse(workerData);
const report = (error: unknown): void => parentPort?.postMessage(error);

const db = openDatabase(url, 2);
const pool = openPool(url, 2, report);
const loop = repeat(pauseMs, () => updateDrift({ db, pool, now: () => new Date() }), report);

parentPort?.once("message", async () => {
  await loop.stop();
  await db.$disconnect();
  await pool.end();
  process.exit(); // of this thread alone
});
