import type { inferRouterInputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type Options = inferRouterInputs<AppRouter>["training"]["start"];
export type Family = NonNullable<Options["families"]>[number];
export type Method = NonNullable<Options["imbalanceMethods"]>[number];

/** Every family that can be trained; a new one breaks the build here until it is described. */
export const familyChoices: Record<Family, { name: string; what: string }> = {
  rules: { name: "Rules baseline", what: "a few rules of thumb: what any model has to beat" },
  isolation_forest: {
    name: "Isolation forest",
    what: "how unusual a payment is; reads no labels, for the first weeks",
  },
  logistic_regression: {
    name: "Logistic regression",
    what: "weighted features; seconds to train, easy to explain",
  },
  gradient_boosting: {
    name: "Gradient boosting",
    what: "many small trees in turn; strong on tables, a minute to train",
  },
  neural_network: { name: "Neural network", what: "TensorFlow.js; finds combinations, takes minutes" },
  ensemble: {
    name: "Ensemble",
    what: "the others weighed together; kept where that is better than each alone",
  },
};

export const methodChoices: Record<Method, string> = {
  none: "every payment counts the same",
  class_weight: "a fraud weighs more than a good payment",
  focal: "payments that are judged well already weigh less; boosted trees and network",
  under_sampling: "only a share of the good payments is learned from; the quickest",
  balanced_bagging: "several fits, each on all frauds and other good payments",
};
