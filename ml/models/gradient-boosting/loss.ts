import { sigmoid } from "./sigmoid.ts";

export type LossName = "logistic" | "focal";

/** Which loss is descended; `focalGamma` plays no part in the logistic one. */
export type Loss = { readonly loss: LossName; readonly focalGamma: number };

/**
 * Derivative of the focal loss -(1 - q)^gamma ln q by the margin, where q = p of the row's own class (Lin et al. 2017,
 * appendix B). With s = +1 for fraud and -1 for legitimate rows and r = 1 - q:
 *
 *   gradient  s r^gamma (gamma q ln q - r)
 *   Hessian   q r^gamma (r (gamma ln q + 2 gamma + 1) - gamma^2 q ln q)
 *
 * The second follows from the first with dq / dz = s q r. It turns negative for rows that are far on the wrong side;
 * never less than q r^(gamma + 1) is used, the logistic Hessian times the factor of the loss. gamma 0 is the log loss.
 */
export function focalGradient(margin: number, label: number, gamma: number): number {
  const { own, other, log } = ownClass(margin, label);
  return (label === 1 ? 1 : -1) * other ** gamma * (gamma * own * log - other);
}

/** The Hessian beside `focalGradient`. */
export function focalHessian(margin: number, label: number, gamma: number): number {
  const { own, other, log } = ownClass(margin, label);
  const factor = own * other ** gamma;
  return factor * Math.max(other, other * (gamma * log + 2 * gamma + 1) - gamma * gamma * own * log);
}

function ownClass(margin: number, label: number): { own: number; other: number; log: number } {
  const z = label === 1 ? margin : -margin;
  // ln(1 / (1 + e^-z)) without a loss of digits on either side.
  const log = Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
  return { own: sigmoid(z), other: sigmoid(-z), log };
}
