import { expect, test } from "vitest";
import {
  agreementWords,
  arrivalReading,
  kappaWords,
  learningReading,
  qualityReading,
  secondsWords,
  shareWords,
} from "./reading.ts";
import type { LabelArrival, LearningView, PersonQuality, ReviewQuality } from "./types.ts";

const counts = {
  fraudUpheld: 3,
  fraudOverruled: 1,
  legitimateUpheld: 20,
  legitimateOverruled: 2,
  unknown: 9,
};
const person = { id: "a", name: "Ada", counts } as PersonQuality;
const quality = {
  everyone: true,
  people: [person],
  agreement: { drawn: 40, answered: 12, needed: 30, result: null },
} as unknown as ReviewQuality;

test("the page's line names kappa, or how many second reviews it lacks, or one's own verdicts", () => {
  expect(qualityReading(quality)).toBe("1 person, too few second reviews for kappa, 12 of 30");
  const result = { kappa: 0.712, interval: { lower: 0.58, upper: 0.844 } };
  const told = { ...quality, agreement: { ...quality.agreement, result } } as ReviewQuality;
  expect(qualityReading(told)).toBe("1 person, kappa 0.71 (0.58 to 0.84)");
  expect(qualityReading({ ...quality, everyone: false })).toBe(
    "Yours alone: 26 verdicts whose truth is known, 3 overruled",
  );
  expect(qualityReading({ ...quality, everyone: false, people: [] })).toBe("No verdict of yours yet");
});

test("kappa's meaning goes by the lower end of its interval", () => {
  expect(agreementWords({ lower: 0.65, upper: 0.9 })).toContain("well beyond chance");
  expect(agreementWords({ lower: -0.1, upper: 0.9 })).toContain("cannot be told");
  expect(agreementWords(null)).toContain("same one thing");
  expect(kappaWords(null, null)).toBe("–");
});

test("a share says what it lacks, or its interval and counts", () => {
  expect(shareWords({ hits: 3, of: 4, share: null, interval: null }, 20)).toBe(
    "not enough data: 4 of 20 known",
  );
  const interval = { lower: 0.7639, upper: 0.9911 };
  expect(shareWords({ hits: 19, of: 20, share: 0.95, interval }, 20)).toBe("95.0 % (76.4 to 99.1), 19 of 20");
});

test("the arrival chart tells when half is there and how much at maturity", () => {
  const curve = [0.1, 0.3, 0.5, 0.9, 1].map((share, days) => ({
    days,
    share,
    interval: { lower: 0, upper: 1 },
  }));
  const arrival = {
    maturityDays: 3,
    horizonDays: 120,
    needed: 30,
    sources: [
      { source: "chargeback", labels: 90, curve },
      { source: "import", labels: 2, curve: null },
    ],
  } as LabelArrival;
  expect(arrivalReading(arrival)).toBe(
    "Half of chargebacks are there after 2 days, 90 % after the 3 days of maturity",
  );
  expect(arrivalReading({ ...arrival, sources: [] })).toContain("Too few labels");
});

test("the learning curve's finding is the gain of the next thousand, or that there is hardly any", () => {
  const of = (gain: number, upper: number) =>
    ({
      curve: { fit: { nextThousand: { labels: 1000, gain, interval: { lower: 0, upper } } } },
    }) as LearningView;
  expect(learningReading(of(0.0123, 0.03))).toBe(
    "The next 1,000 labels would buy about 0.0123 of average precision (0.0000 to 0.0300)",
  );
  expect(learningReading(of(0.0002, 0.0005))).toContain("hardly change");
  expect(learningReading({ curve: { fit: null } } as LearningView)).toContain("Too few points");
});

test("seconds read as minutes from a minute on", () => {
  expect([secondsWords(41.6), secondsWords(59.7), secondsWords(130)]).toEqual([
    "42 s",
    "1 min 0 s",
    "2 min 10 s",
  ]);
});
