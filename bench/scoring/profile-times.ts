import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

type Frame = { readonly functionName: string; readonly url: string; readonly lineNumber: number };

/** A .cpuprofile as V8 writes it; times are microseconds. */
export type CpuProfile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

/** Seconds since the profile's start. */
export type ProfileWindow = { readonly from: number; readonly to: number };

export type SelfTimes = {
  readonly totalMs: number;
  /** Of everything but waiting. */
  readonly busyMs: number;
  readonly byFunction: readonly (readonly [name: string, ms: number])[];
  readonly byFile: readonly (readonly [name: string, ms: number])[];
};

const ROOT = resolve(import.meta.dirname, "../..");
const WAITING = new Set(["(idle)", "(root)"]);

/**
 * Where the time of a profile's window went, by the function that ran and by its file; longest first. A sample's time
 * is the one until the next sample.
 */
export function selfTimes(profile: CpuProfile, { from, to }: ProfileWindow): SelfTimes {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const [byFunction, byFile] = [new Map<string, number>(), new Map<string, number>()];
  let [atMicros, totalMs, busyMs] = [0, 0, 0];
  for (const [index, id] of profile.samples.entries()) {
    atMicros += profile.timeDeltas[index] ?? 0;
    const frame = frames.get(id);
    if (frame === undefined || atMicros < from * 1e6 || atMicros >= to * 1e6) continue;
    const ms = (profile.timeDeltas[index + 1] ?? 0) / 1000;
    totalMs += ms;
    if (WAITING.has(frame.functionName)) continue;
    busyMs += ms;
    addTo(byFunction, functionOf(frame), ms);
    addTo(byFile, fileOf(frame), ms);
  }
  return { totalMs, busyMs, byFunction: longestFirst(byFunction), byFile: longestFirst(byFile) };
}

function functionOf(frame: Frame): string {
  const name = frame.functionName === "" ? "(anonymous)" : frame.functionName;
  return frame.url === "" ? name : `${name}  ${fileOf(frame)}:${frame.lineNumber + 1}`;
}

/** Our files by their path, packages by their name, the rest as V8 calls it. */
function fileOf({ url, functionName }: Frame): string {
  if (url === "") return functionName.startsWith("(") ? functionName : "(native)";
  if (!url.startsWith("file:")) return url;
  const path = relative(ROOT, fileURLToPath(url));
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[0] ?? path;
}

function addTo(times: Map<string, number>, name: string, ms: number): void {
  times.set(name, (times.get(name) ?? 0) + ms);
}

function longestFirst(times: ReadonlyMap<string, number>): [string, number][] {
  return [...times].sort(([, a], [, b]) => b - a);
}
