/** Scored payments: `days` are day numbers, equal for payments of one day, in any order. */
export type CardRows = {
  readonly days: ArrayLike<number>;
  readonly cardIds: readonly string[];
  readonly labels: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
};

/** One day: cards still in the pool, compromised ones among them, those found by the k checks, and hits / k. */
export type CardPrecisionDay = {
  readonly day: number;
  readonly cards: number;
  readonly compromised: number;
  readonly detected: readonly string[];
  readonly precision: number;
};

export type CardPrecision = { readonly daily: readonly CardPrecisionDay[]; readonly mean: number | null };

type Card = { readonly id: string; score: number; compromised: boolean };

/**
 * Card precision at k of the Fraud Detection Handbook: an analyst checks k cards a day. Day by day, cards found
 * compromised on an earlier day are out; a card takes its highest score and label of the day; the k highest scores are
 * checked (ties by card id, ascending by code unit). Always divided by k, also when fewer cards are there. The mean is
 * over days; null without any. O(n log n).
 * @throws RangeError when lengths differ, k is not a positive integer, or a score is NaN.
 */
export function cardPrecisionAtK(rows: CardRows, k: number): CardPrecision {
  checkCards(rows, k);
  const detected = new Set<string>();
  const daily = [...rowsByDay(rows.days)].map(([day, dayRows]): CardPrecisionDay => {
    const pool = cardsOf(rows, dayRows, detected).sort(byScoreThenId);
    const found = pool.slice(0, k).filter((card) => card.compromised);
    for (const card of found) detected.add(card.id);
    return {
      day,
      cards: pool.length,
      compromised: pool.filter((card) => card.compromised).length,
      detected: found.map((card) => card.id).sort(byCodeUnit),
      precision: found.length / k,
    };
  });
  const sum = daily.reduce((total, day) => total + day.precision, 0);
  return { daily, mean: daily.length === 0 ? null : sum / daily.length };
}

function checkCards({ days, cardIds, labels, scores }: CardRows, k: number): void {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`${k} is not a number of cards to check`);
  const lengths = new Set([days.length, cardIds.length, labels.length, scores.length]);
  if (lengths.size > 1) throw new RangeError("every payment needs a day, a card, a label and a score");
}

function rowsByDay(days: ArrayLike<number>): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < days.length; i++) {
    const day = days[i] as number;
    const group = groups.get(day);
    if (group === undefined) groups.set(day, [i]);
    else group.push(i);
  }
  return new Map([...groups].sort(([first], [second]) => first - second));
}

function cardsOf(rows: CardRows, dayRows: readonly number[], detected: ReadonlySet<string>): Card[] {
  const cards = new Map<string, Card>();
  for (const row of dayRows) {
    const id = rows.cardIds[row] ?? "";
    if (detected.has(id)) continue;
    const score = rows.scores[row] as number;
    if (Number.isNaN(score)) throw new RangeError(`score ${row} is not a number`);
    const isFraud = rows.labels[row] === 1;
    const card = cards.get(id);
    if (card === undefined) {
      cards.set(id, { id, score, compromised: isFraud });
      continue;
    }
    card.score = Math.max(card.score, score);
    card.compromised ||= isFraud;
  }
  return [...cards.values()];
}

const byCodeUnit = (first: string, second: string): number => (first < second ? -1 : first > second ? 1 : 0);

const byScoreThenId = (first: Card, second: Card): number =>
  second.score - first.score || byCodeUnit(first.id, second.id);
