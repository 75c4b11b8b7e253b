import fc from "fast-check";
import { expect, test } from "vitest";
import { mentionedIn } from "./mentioned-in.ts";

test("people are named by id in brackets or by e-mail, each once, in the order of the text", () => {
  const text =
    "@[u-1] and @Bob.B@example.test, again @[u-1]; mail ada@example.test is no mention, nor is @bob";
  expect(mentionedIn(text)).toEqual({ ids: ["u-1"], emails: ["bob.b@example.test"] });
});

test("whatever the text, at most twenty of a kind, none twice", () => {
  fc.assert(
    fc.property(fc.array(fc.uuid(), { maxLength: 40 }), (ids) => {
      const found = mentionedIn(ids.map((id) => `@[${id}]`).join(" ")).ids;
      expect(found).toEqual([...new Set(ids)].slice(0, 20));
    }),
  );
});
