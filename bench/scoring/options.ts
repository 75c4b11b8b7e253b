import { parseArgs } from "node:util";

export const phases = [
  "closed",
  "open",
  "batch",
  "peer",
  "training",
  "dashboard",
  "start",
  "servers",
  "overload",
] as const;
export type Phase = (typeof phases)[number];

/** Left out unless asked for: they need other programs. */
const ONLY_WHEN_ASKED = ["peer", "servers"] as const;

export type BenchOptions = {
  readonly phases: readonly Phase[];
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: readonly number[];
  readonly payments: number;
  readonly overloadSeconds: number;
  readonly overloadConnections: number;
  /** The peer starts on an empty table: the best it can do. */
  readonly peerEmpty: boolean;
  readonly json: string | null;
  readonly fresh: boolean;
  readonly folderName: string;
  readonly cpuProfDir: string | null;
  /** A running server to measure instead of one of our own. */
  readonly url: URL | null;
  readonly key: string | null;
};

export const usage = `npm run bench:scoring [-- options]
  --quick              100,000 payments of history, short rounds
  --only a,b           of ${phases.join(", ")}
  --peer, --servers    these phases too
  --seconds N          of each measurement; --rounds N of each, medians are told
  --connections a,b    of the closed loop (1,16,64,128)
  --overload-connections N  (8192: more than a server may hold back)
  --peer-empty         the peer starts on an empty table, not on the same history as ours
  --payments N         of history (1,000,000)
  --json FILE          everything, as JSON
  --fresh              fills the database anew; --folder NAME keeps one apart
  --cpu-prof DIR       keeps a CPU profile of the scoring server
  --url URL --key KEY  measures a server that runs already (closed, open, batch, overload)`;

/** Thrown for arguments that make no sense, with a line for a person. */
export class OptionError extends Error {}

/** @throws OptionError */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      peer: { type: "boolean", default: false },
      servers: { type: "boolean", default: false },
      fresh: { type: "boolean", default: false },
      only: { type: "string" },
      seconds: { type: "string" },
      rounds: { type: "string", default: "3" },
      connections: { type: "string", default: "1,16,64,128" },
      payments: { type: "string" },
      json: { type: "string" },
      "overload-connections": { type: "string", default: "8192" },
      "peer-empty": { type: "boolean", default: false },
      folder: { type: "string", default: "" },
      "cpu-prof": { type: "string" },
      url: { type: "string" },
      key: { type: "string" },
    },
  });
  const { quick, json = null, key = null } = values;
  const url = values.url === undefined ? null : new URL(values.url);
  if (url !== null && key === null) throw new OptionError("--url needs --key");
  const asked = values.only?.split(",").map(phaseOf);
  const extra = ONLY_WHEN_ASKED.filter((phase) => values[phase]);
  const usual = phases.filter((phase) => phase !== "peer" && phase !== "servers");
  const chosen: readonly Phase[] = [...(asked ?? usual), ...extra];
  const wanted = phases.filter((phase) => chosen.includes(phase));
  return {
    phases:
      url === null
        ? wanted
        : wanted.filter((phase) => ["closed", "open", "batch", "overload"].includes(phase)),
    seconds: count("seconds", values.seconds ?? (quick ? "4" : "10")),
    rounds: count("rounds", values.rounds),
    connections: values.connections.split(",").map((text) => count("connections", text)),
    payments: count("payments", values.payments ?? (quick ? "100000" : "1000000")),
    overloadSeconds: quick ? 20 : 60,
    overloadConnections: count("overload-connections", values["overload-connections"]),
    peerEmpty: values["peer-empty"],
    json,
    fresh: values.fresh,
    folderName: values.folder,
    cpuProfDir: values["cpu-prof"] ?? null,
    url,
    key,
  };
}

function phaseOf(text: string): Phase {
  const phase = phases.find((known) => known === text.trim());
  if (phase === undefined)
    throw new OptionError(`There is no phase "${text.trim()}"; there are ${phases.join(", ")}.`);
  return phase;
}

function count(name: string, text: string): number {
  const value = Number(text.trim());
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new OptionError(`--${name} takes whole numbers above 0`);
}
