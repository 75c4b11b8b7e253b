import { cpus, loadavg, totalmem } from "node:os";

/** Where and under what circumstances figures were taken. */
export type MachineFacts = {
  readonly at: string;
  readonly cpus: number;
  readonly cpuModel: string;
  readonly memoryGigabytes: number;
  readonly node: string;
  readonly postgres: string | null;
  readonly load1: number;
  /** Someone else was using the machine. */
  readonly busy: boolean;
};

const QUIET_LOAD = 0.5;

export function machineFacts(now: Date): MachineFacts {
  const [load1 = 0] = loadavg();
  return {
    at: now.toISOString(),
    cpus: cpus().length,
    cpuModel: cpus()[0]?.model ?? "unknown",
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgres: null,
    load1,
    busy: load1 > QUIET_LOAD,
  };
}
