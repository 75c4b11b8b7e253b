import {
  atLeast,
  atMost,
  cpuLine,
  errorLines,
  type Line,
  latencyText,
  ms,
  openLoopLines,
  plain,
  whole,
} from "./report-lines.ts";
import type { Results } from "./results.ts";

/** The figures with goals, and those that explain them. */
export function linesOf(results: Results): Line[] {
  return [
    ...decisionLines(results),
    ...closedLines(results),
    ...batchLines(results),
    ...peerLines(results),
    ...openLines(results),
    ...besideLines(results),
    ...serverLines(results),
    ...startLines(results),
    ...overloadLines(results),
  ];
}

function decisionLines({ decisions }: Results): Line[] {
  if (decisions === undefined) return [];
  const total = Object.values(decisions.outcomes).reduce((sum, count) => sum + count, 0);
  const share = (count: number): string => `${((100 * count) / Math.max(1, total)).toFixed(1)} %`;
  const shares = Object.entries(decisions.outcomes).map(([outcome, count]) => `${outcome} ${share(count)}`);
  return [
    plain("payments of this run", total.toLocaleString("en")),
    plain("  decided", shares.join(", ")),
    plain("  a rule hit", share(decisions.ruleHits)),
  ];
}

function closedLines({ closed = [] }: Results): Line[] {
  return closed.flatMap(({ connections, median }) => {
    const name = `closed, ${connections} connections`;
    const throughput =
      connections === 128
        ? atLeast(`${name}: payments/s`, median.perSecond, 5_000)
        : plain(`${name}: payments/s`, whole(median.perSecond));
    return [
      throughput,
      plain("  p50, p90, p99, max ms", latencyText(median)),
      cpuLine(median),
      ...errorLines(median),
    ];
  });
}

function batchLines({ batch }: Results): Line[] {
  if (batch === undefined) return [];
  const { median, size, connections } = batch;
  const name = `batches of ${size}, ${connections} connections: payments/s`;
  return [atLeast(name, median.perSecond, 15_000), cpuLine(median), ...errorLines(median)];
}

function openLines({ open }: Results): Line[] {
  if (open === undefined) return [];
  return openLoopLines(`open loop ${open.rate}/s`, open.median, { p50: 5, p99: 20 });
}

function besideLines({ dashboard, training }: Results): Line[] {
  const goals = { p50: null, p99: 50 };
  const lines: Line[] = [];
  if (training !== undefined && training.rounds.length > 0) {
    lines.push(...openLoopLines("  while a model trains", training.median, goals));
    lines.push(
      plain("  stages of the training", [...new Set(training.rounds.map(({ stage }) => stage))].join(", ")),
    );
  }
  if (dashboard !== undefined) {
    const { query, reads, medianReadMilliseconds } = dashboard;
    lines.push(...openLoopLines(`  while a page is reloaded (${query})`, dashboard.median, goals));
    lines.push(plain("  page reads, median ms", `${reads}, ${whole(medianReadMilliseconds)}`));
  }
  return lines;
}

function peerLines({ peer }: Results): Line[] {
  if (peer === undefined) return [];
  if (peer.status === "absent") return [plain("peer", peer.reason)];
  const table = peer.history === "none" ? "on an empty table" : "on the same history";
  const name = `peer ${table}, ${peer.connections} connections: payments/s, ours in the same run`;
  return [
    plain(name, `${whole(peer.peer.perSecond)}, ${whole(peer.ours.perSecond)}`),
    plain("  peer's p50, p90, p99, max ms", latencyText(peer.peer)),
    plain("  ours", latencyText(peer.ours)),
    { ...cpuLine(peer.peer), measure: "  CPU µs a payment: peer, PostgreSQL, load" },
    ...errorLines(peer.peer),
    atLeast("  our throughput over the peer's", peer.throughputRatio, 6),
    atMost("  our p99 over the peer's", peer.p99Ratio, 0.25),
  ];
}

function serverLines({ servers }: Results): Line[] {
  if (servers === undefined) return [];
  if (servers.status === "absent") return [plain("servers over one Redis", servers.reason)];
  return servers.results.flatMap((result) => [
    plain(`${result.servers} server(s) over one Redis: payments/s`, whole(result.median.perSecond)),
    plain("  p50, p90, p99, max ms", latencyText(result.median)),
    cpuLine(result.median),
    plain("  Redis: CPU µs a payment, MB", `${whole(result.redisMicros)}, ${whole(result.redisMegabytes)}`),
    plain(
      "  seconds to ready: first, others",
      `${ms(result.readySeconds.first)}, ${ms(result.readySeconds.others)}`,
    ),
    ...errorLines(result.median),
  ]);
}

function startLines({ start }: Results): Line[] {
  if (start === undefined) return [];
  const name = `start, ${start.payments.toLocaleString("en")} payments: seconds to /readyz after kill -9`;
  return [
    atMost(name, start.medianSeconds, 10),
    plain("  after SIGTERM", ms(start.secondsAfterDrain)),
    atMost("  RSS then, MB", start.rssMegabytes, 700),
    plain("  most until then, MB", whole(start.peakRssMegabytes)),
  ];
}

function overloadLines({ overload }: Results): Line[] {
  if (overload === undefined) return [];
  const { wantedRate, sentRate, acceptedPerSecond, shedShare, accepted, acceptedFromDue, rssMegabytes } =
    overload;
  const { before, most, after } = rssMegabytes;
  return [
    plain(`overload, ${whole(wantedRate)}/s wanted: sent/s`, whole(sentRate)),
    plain("  accepted/s", whole(acceptedPerSecond)),
    plain("  shed with 503", shedShare === null ? "–" : `${(shedShare * 100).toFixed(1)} %`),
    plain("  accepted: p50, p99 ms from sending", `${ms(accepted.p50)}, ${ms(accepted.p99)}`),
    plain("  accepted: p50, p99 ms from due time", `${ms(acceptedFromDue.p50)}, ${ms(acceptedFromDue.p99)}`),
    plain("  RSS MB before, most, after", [before, most, after].map(whole).join(", ")),
    ...errorLines(overload),
  ];
}
