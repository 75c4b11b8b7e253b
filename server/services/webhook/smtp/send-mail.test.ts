import { afterEach, expect, test } from "vitest";
import { type MailSettings, sendMail } from "./send-mail.ts";
import { type Catcher, type CatcherOptions, catchMail } from "./testing/mail-catcher.ts";
import { ownCertificate } from "./testing/own-certificate.ts";

const now = (): Date => new Date("2026-11-20T12:00:00.000Z");
const mail = { to: "ops@example.com", subject: "Hello", text: "A line", id: "e1", timeoutMs: 5_000 };
const login = { user: "assay", password: "s3cret" };
let catcher: Catcher;
afterEach(() => catcher.close());

async function settings(
  options: CatcherOptions,
  server: Partial<MailSettings["server"]> = {},
): Promise<MailSettings> {
  catcher = await catchMail(options);
  const { port } = catcher;
  return {
    server: { host: "127.0.0.1", port, isTls: false, login: null, ...server },
    from: "assay@example.com",
    now,
    ca: ownCertificate.cert,
  };
}

test("a message is handed over in the order of the protocol", async () => {
  expect(await sendMail(await settings({}), mail)).toBe(250);
  expect(catcher.commands.map((line) => line.split(" ")[0])).toEqual(
    expect.arrayContaining(["EHLO", "MAIL", "RCPT", "DATA"]),
  );
  expect(catcher.commands).toContain("RCPT TO:<ops@example.com>");
  expect(catcher.messages).toHaveLength(1);
  expect(catcher.messages[0]).toContain(Buffer.from("A line").toString("base64"));
});

test("STARTTLS comes before the password, which is sent under it alone", async () => {
  await sendMail(await settings({ tls: ownCertificate, auth: "PLAIN LOGIN" }, { login }), mail);
  const proof = `AUTH PLAIN ${Buffer.from("\0assay\0s3cret").toString("base64")}`;
  expect(catcher.secureFrom).toBe(2);
  expect(catcher.commands.indexOf(proof)).toBeGreaterThanOrEqual(2);
  expect(catcher.messages).toHaveLength(1);
});

test("without TLS the password is kept, and nothing is sent", async () => {
  const sending = sendMail(await settings({ auth: "PLAIN" }, { login }), mail);
  await expect(sending).rejects.toThrow("offers no TLS");
  expect(catcher.commands.join("\n")).not.toContain("AUTH");
  expect(catcher.messages).toEqual([]);
});

test("a certificate that nobody vouches for is refused", async () => {
  const { ca: _ca, ...untrusting } = await settings({ tls: ownCertificate, auth: "PLAIN" }, { login });
  await expect(sendMail(untrusting, mail)).rejects.toThrow(/self.signed/);
  expect(catcher.messages).toEqual([]);
});

test("a refusal is told with its verb and code", async () => {
  const sending = sendMail(await settings({ refuses: { RCPT: "550 no such user" } }), mail);
  await expect(sending).rejects.toThrow("the mail server refused RCPT: 550 no such user");
});

test("a server that says nothing is given up in time", async () => {
  const sending = sendMail(await settings({ refuses: { EHLO: "" } }), { ...mail, timeoutMs: 100 });
  await expect(sending).rejects.toThrow("did not answer within 0.1 s");
});

test("an address that would end the command is refused before anything is said", async () => {
  const sending = sendMail(await settings({}), { ...mail, to: "a@example.com>\r\nRCPT TO:<b@example.com" });
  await expect(sending).rejects.toThrow("not an e-mail address");
  expect(catcher.commands).toEqual([]);
});
