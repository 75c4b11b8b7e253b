import { createRequire } from "node:module";
import { dirname } from "node:path";
import util from "node:util";
import * as core from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // registers the gradients of the core's operations

export type TensorFlow = {
  readonly core: typeof core;
  readonly backend: TensorFlowBackend;
  readonly version: string;
};

/** In order of preference. `tensorflow` is the native library of @tensorflow/tfjs-node. */
export const tensorFlowBackends = ["tensorflow", "wasm", "cpu"] as const;
export type TensorFlowBackend = (typeof tensorFlowBackends)[number];

const starters: Record<TensorFlowBackend, () => Promise<void>> = {
  tensorflow: startNative,
  wasm: startWebAssembly,
  cpu: startPlain,
};

let started: Promise<TensorFlow> | null = null;

/**
 * TensorFlow.js on the first backend that starts here: native, WebAssembly, plain JS. Started once per process.
 * @throws Error naming every backend's failure when none starts.
 */
export function loadTensorFlow(): Promise<TensorFlow> {
  started ??= start(tensorFlowBackends);
  return started;
}

/** The same on the first of `backends` that starts; for comparing backends. */
export async function start(backends: readonly TensorFlowBackend[]): Promise<TensorFlow> {
  const failures: unknown[] = [];
  for (const backend of backends) {
    try {
      await starters[backend]();
      if (!(await core.setBackend(backend))) throw new Error(`backend ${backend} did not start`);
      await core.ready();
      return { core, backend, version: core.version_core };
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, `no TensorFlow.js backend starts here (tried ${backends.join(", ")})`);
}

/** The binary is optional: absent where its download was not possible, and then this throws. */
async function startNative(): Promise<void> {
  // tfjs-node 4.22 calls a function that Node 23 removed.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const optional = "@tensorflow/tfjs-node";
  await import(optional);
}

async function startWebAssembly(): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const binary = createRequire(import.meta.url).resolve(
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm",
  );
  setWasmPaths(`${dirname(binary)}/`);
}

async function startPlain(): Promise<void> {
  await import("@tensorflow/tfjs-backend-cpu");
}
