import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** How the way to the database is: open, closed (connections are cut and refused), or silent (nothing gets through). */
export type Way = "open" | "closed" | "silent";

export type FlakyDatabase = {
  readonly url: string;
  set(way: Way): void;
  /** Lets the next statement that holds this text through, and none of the answers from then on. */
  loseAnswerTo(text: string): void;
  close(): Promise<void>;
};

/** A way to a database that a test can disturb: a TCP proxy in front of it. */
export async function flakyDatabase(databaseUrl: string): Promise<FlakyDatabase> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let way: Way = "open";
  let fatalText: string | null = null;

  const server = createServer((client) => {
    if (way === "closed") return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on("data", (data) => {
      if (way === "silent") return;
      upstream.write(data);
      if (fatalText !== null && data.includes(fatalText)) [way, fatalText] = ["silent", null];
    });
    upstream.on("data", (data) => {
      if (way === "open") client.write(data);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.toString(),
    set(next) {
      way = next;
      if (next === "closed") cut();
    },
    loseAnswerTo(text) {
      fatalText = text;
    },
    close() {
      cut();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
