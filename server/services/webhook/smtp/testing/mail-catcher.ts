import { createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";

type Caught = { readonly commands: string[]; messages: string[]; secureFrom: number | null };

export type CatcherOptions = {
  /** offers STARTTLS with these */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly auth?: string;
  /** answers that differ, by verb: "RCPT" → "550 no such user"; "" says nothing at all */
  readonly refuses?: Readonly<Record<string, string>>;
};

export type Catcher = Caught & { readonly port: number; close(): Promise<void> };

/** An SMTP server that keeps what it is told, for tests. */
export async function catchMail(options: CatcherOptions = {}): Promise<Catcher> {
  const caught: Caught = { commands: [], messages: [], secureFrom: null };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    serve(socket, { caught, options, isSecure: false });
    socket.write("220-catcher.example\r\n220 ready\r\n");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return Object.assign(caught, {
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  });
}

type Serving = { readonly caught: Caught; readonly options: CatcherOptions; readonly isSecure: boolean };

function serve(socket: Socket, { caught, options, isSecure }: Serving): void {
  let text = "";
  let message: string[] | null = null;
  const onData = (chunk: Buffer): void => {
    text += chunk.toString();
    for (let end = text.indexOf("\r\n"); end !== -1; end = text.indexOf("\r\n")) {
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      if (message !== null && line !== ".") message.push(line.replace(/^\./, ""));
      else if (message !== null) {
        caught.messages.push(message.join("\r\n"));
        message = null;
        socket.write("250 kept\r\n");
      } else command(line);
    }
  };
  const command = (line: string): void => {
    caught.commands.push(line);
    const verb = line.split(" ")[0]?.toUpperCase() ?? "";
    const refusal = options.refuses?.[verb];
    if (refusal !== undefined) {
      if (refusal !== "") socket.write(`${refusal}\r\n`);
      return;
    }
    if (verb === "DATA") message = [];
    if (verb === "STARTTLS" && options.tls !== undefined) upgrade(options.tls);
    else socket.write(answerTo(verb, line, { options, isSecure }));
  };
  const upgrade = (tls: { key: string; cert: string }): void => {
    socket.off("data", onData);
    socket.write("220 go ahead\r\n");
    caught.secureFrom = caught.commands.length;
    const safe = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) });
    safe.on("error", () => {});
    serve(safe, { caught, options, isSecure: true });
  };
  socket.on("data", onData);
}

function answerTo(verb: string, line: string, { options, isSecure }: Omit<Serving, "caught">): string {
  if (verb === "EHLO") {
    const offers = ["catcher.example"];
    if (options.tls !== undefined && !isSecure) offers.push("STARTTLS");
    if (options.auth !== undefined) offers.push(`AUTH ${options.auth}`);
    offers.push("8BITMIME");
    return offers.map((offer, at) => `250${at === offers.length - 1 ? " " : "-"}${offer}\r\n`).join("");
  }
  if (verb === "DATA") return "354 go on\r\n";
  if (line === "AUTH LOGIN") return "334 VXNlcm5hbWU6\r\n";
  if (verb === "AUTH") return "235 welcome\r\n";
  return "250 ok\r\n";
}
