import { expect, test } from "vitest";
import {
  betterAction,
  certaintyReading,
  costsReading,
  figuresWords,
  optimumReading,
  othersReading,
  policyReading,
  strategyWords,
} from "./reading.ts";
import type { Costs, Strategy } from "./types.ts";

const strategy = (key: Strategy["key"], totalMinor: number): Strategy => ({
  key,
  totalMinor,
  savedMinor: 100_000_000 - totalMinor,
  reviewed: 12,
  declined: 1,
  fraudsActedOn: 5,
  fraudLossMinor: 0,
  frictionMinor: 0,
  reviewMinor: 0,
});

const view: Costs = {
  status: "read",
  window: {
    from: "2026-09-21T00:00:00.000Z",
    to: "2026-10-21T00:00:00.000Z",
    maturityDays: 30,
    basis: "mature",
    versionId: null,
    versions: [],
    notes: [],
  },
  currency: "EUR",
  currencies: ["EUR"],
  rowsOfOthers: 0,
  channelsApart: false,
  policyNumber: 1,
  mode: "cost",
  reviewThreshold: 0.1,
  declineThreshold: 0.9,
  cost: {
    lossRate: 1,
    chargebackFeeMinor: 2500,
    marginRate: 0.1,
    frictionCostMinor: 1500,
    reviewCostMinor: 400,
    missRate: 0.1,
    delayCostMinor: 100,
  },
  counts: { rows: 900, fraud: 60, legitimate: 840, waiting: 0, declined: 0, unscored: 0 },
  floor: { needed: 50, met: true },
  curve: [],
  optimum: {
    review: { threshold: 0.149, alerts: 9, costMinor: 40_000_000, flat: { from: 0.127, to: 0.184 } },
    decline: { threshold: 0.3, alerts: 9, costMinor: 60_000_000, flat: { from: 0.3, to: 0.3 } },
  },
  interval: { review: null, decline: null },
  strategies: [strategy("served", 45_000_000), strategy("approve_all", 100_000_000)],
};

test("the cheaper action is named with its threshold, its cost and what it saves", () => {
  expect(betterAction(view)).toBe("review");
  expect(optimumReading(view)).toBe(
    "Reviewing from a score of 0.149 costs least: €400K, 60.0 % under approving everything",
  );
});

test("where no threshold pays, the title says so", () => {
  const none = { threshold: null, alerts: 0, costMinor: 100_000_000, flat: null };
  expect(optimumReading({ ...view, optimum: { review: none, decline: none } })).toContain(
    "No threshold pays",
  );
});

test("a flat optimum is told as a range, a sharp one is not; the interval is told when there is one", () => {
  expect(certaintyReading(view)).toBe("The cost is flat from 0.127 to 0.184: at most 2 % more.");
  const sure = {
    ...view,
    interval: { ...view.interval, review: { lower: 0.11, upper: 0.2, replicates: 200 } },
  };
  expect(certaintyReading(sure)).toContain(
    "The optimum lies between 0.110 and 0.200 (95 %, customers resampled).",
  );
  const { decline } = view.optimum;
  expect(certaintyReading({ ...view, optimum: { review: decline, decline } })).toBe("");
});

test("the decisions as served are compared with approving everything, both ways", () => {
  expect(costsReading(view)).toContain("cost €450K, €550K less than approving everything");
  const worse = { ...strategy("served", 130_000_000) };
  expect(costsReading({ ...view, strategies: [worse] })).toContain("€300K more than approving everything");
  expect(costsReading({ ...view, floor: { needed: 50, met: false } })).toContain(
    "Not enough data yet: 60 of 50",
  );
});

test("the figures are told in money and shares", () => {
  expect(figuresWords(view)[0]).toBe("A fraud let through costs 100 % of its amount and a fee of €25.00");
  expect(strategyWords(strategy("served", 1), view).what).toBe("12 reviews, 1 decline");
  expect(strategyWords(strategy("best_review", 1), view).what).toBe("review from 0.149, approve below");
});

test("payments in other currencies are told, not added", () => {
  expect(othersReading(view)).toBeNull();
  expect(othersReading({ ...view, rowsOfOthers: 1_200 })).toContain(
    "1,200 payments of the window are in other",
  );
});

test("the policy in force stands beside the best threshold, with its interval once it is known", () => {
  const withPolicy = { ...view, strategies: [strategy("policy", 38_000_000)] };
  expect(policyReading(view, null)).toBe("");
  expect(policyReading(withPolicy, null)).toBe(
    "The policy in force would have cost €380K, €20K less than the best threshold.",
  );
  const estimate = { minor: 38_000_000, interval: { lower: 30_000_000, upper: 50_000_000 } };
  const sure = {
    replicates: 200,
    bands: [],
    strategies: [
      { key: "policy" as const, cost: estimate, savedVsApprove: estimate, savedVsReview: estimate },
    ],
    policyOverBest: {
      review: { minor: -2_000_000, interval: { lower: -4_000_000, upper: -1_000_000 } },
      decline: estimate,
    },
    approveAll: estimate,
    reviewAll: estimate,
  };
  expect(policyReading(withPolicy, sure)).toBe(
    "The policy in force would have cost €380K (€300K to €500K), €20K less than the best threshold (difference -€40K to -€10K).",
  );
  const unsure = {
    ...sure,
    policyOverBest: {
      ...sure.policyOverBest,
      review: { minor: -2_000_000, interval: { lower: -9_000_000, upper: 1_000_000 } },
    },
  };
  expect(policyReading(withPolicy, unsure)).toContain("flat, these payments can hardly tell");
});
