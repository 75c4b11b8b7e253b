import { type Bench, measured } from "../bench.ts";
import { type Figures, figuresOf, medianFigures } from "../figures.ts";
import { openPeerDatabase } from "../setup/peer-history.ts";
import { peerProblem, startPeer } from "../setup/peer-server.ts";

export type PeerReport =
  | { readonly status: "absent"; readonly reason: string }
  | {
      readonly status: "measured";
      readonly connections: number;
      /** Whether the peer's table held the same history as ours when it began. */
      readonly history: "same" | "none";
      readonly ours: Figures;
      readonly peer: Figures;
      readonly rounds: readonly { readonly ours: Figures; readonly peer: Figures }[];
      /** Ours over the peer's, of medians. */
      readonly throughputRatio: number | null;
      readonly p99Ratio: number | null;
    };

const CONNECTIONS = 128;

/** Ours and the peer in turn, under the same load, on the same PostgreSQL with the same history. */
export async function peerPhase(bench: Bench): Promise<PeerReport> {
  const { own, cleanUp, options } = bench;
  const reason = own === null ? "there is no database to share" : peerProblem();
  if (own === null || reason !== null) return { status: "absent", reason: reason ?? "" };
  const { folder, url } = own.database;
  const { port, pid } = await startPeer(
    folder,
    await openPeerDatabase(url, own.pool, { empty: options.peerEmpty, cleanUp }),
    cleanUp,
  );
  const endpoint = { port, path: "/score", key: null };
  const job = { connections: CONNECTIONS, seconds: options.seconds, batch: 1, rate: null };
  await bench.load.run({ ...job, seconds: 3, seed: 0, endpoints: [endpoint] });
  const rounds: { ours: Figures; peer: Figures }[] = [];
  for (let seed = 0; seed < options.rounds; seed++) {
    const ours = figuresOf(await measured(bench, { ...job, seed, endpoints: [bench.score] }));
    const peer = figuresOf(await measured(bench, { ...job, seed, endpoints: [endpoint] }, [pid]));
    rounds.push({ ours, peer });
  }
  const ours = medianFigures(rounds.map((round) => round.ours));
  const peer = medianFigures(rounds.map((round) => round.peer));
  return {
    status: "measured",
    connections: CONNECTIONS,
    history: options.peerEmpty ? "none" : "same",
    ours,
    peer,
    rounds,
    throughputRatio: ratio(ours.perSecond, peer.perSecond),
    p99Ratio: ratio(ours.latency.p99, peer.latency.p99),
  };
}

function ratio(ours: number | null, theirs: number | null): number | null {
  return ours === null || theirs === null || theirs === 0 ? null : ours / theirs;
}
