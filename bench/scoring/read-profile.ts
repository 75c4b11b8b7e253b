import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type CpuProfile, selfTimes } from "./profile-times.ts";

/** `node bench/scoring/read-profile.ts FILE.cpuprofile [--from S --to S --top N]`: self time by function and by file. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: "string", default: "0" },
    to: { type: "string", default: "Infinity" },
    top: { type: "string", default: "30" },
  },
});
const [file] = positionals;
if (file === undefined) throw new Error("Which .cpuprofile? --from and --to are seconds since its start.");
const profile = JSON.parse(readFileSync(file, "utf8")) as CpuProfile;
const times = selfTimes(profile, { from: Number(values.from), to: Number(values.to) });
const share = (ms: number): string => `${((100 * ms) / times.busyMs).toFixed(1).padStart(5)} %`;
process.stdout.write(
  `${(times.busyMs / 1000).toFixed(2)} s busy of ${(times.totalMs / 1000).toFixed(2)} s; shares are of the busy time\n`,
);
for (const [title, list] of [
  ["by function", times.byFunction],
  ["by file", times.byFile],
] as const) {
  process.stdout.write(`\nSelf time ${title}\n`);
  for (const [name, ms] of list.slice(0, Number(values.top))) {
    process.stdout.write(`${share(ms)}  ${ms.toFixed(0).padStart(7)} ms  ${name}\n`);
  }
}
