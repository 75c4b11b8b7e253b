import { expect, test } from "vitest";
import { newSecret, signatureOf } from "./secret.ts";

test("signs as the example of Standard Webhooks", () => {
  const signed = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body: '{"test": 2432232314}' };
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  expect(signatureOf([secret], signed)).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

test("both secrets of a rotation sign", () => {
  const signed = { id: "a", timestamp: 1, body: "{}" };
  const [old, next] = [newSecret(), newSecret()];
  expect(signatureOf([next, old], signed)).toBe(
    `${signatureOf([next], signed)} ${signatureOf([old], signed)}`,
  );
});

test("a secret is 32 random bytes behind its prefix", () => {
  expect(Buffer.from(newSecret().replace(/^whsec_/, ""), "base64")).toHaveLength(32);
  expect(newSecret()).not.toBe(newSecret());
});
