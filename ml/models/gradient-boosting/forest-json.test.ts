import { expect, test } from "vitest";
import { encodeBytes } from "../base64.ts";
import { fitForest } from "./fit-forest.ts";
import { type ForestJson, forestFromJson, forestToJson } from "./forest-json.ts";
import { joinTrees } from "./nodes.ts";
import { gradientBoostingDefaults } from "./options.ts";
import { noisyRows, noRows } from "./testing/training-rows.ts";

const { forest } = await fitForest({
  training: noisyRows(1000, 1),
  validation: noRows(4),
  options: { ...gradientBoostingDefaults, rounds: 5, minChildHessian: 0.5 },
  seed: 1,
  signal: null,
  onRound: () => {},
});
const json: ForestJson = JSON.parse(JSON.stringify(forestToJson(forest)));

test("a forest survives its JSON bit for bit", () => {
  expect(forestFromJson(json)).toEqual(forest);
  const empty = joinTrees({ width: 3, base: -4.5, gain: new Float64Array(3) }, []);
  expect(forestFromJson(JSON.parse(JSON.stringify(forestToJson(empty))))).toEqual(empty);
});

test("JSON of before gains were kept still loads", () => {
  const { gain, ...old } = json;
  expect(gain).toBeDefined();
  expect(forestFromJson(old)).toEqual({ ...forest, gain: null });
});

test.each<[string, Partial<Record<keyof ForestJson, unknown>>]>([
  ["another family", { family: "rules" }],
  ["another version", { version: 2 }],
  ["no width", { width: undefined }],
  ["a base that is no number", { base: "0" }],
  ["more trees than roots", { trees: json.trees + 1 }],
  ["more nodes than stored", { nodes: json.nodes + 1 }],
  ["a short array", { value: json.value.slice(0, -8) }],
  ["an absent array", { cover: undefined }],
  ["too few gains", { gain: "AAAA" }],
  ["a gain that is no number", { gain: encodeBytes(new Float64Array(4).fill(Number.NaN)) }],
  ["features beyond the width", { width: 1 }],
])("JSON with %s is refused", (_, changes) => {
  expect(() => forestFromJson({ ...json, ...changes })).toThrow(RangeError);
});

test("null and damaged nodes are refused: a child before its parent, a shared child, a leaf without a number", () => {
  expect(() => forestFromJson(null)).toThrow(RangeError);
  const damaged = (change: (nodes: typeof forest.nodes) => void): ForestJson => {
    const copy = forestFromJson(json);
    change(copy.nodes);
    return forestToJson(copy);
  };
  const leaf = forest.nodes.feature.indexOf(-1);
  expect(() => forestFromJson(damaged(({ left }) => left.fill(0, 0, 1)))).toThrow("node 0 is damaged");
  expect(() => forestFromJson(damaged(({ left }) => left.fill(left[0] ?? 0, 2, 3)))).toThrow(RangeError);
  expect(() => forestFromJson(damaged(({ value }) => value.fill(Number.NaN, leaf, leaf + 1)))).toThrow(
    `node ${leaf} is damaged`,
  );
});
