import type { Published, QualitySet } from "./quality-set.ts";

const own = (model: string, figures: Omit<Published, "model" | "source">): Published => ({
  model,
  ...figures,
  source: "ours",
});

const ulbCut = "2013-09-02T12:53:50Z"; // 70 % of the sampled rows lie before

/** Real card payments with anonymous columns, by time. */
export const ulb: QualitySet = {
  name: "ulb",
  title: "ULB credit cards (real), first 70 % by time → last 30 %",
  file: "ulb/creditcard_subset.csv.gz",
  args: [
    "--mapping",
    "ulb",
    "--gap",
    "0",
    "--train",
    `2013-09-01..${ulbCut}`,
    "--test",
    `${ulbCut}..2013-09-03`,
  ],
  rehearsal: [
    ...["--mapping", "ulb", "--gap", "0", "--train", "2013-09-01..2013-09-01T20:00:00Z"],
    ...["--test", `2013-09-01T20:00:00Z..${ulbCut}`],
  ],
  counts: { train: { rows: 18_818, frauds: 384 }, test: { rows: 8_008, frauds: 108 } },
  goals: [
    { family: "selected", figure: "averagePrecision", atLeast: 0.88 },
    { family: "selected", figure: "rocAuc", atLeast: 0.985 },
  ],
  published: [
    own("Logistic regression", { rocAuc: 0.978, averagePrecision: 0.868, recallAtFpr01: 0.87 }),
    own("Random forest, 300 trees", { rocAuc: 0.971, averagePrecision: 0.869, recallAtFpr01: 0.87 }),
  ],
  notes: [
    "All frauds but a random part of the legitimate payments: average precision is that of this mixture.",
  ],
};

/** The same payments rounded to whole numbers, at their natural share of fraud. */
export const ulbInt: QualitySet = {
  name: "ulb_int",
  title: "ULB credit cards rounded to integers (real), 80/20 in row order",
  file: "ulb/creditcard_int_sample.csv.gz",
  args: ["--mapping", "ulb_int", "--gap", "0", "--train", "0%..80%", "--test", "80%..100%"],
  rehearsal: ["--mapping", "ulb_int", "--gap", "0", "--train", "0%..60%", "--test", "60%..80%"],
  counts: { train: { rows: 91_137, frauds: 138 }, test: { rows: 22_785, frauds: 41 } },
  goals: [{ family: "selected", figure: "averagePrecision", atLeast: 0.86 }],
  published: [
    own("Logistic regression", { rocAuc: 0.966, averagePrecision: 0.652, recallAtFpr01: 0.854 }),
    own("Random forest, 300 trees", { rocAuc: 0.962, averagePrecision: 0.853, recallAtFpr01: 0.927 }),
  ],
  notes: ["41 test frauds: the interval is wide."],
};

const year = (number: number): string => `${number}-01-01..${number}-12-31`;

/** Real insurance claims: hard, and drifting from year to year. */
export const vehicleClaims: QualitySet = {
  name: "vehicle_claims",
  title: "Vehicle claims (real), 1994–95 → 1996",
  file: "vehicle_claims/fraud_oracle.csv.gz",
  args: [
    "--mapping",
    "vehicle_claims",
    "--gap",
    "0",
    "--train",
    "1994-01-01..1995-12-31",
    "--test",
    year(1996),
  ],
  rehearsal: ["--mapping", "vehicle_claims", "--gap", "0", "--train", year(1994), "--test", year(1995)],
  counts: { train: { rows: 11_337, frauds: 710 }, test: { rows: 4_083, frauds: 213 } },
  goals: [
    { family: "selected", figure: "rocAuc", atLeast: 0.8 },
    { family: "selected", figure: "averagePrecision", atLeast: 0.17 },
  ],
  published: [
    own("Random forest, 400 trees", { rocAuc: 0.768, averagePrecision: 0.148, recallAtFpr01: 0.066 }),
  ],
  notes: [],
};
