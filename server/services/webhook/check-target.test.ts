import { expect, test } from "vitest";
import { checkTarget } from "./check-target.ts";

const strict = { allowPrivate: false };

test("only https to the internet, unless the installation allows more", () => {
  expect(checkTarget("webhook", " https://example.com/hook#x ", strict)).toBe("https://example.com/hook");
  for (const target of [
    "http://example.com",
    "https://127.0.0.1/x",
    "https://2130706433/",
    "https://[::1]/",
    "https://localhost/",
    "https://user:pass@example.com/",
    "ftp://example.com/",
    "example.com",
  ]) {
    expect(() => checkTarget("webhook", target, strict), target).toThrow();
  }
  expect(checkTarget("chat", "http://127.0.0.1:9/x", { allowPrivate: true })).toBe("http://127.0.0.1:9/x");
});

test("an e-mail endpoint is one address", () => {
  expect(checkTarget("email", "ops@example.com", strict)).toBe("ops@example.com");
  for (const target of ["ops", "a@example.com\r\nBcc: b@example.com", "a@b.example, c@d.example"]) {
    expect(() => checkTarget("email", target, strict), target).toThrow("e-mail address");
  }
});
