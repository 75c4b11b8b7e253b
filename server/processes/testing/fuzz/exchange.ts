import { Agent, request } from "node:http";
import { connect } from "node:net";
import type { Observed } from "#server/scoring/http/testing/documented.ts";
import type { PlainCase } from "./fuzz-cases.ts";

const LIMIT_MS = 5_000;

export type Target = { readonly url: string; readonly key: string };

/** Connections that are kept, as callers keep theirs. */
export const newAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: 16 });

/** Sends a request as it is and takes the answer. @throws Error when there is none within five seconds */
export function exchange(target: Target, sent: PlainCase, agent: Agent): Promise<Observed> {
  const { hostname, port } = new URL(target.url);
  const headers = {
    authorization: `Bearer ${target.key}`,
    "content-length": sent.body.length,
    ...sent.headers,
  };
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      hostname,
      port,
      method: sent.method,
      path: sent.path,
      headers,
      timeout: LIMIT_MS,
    };
    const outgoing = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${LIMIT_MS} ms`)));
    outgoing.on("error", reject);
    outgoing.end(sent.body);
  });
}

/** Sends bytes, ends its side, and takes everything until the server ends its own. */
export function exchangeRaw(target: Target, bytes: Buffer): Promise<Buffer> {
  const { hostname, port } = new URL(target.url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    socket.setTimeout(LIMIT_MS, () => socket.destroy(new Error(`still open after ${LIMIT_MS} ms`)));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const cut = error.code === "ECONNRESET" || error.code === "EPIPE"; // the server had its say and closed
      if (cut && chunks.length > 0) resolve(Buffer.concat(chunks));
      else reject(error);
    });
    socket.on("close", () => resolve(Buffer.concat(chunks)));
    socket.end(bytes);
  });
}

/** The answers in a stream of bytes; those to HEAD cannot be told from others and end where the next one begins. */
export function answersIn(stream: Buffer): Observed[] {
  const texts = stream.toString("latin1").split(/(?=HTTP\/1\.1 \d{3} )/);
  return texts.flatMap((text) => {
    const [head = "", ...rest] = text.split("\r\n\r\n");
    const [line = "", ...fields] = head.split("\r\n");
    if (text === "") return [];
    const headers = Object.fromEntries(
      fields.map((field) => {
        const colon = field.indexOf(":");
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
      }),
    );
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1] ?? 0);
    return [{ status, headers, body: Buffer.from(rest.join("\r\n\r\n"), "latin1").toString() }];
  });
}
