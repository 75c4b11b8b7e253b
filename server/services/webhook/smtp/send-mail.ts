import { connect as connectPlain, isIP, type Socket } from "node:net";
import { hostname } from "node:os";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { type Mail, messageText } from "./message.ts";
import { type Reply, SmtpConnection } from "./smtp-connection.ts";
import type { SmtpServer } from "./smtp-url.ts";

export type MailSettings = {
  readonly server: SmtpServer;
  readonly from: string;
  readonly now: () => Date;
  /** further authorities, for a server with a certificate of one's own */
  readonly ca?: string;
};

const ADDRESS = /^[^\s<>@]+@[^\s<>@]+$/;

/**
 * Hands one e-mail to an SMTP server (RFC 5321), by TLS where it offers it; a password is never sent without. Gives
 * the code of its acceptance, 250. @throws Error in words, when it is refused or not answered in time
 */
export async function sendMail(settings: MailSettings, mail: Mail & { timeoutMs: number }): Promise<number> {
  if (!ADDRESS.test(mail.to) || !ADDRESS.test(settings.from))
    throw new Error("that is not an e-mail address");
  const { server } = settings;
  const open: { socket: Socket } = { socket: openSocket(settings) };
  let late: Error | null = null;
  const clock = setTimeout(() => {
    late = new Error(`the mail server did not answer within ${mail.timeoutMs / 1_000} s`);
    open.socket.destroy(late);
  }, mail.timeoutMs);
  try {
    const { connection, offers } = await greeted(settings, open);
    if (server.login !== null) await logIn(connection, offers, server.login);
    await connection.say(`MAIL FROM:<${settings.from}>`, [250]);
    await connection.say(`RCPT TO:<${mail.to}>`, [250, 251]);
    await connection.say("DATA", [354]);
    const text = messageText(mail, { from: settings.from, at: settings.now() });
    const { code } = await connection.say(`${text.replaceAll(/^\./gm, "..")}.`, [250], "the message");
    open.socket.end("QUIT\r\n"); // it has the message: whether it says good-bye no longer matters
    return code;
  } catch (error) {
    throw late ?? error;
  } finally {
    clearTimeout(clock);
    open.socket.on("error", () => {});
    open.socket.destroySoon();
  }
}

function openSocket({ server, ca }: MailSettings): Socket {
  const { host, port } = server;
  return server.isTls ? connectTls({ host, port, ...tlsOptions(host, ca) }) : connectPlain({ host, port });
}

function tlsOptions(host: string, ca: string | undefined): ConnectionOptions {
  return { ...(isIP(host) === 0 ? { servername: host } : {}), ...(ca === undefined ? {} : { ca }) };
}

type Greeted = { readonly connection: SmtpConnection; readonly offers: Offers };
type Offers = {
  readonly isTls: boolean;
  readonly names: ReadonlySet<string>;
  readonly auth: readonly string[];
};

async function greeted(settings: MailSettings, open: { socket: Socket }): Promise<Greeted> {
  const { server, ca } = settings;
  const plain = new SmtpConnection(open.socket);
  await plain.expect([220], "the connection");
  const first = offersOf(await sayHello(plain), server.isTls);
  if (server.isTls || !first.names.has("STARTTLS")) return { connection: plain, offers: first };
  await plain.say("STARTTLS", [220]);
  open.socket = connectTls({ socket: plain.release(), host: server.host, ...tlsOptions(server.host, ca) });
  const safe = new SmtpConnection(open.socket);
  return { connection: safe, offers: offersOf(await sayHello(safe), true) };
}

function sayHello(connection: SmtpConnection): Promise<Reply> {
  const name = hostname().replace(/[^\w.-]/g, "") || "localhost";
  return connection.say(`EHLO ${name}`, [250]);
}

function offersOf({ lines }: Reply, isTls: boolean): Offers {
  const words = lines.map((line) => line.toUpperCase().trim().split(/[ =]+/));
  const auth = words.find(([name]) => name === "AUTH")?.slice(1) ?? [];
  return { isTls, names: new Set(words.map(([name]) => name ?? "")), auth };
}

type Login = NonNullable<SmtpServer["login"]>;

async function logIn(connection: SmtpConnection, offers: Offers, { user, password }: Login): Promise<void> {
  if (!offers.isTls) throw new Error("the mail server offers no TLS, so the password was not sent");
  if (offers.auth.includes("PLAIN") || !offers.auth.includes("LOGIN")) {
    const proof = Buffer.from(`\0${user}\0${password}`).toString("base64");
    await connection.say(`AUTH PLAIN ${proof}`, [235], "the sign-in");
    return;
  }
  await connection.say("AUTH LOGIN", [334], "the sign-in");
  await connection.say(Buffer.from(user).toString("base64"), [334], "the sign-in");
  await connection.say(Buffer.from(password).toString("base64"), [235], "the sign-in");
}
