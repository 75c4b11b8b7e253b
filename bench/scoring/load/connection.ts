import { connect, type Socket } from "node:net";
import { ResponseParser } from "./response-parser.ts";

export type ConnectionEvents = {
  readonly onOpen: (connection: Connection) => void;
  readonly onResponse: (connection: Connection, status: number, body: Buffer | null) => void;
  /** The server closed it, or it could not be opened. `inFlight` when an answer was still awaited. */
  readonly onBroken: (connection: Connection, inFlight: boolean) => void;
};

export type ConnectionOptions = {
  readonly port: number;
  /** Bytes of the longest request. */
  readonly size: number;
  readonly keepBody: boolean;
};

// One for all connections: what is read is parsed before anything else is read.
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);
const REOPEN_MS = 100;

/** One keep-alive connection that carries one request at a time. It opens itself again when it breaks. */
export class Connection {
  /** The next request is written here before `send`. */
  readonly request: Buffer;
  /** When the request in flight was sent, and when it was due. */
  sentMs = 0;
  dueMs = 0;
  /** The error that broke it last. */
  problem: string | null = null;
  #socket: Socket;
  #inFlight = false;
  #closed = false;
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;

  constructor(options: ConnectionOptions, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    this.request = Buffer.allocUnsafeSlow(options.size);
    this.#socket = this.#open();
  }

  send(length: number): void {
    this.#inFlight = true;
    this.#socket.write(this.request.subarray(0, length));
  }

  close(): void {
    this.#closed = true;
    this.#socket.destroy();
  }

  #open(): Socket {
    const parser = new ResponseParser((status, body) => {
      this.#inFlight = false;
      this.#events.onResponse(this, status, body);
    }, this.#options.keepBody);
    const socket = connect({
      host: "127.0.0.1",
      port: this.#options.port,
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (length: number): boolean => {
          try {
            parser.push(readBuffer.subarray(0, length));
          } catch {
            socket.destroy(); // what came was no response
          }
          return true;
        },
      },
    });
    socket.once("connect", () => this.#events.onOpen(this));
    socket.on("error", (error) => {
      this.problem = error.message; // `close` follows
    });
    socket.once("close", () => this.#onClose());
    return socket;
  }

  #onClose(): void {
    if (this.#closed) return;
    const inFlight = this.#inFlight;
    this.#inFlight = false;
    this.#events.onBroken(this, inFlight);
    setTimeout(() => {
      if (!this.#closed) this.#socket = this.#open();
    }, REOPEN_MS);
  }
}
