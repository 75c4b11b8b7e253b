/**
 * SQL of the chance that a payment's outcome would be known, over its decision `d`: 1 but for a decline that exploration
 * let through to review, which stands for 1 / propensity of them.
 */
export const knownChance =
  "case when d.exploration = 'decline_to_review' and d.propensity > 0 then d.propensity else 1 end";
