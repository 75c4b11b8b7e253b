import type * as core from "@tensorflow/tfjs-core";
import type { NeuralNetworkOptions } from "./options.ts";

/**
 * Mean over the rows of weight times loss. The logistic loss of a margin z is softplus(z) - y z = -ln p of the true
 * label; the focal one multiplies it by (1 - p)^gamma, so that rows already right count less (Lin et al. 2017).
 */
export function weightedLoss(
  tf: typeof core,
  batch: { readonly margins: core.Tensor; readonly labels: core.Tensor; readonly weights: core.Tensor },
  { loss, focalGamma }: Pick<NeuralNetworkOptions, "loss" | "focalGamma">,
): core.Tensor {
  const { margins, labels, weights } = batch;
  // softplus(z) as max(z, 0) + ln(1 + e^-|z|): large margins neither overflow nor lose their slope.
  const softplus = tf.add(tf.relu(margins), tf.log1p(tf.exp(tf.neg(tf.abs(margins)))));
  const logistic = tf.sub(softplus, tf.mul(labels, margins));
  const perRow = loss === "logistic" ? logistic : tf.mul(logistic, tf.pow(missing(tf, logistic), focalGamma));
  return tf.mean(tf.mul(perRow, weights));
}

/** 1 - p of the true label, kept off 0, where a power below 1 has no finite slope. */
function missing(tf: typeof core, logistic: core.Tensor): core.Tensor {
  return tf.maximum(tf.sub(1, tf.exp(tf.neg(logistic))), 1e-6);
}
