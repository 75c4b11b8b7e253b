import { type Bench, measured } from "../bench.ts";
import { type Figures, figuresOf, type Latency, latencyOf, medianFigures } from "../figures.ts";

export type OpenRound = Figures & {
  /** How late requests left the load generator: part of the latency, and no fault of the server's. */
  readonly lag: Latency;
};
export type OpenReport = {
  readonly rate: number;
  readonly median: Figures;
  readonly rounds: readonly OpenRound[];
};

const OPEN_RATE = 500;
const CONNECTIONS = 256;

/** Arrivals by schedule, whatever the server does. */
export async function openPhase(bench: Bench): Promise<OpenReport> {
  const rounds: OpenRound[] = [];
  for (let round = 0; round < bench.options.rounds; round++) {
    rounds.push(await openRound(bench, bench.options.seconds, round));
  }
  return { rate: OPEN_RATE, median: medianFigures(rounds), rounds };
}

export async function openRound(bench: Bench, seconds: number, seed: number): Promise<OpenRound> {
  const job = { connections: CONNECTIONS, seconds, batch: 1, rate: OPEN_RATE, seed };
  const round = await measured(bench, { ...job, endpoints: [bench.score] });
  return { ...figuresOf(round), lag: latencyOf(round.result.lag) };
}
