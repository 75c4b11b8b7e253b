import { parentPort, workerData } from "node:worker_threads";
import type { FitMessage, MembersWork } from "./fit-members.ts";
import { fitNetwork } from "./fit-network.ts";
import { loadTensorFlow } from "./tensorflow-backend.ts";

/** Thread that trains the members of `workerData`, one after the other; an error of a fit ends it with that error. */
const work = workerData as MembersWork;
const tell = (message: FitMessage): void => parentPort?.postMessage(message);

tell({ kind: "started" });
const tf = await loadTensorFlow();
for (const member of work.members) {
  const fitted = fitNetwork(tf, {
    ...work,
    seed: `${work.seed}:${member}`,
    onEpoch: (epoch, ap) => tell({ kind: "epoch", member, epoch, ap }),
  });
  tell({ kind: "fitted", member, fitted, trainedWith: `tfjs ${tf.version} ${tf.backend}` });
}
