import { expect, test } from "vitest";
import { dispositions, labelOfDisposition } from "./case-words.ts";
import { labels } from "./label.ts";

test("fraud and legitimate teach what they say, and not sure teaches nothing", () => {
  expect(labelOfDisposition).toEqual({ fraud: "fraud", legitimate: "legitimate", not_sure: null });
});

test("every label can be taught by a verdict", () => {
  const taught = dispositions.map((disposition) => labelOfDisposition[disposition]);
  for (const label of labels) expect(taught).toContain(label);
});
