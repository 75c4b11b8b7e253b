import { expect, test } from "vitest";
import { parseSmtpUrl } from "./smtp-url.ts";

test("ports, TLS and logins are read from the address", () => {
  expect(parseSmtpUrl("smtp://mail.example")).toEqual({
    host: "mail.example",
    port: 587,
    isTls: false,
    login: null,
  });
  expect(parseSmtpUrl("smtps://a%40b.example:p%3Ass@mail.example")).toEqual({
    host: "mail.example",
    port: 465,
    isTls: true,
    login: { user: "a@b.example", password: "p:ss" },
  });
  expect(parseSmtpUrl("https://mail.example")).toBeNull();
  expect(parseSmtpUrl("mail.example")).toBeNull();
});
