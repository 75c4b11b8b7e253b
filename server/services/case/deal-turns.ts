/** Somebody who is there to be given cases. */
export type Player = {
  readonly id: string;
  readonly name: string;
  /** null: never yet, so first of all */
  lastAssignedAt: Date | null;
  /** how many more cases may be theirs */
  room: number;
};

export type Turn = {
  readonly caseId: string;
  readonly to: Player;
  /** a millisecond apart, so that the order of turns is known the next time */
  readonly at: Date;
};

type Dealing = {
  readonly caseIds: readonly string[];
  readonly players: readonly Player[];
  /** of the first turn */
  readonly from: Date;
};

/**
 * Deals cases in their order to players in turn: whose last turn lies longest back is next, until nobody has room.
 * Takes note in the players, so that one who is in several queues is dealt no more than fits.
 */
export function dealTurns({ caseIds, players, from }: Dealing): Turn[] {
  const waiting = [...players].sort(byLastTurn);
  const turns: Turn[] = [];
  for (const caseId of caseIds) {
    const next = waiting.findIndex(({ room }) => room > 0);
    const [to] = next < 0 ? [] : waiting.splice(next, 1);
    if (to === undefined) break;
    const at = new Date(from.getTime() + turns.length);
    to.room -= 1;
    to.lastAssignedAt = at;
    waiting.push(to);
    turns.push({ caseId, to, at });
  }
  return turns;
}

function byLastTurn(a: Player, b: Player): number {
  const byTime = (a.lastAssignedAt?.getTime() ?? 0) - (b.lastAssignedAt?.getTime() ?? 0);
  return byTime || (a.id < b.id ? -1 : 1);
}
