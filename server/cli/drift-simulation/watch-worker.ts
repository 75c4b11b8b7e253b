import { parentPort } from "node:worker_threads";
import { type WatchRequest, watchWorld } from "./watch-world.ts";

/** Watches the worlds that it is sent, one at a time. */
parentPort?.on("message", async (request: WatchRequest) => {
  parentPort?.postMessage(await watchWorld(request));
});
