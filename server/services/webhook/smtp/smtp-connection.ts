import type { Socket } from "node:net";

export type Reply = { readonly code: number; readonly lines: readonly string[] };

const MOST_BYTES = 64 * 1024;

/** One connection to an SMTP server: what was said, reply by reply. */
export class SmtpConnection {
  readonly #socket: Socket;
  #text = "";
  #lines: string[] = [];
  #replies: Reply[] = [];
  #waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | null = null;
  #ended: Error | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("utf8");
    socket.on("data", this.#onData);
    socket.on("error", this.#end);
    socket.on("close", () => this.#end(new Error("the mail server closed the connection")));
  }

  /** The next reply. @throws Error when the connection ended */
  reply(): Promise<Reply> {
    const next = this.#replies.shift();
    if (next !== undefined) return Promise.resolve(next);
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** Says a line and gives the reply. @throws Error naming the verb when the code is none of those expected */
  async say(line: string, expected: readonly number[], what = line.split(" ")[0] ?? ""): Promise<Reply> {
    this.#socket.write(`${line}\r\n`);
    return this.expect(expected, what);
  }

  async expect(expected: readonly number[], what: string): Promise<Reply> {
    const reply = await this.reply();
    if (expected.includes(reply.code)) return reply;
    throw new Error(`the mail server refused ${what}: ${reply.code} ${reply.lines.at(-1) ?? ""}`.trim());
  }

  /** Gives the socket back, for TLS to be put on it. What was read ahead is dropped: it was not protected. */
  release(): Socket {
    this.#socket.off("data", this.#onData);
    this.#socket.off("error", this.#end);
    this.#replies = [];
    return this.#socket;
  }

  readonly #onData = (chunk: string | Buffer): void => {
    this.#text += chunk.toString();
    if (this.#text.length > MOST_BYTES) this.#socket.destroy(new Error("the mail server says too much"));
    for (let end = this.#text.indexOf("\n"); end !== -1; end = this.#text.indexOf("\n")) {
      const line = this.#text.slice(0, end).replace(/\r$/, "");
      this.#text = this.#text.slice(end + 1);
      this.#lines.push(line.slice(4));
      if (line[3] === "-") continue;
      this.#give({ code: Number(line.slice(0, 3)), lines: this.#lines });
      this.#lines = [];
    }
  };

  #give(reply: Reply): void {
    if (this.#waiting === null) this.#replies.push(reply);
    else this.#waiting.resolve(reply);
    this.#waiting = null;
  }

  readonly #end = (error: Error): void => {
    this.#ended ??= error;
    this.#waiting?.reject(this.#ended);
    this.#waiting = null;
  };
}
