/** Log-odds from which on the axis of scores is cut off: 0.0075 % and 99.9925 %. */
const LOG_ODDS_REACH = 9.5;

/** Log-odds of a score, cut off at the reach. */
export function logOddsOf(score: number): number {
  return Math.max(-LOG_ODDS_REACH, Math.min(LOG_ODDS_REACH, Math.log(score / (1 - score))));
}

export function scoreOfLogOdds(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** A score's place on an axis of log-odds, in [0, 1] from left to right; ends beyond the reach stand at the ends. */
export function placeOfScore(score: number): number {
  return (logOddsOf(score) + LOG_ODDS_REACH) / (2 * LOG_ODDS_REACH);
}

/** The score at a place: the inverse of placeOfScore inside its reach. */
export function scoreAtPlace(place: number): number {
  return scoreOfLogOdds((Math.max(0, Math.min(1, place)) * 2 - 1) * LOG_ODDS_REACH);
}

/** Scores that are marked on the axis. */
export const scoreTicks = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999] as const;
