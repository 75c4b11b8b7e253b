import type { TrainingMemory } from "./training-memory.ts";
import type { TrainingTask } from "./training-task.ts";

/** What the threads of a fit share beside its memory: the task at hand and the signals around it. */
export type SharedWork = {
  readonly memory: TrainingMemory;
  readonly signals: Int32Array;
  readonly task: Float64Array;
};

/** Places in the signals: the number of the task, threads that still work on it, whether one of them failed. */
export const Signal = { task: 0, busy: 1, failed: 2 } as const;

/** Looks before a thread sleeps: the next task is mostly some microseconds away, and waking up takes longer. */
const LOOKS = 2000;

export function sharedWork(memory: TrainingMemory): SharedWork {
  return {
    memory,
    signals: new Int32Array(new SharedArrayBuffer(12)),
    task: new Float64Array(new SharedArrayBuffer(8 * 12)),
  };
}

/** Waits until a signal is no longer `old` and returns what it is; also after `timeoutMs`, unchanged. */
export function waitForChange(
  signals: Int32Array,
  place: number,
  old: number,
  timeoutMs = Number.POSITIVE_INFINITY,
): number {
  for (let look = 0; look < LOOKS; look++) {
    const now = Atomics.load(signals, place);
    if (now !== old) return now;
  }
  Atomics.wait(signals, place, old, timeoutMs);
  return Atomics.load(signals, place);
}

const kinds = ["cuts", "codes", "gradients", "root", "children"] as const satisfies TrainingTask["kind"][];

/** Writes a task as numbers: its kind, then its fields in the order of its type. */
export function writeTask(numbers: Float64Array, task: TrainingTask): void {
  numbers[0] = kinds.indexOf(task.kind);
  numbers.set(fieldsOf(task), 1);
}

function fieldsOf(task: TrainingTask): number[] {
  switch (task.kind) {
    case "cuts":
      return [task.rows];
    case "codes":
      return [task.from, task.rows];
    case "gradients":
      return [task.round, task.scale.gradient, task.scale.hessian];
    case "root":
      return [task.slot, task.rows.from, task.rows.to, task.scale.gradient, task.scale.hessian];
    case "children": {
      const { parent, child, rows, scale, parentBounds, childBounds } = task;
      const bounds = [parentBounds.low, parentBounds.high, childBounds.low, childBounds.high];
      return [parent, child, rows.from, rows.to, scale.gradient, scale.hessian, ...bounds];
    }
  }
}

/** Inverse of `writeTask`. */
export function readTask(numbers: Float64Array): TrainingTask {
  const kind = kinds[numbers[0] ?? -1];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0] = numbers.subarray(1);
  switch (kind) {
    case "cuts":
      return { kind, rows: a };
    case "codes":
      return { kind, from: a, rows: b };
    case "gradients":
      return { kind, round: a, scale: { gradient: b, hessian: c } };
    case "root":
      return { kind, slot: a, rows: { from: b, to: c }, scale: { gradient: d, hessian: e } };
    case "children": {
      const bounds = { parentBounds: { low: g, high: h }, childBounds: { low: i, high: j } };
      return {
        kind,
        parent: a,
        child: b,
        rows: { from: c, to: d },
        scale: { gradient: e, hessian: f },
        ...bounds,
      };
    }
    default:
      throw new RangeError(`training task ${numbers[0]} is unknown`);
  }
}
