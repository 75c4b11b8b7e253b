import { expect, test } from "vitest";
import type { Rule } from "#server/domain/rule/rule-set.ts";
import { differences, effects, effectWords, precisionWords, rulesReading, testReading } from "./words.ts";

const rule = (id: string, over: Partial<Rule> = {}): Rule => ({
  id,
  name: id,
  condition: "score > 0.5",
  effect: { kind: "raise", outcome: "review" },
  status: "active",
  ...over,
});
const set = (status: "active" | "draft", ...rules: Rule[]) => ({
  id: status,
  number: 1,
  status,
  rules,
  createdAt: "",
  updatedAt: "",
  activatedAt: null,
});

test("a draft's differences are counted, and order is one only among rules that stay", () => {
  const [a, b, c] = [rule("a"), rule("b"), rule("c")];
  expect(differences([a, b], [a, b])).toBeNull();
  expect(differences([a, b], [b, a])).toBe("order changed");
  expect(differences([a, b], [a, rule("b", { status: "off" }), c])).toBe("1 added, 1 changed");
  expect(differences([a, b, c], [c])).toBe("2 removed");
});

test("the page says how many rules decide and watch, and whether a draft waits", () => {
  const watching = rule("w", { status: "monitor" });
  const active = set("active", rule("a"), watching, rule("o", { status: "off" }));
  expect(rulesReading({ active, draft: null, troubles: [] })).toBe("1 rule in force, 1 watching");
  expect(rulesReading({ active: null, draft: set("draft"), troubles: [] })).toContain("a draft waits");
  expect(rulesReading({ active: null, draft: null, troubles: [] })).toContain("No rule is in force");
});

test("a test is told in a sentence, with what would change into what", () => {
  const found = { decisions: 100, leftOut: 0, rules: [], changes: [] };
  expect(testReading(found)).toBe("None of the newest 100 decisions would change.");
  const changes = [{ from: "approve" as const, to: "review" as const, count: 4 }];
  expect(testReading({ ...found, leftOut: 2, changes })).toBe(
    "4 of the newest 100 decisions would change (2 more were scored with other features): 4 from approve to review.",
  );
  expect(testReading({ ...found, decisions: 0 })).toContain("no recent decision");
});

test("precision is told only over labels, and every effect has words of its own", () => {
  expect(precisionWords({ labelled: 0, frauds: 0 })).toBe("no label yet");
  expect(precisionWords({ labelled: 4, frauds: 3 })).toBe("75.0 % fraud (3 of 4 labelled)");
  expect(new Set(effects.map(effectWords)).size).toBe(effects.length);
});
