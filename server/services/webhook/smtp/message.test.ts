import fc from "fast-check";
import { expect, test } from "vitest";
import { messageText } from "./message.ts";

const at = new Date("2026-11-20T12:00:00.000Z");
const mail = { to: "ops@example.com", subject: "Recall fell", text: "one\ntwo", id: "e1" };

test("headers and body as RFC 5322 has them", () => {
  const lines = messageText(mail, { from: "assay@example.com", at }).split("\r\n");
  expect(lines).toContain("From: Assay <assay@example.com>");
  expect(lines).toContain("Date: Fri, 20 Nov 2026 12:00:00 +0000");
  expect(lines).toContain("Message-ID: <e1@example.com>");
  expect(Buffer.from(lines.at(-2) ?? "", "base64").toString()).toBe("one\r\ntwo");
});

test("whatever is written, lines stay short, the subject comes back, and no header is added", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (subject) => {
      const text = messageText({ ...mail, subject }, { from: "assay@example.com", at });
      const [head = ""] = text.split("\r\n\r\n");
      expect(text.split("\r\n").every((line) => line.length <= 78)).toBe(true);
      const unfolded = head.replaceAll("\r\n ", "");
      expect(unfolded.split("\r\n")).toHaveLength(9);
      const words = [...unfolded.matchAll(/=\?utf-8\?B\?([^?]*)\?=/g)];
      expect(words.map(([, word]) => Buffer.from(word ?? "", "base64").toString()).join("")).toBe(subject);
    }),
  );
});
