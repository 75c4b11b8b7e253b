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

/** As CardRows, with cards numbered. */
export type NumberedCardRows = {
  readonly days: ArrayLike<number>;
  readonly cards: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
};

/** As CardPrecisionDay, with cards numbered. */
export type NumberedCardDay = Omit<CardPrecisionDay, "detected"> & { readonly detected: readonly number[] };

type Card = { readonly card: number; score: number; compromised: boolean };

/**
 * Card precision at k of the Fraud Detection Handbook: an analyst checks k cards a day. Day by day, cards found
 * compromised on an earlier day are out; a card takes its highest score and label of the day; the k highest scores are
 * checked (ties by card id, ascending by code unit). Always divided by k, also when fewer cards are there. The mean is
 * over days; null without any. O(n log n).
 * @throws RangeError when lengths differ, k is not a positive integer, or a score is NaN.
 */
export function cardPrecisionAtK({ days, cardIds, labels, scores }: CardRows, k: number): CardPrecision {
  const numbers = new Map<string, number>();
  const cards = cardIds.map((id) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  });
  const ids = [...numbers.keys()];
  const checks = cardChecks({ days, cards, labels, scores }, k);
  let step = checks.next();
  while (step.done !== true) {
    step = checks.next([...step.value].sort((a, b) => byCodeUnit(ids[a] ?? "", ids[b] ?? "")));
  }
  const daily = step.value.map((day) => ({
    ...day,
    detected: day.detected.map((card) => ids[card] ?? "").sort(byCodeUnit),
  }));
  const sum = daily.reduce((total, day) => total + day.precision, 0);
  return { daily, mean: daily.length === 0 ? null : sum / daily.length };
}

/**
 * The days of cardPrecisionAtK for cards whose ids are elsewhere: yields the cards of equal score that the last of the
 * k checks cuts through, where their order matters, and wants them back in ascending order of their ids.
 * @throws RangeError as cardPrecisionAtK
 */
export function* cardChecks(
  rows: NumberedCardRows,
  k: number,
): Generator<readonly number[], NumberedCardDay[], readonly number[]> {
  checkCards(rows, k);
  const detected = new Set<number>();
  const daily: NumberedCardDay[] = [];
  for (const [day, dayRows] of rowsByDay(rows.days)) {
    const pool = cardsOf(rows, dayRows, detected);
    const { found, tied, places } = highest(pool, k);
    if (tied.length > places && tied.some((card) => card.compromised)) {
      const order = yield tied.map(({ card }) => card);
      const compromised = new Set(tied.filter((card) => card.compromised).map(({ card }) => card));
      found.push(...order.slice(0, places).filter((card) => compromised.has(card)));
    } else if (tied.length <= places) {
      found.push(...tied.filter((card) => card.compromised).map(({ card }) => card));
    }
    for (const card of found) detected.add(card);
    daily.push({
      day,
      cards: pool.length,
      compromised: pool.filter((card) => card.compromised).length,
      detected: found,
      precision: found.length / k,
    });
  }
  return daily;
}

/** Compromised cards surely among the k highest scores, those on the score of the last check, and places left for them. */
function highest(pool: readonly Card[], k: number): { found: number[]; tied: Card[]; places: number } {
  const scores = Float64Array.from(pool, ({ score }) => score).sort();
  const last = scores[scores.length - k] ?? Number.NEGATIVE_INFINITY;
  const above = pool.filter(({ score }) => score > last);
  return {
    found: above.filter(({ compromised }) => compromised).map(({ card }) => card),
    tied: pool.filter(({ score }) => score === last),
    places: k - above.length,
  };
}

function checkCards({ days, cards, labels, scores }: NumberedCardRows, k: number): void {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`${k} is not a number of cards to check`);
  const lengths = new Set([days.length, cards.length, labels.length, scores.length]);
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

function cardsOf(rows: NumberedCardRows, dayRows: readonly number[], detected: ReadonlySet<number>): Card[] {
  const cards = new Map<number, Card>();
  for (const row of dayRows) {
    const number = rows.cards[row] as number;
    if (detected.has(number)) continue;
    const score = rows.scores[row] as number;
    if (Number.isNaN(score)) throw new RangeError(`score ${row} is not a number`);
    const isFraud = rows.labels[row] === 1;
    const card = cards.get(number);
    if (card === undefined) {
      cards.set(number, { card: number, score, compromised: isFraud });
      continue;
    }
    card.score = Math.max(card.score, score);
    card.compromised ||= isFraud;
  }
  return [...cards.values()];
}

const byCodeUnit = (first: string, second: string): number => (first < second ? -1 : first > second ? 1 : 0);
