import fc, { type Arbitrary } from "fast-check";
import { MARK } from "./fuzz-bodies.ts";

const methods = [
  "GET",
  "POST",
  "HEAD",
  "PUT",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "BREW",
  "get",
  "M-SEARCH",
  "PRI",
];
const versions = ["HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.9", "HTTP", "http/1.1", ""];
const targets = [
  "/v1/score",
  "/healthz",
  "/v1/transactions/pay_1",
  "*",
  "http://a/healthz",
  "a:1",
  "/\u0001",
  "/ a",
  `/${"x".repeat(20_000)}`,
  `/?q=${"%41".repeat(3_000)}`,
];

const headerLines = [
  ...[
    "Host: a",
    "host:",
    "Host: a\r\nHost: b",
    "Host: [::1",
    "Content-Length: 5",
    "Content-Length: 0",
    "Content-Length: -1",
  ],
  ...[
    "Content-Length: 99999999999999999999",
    "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: 0x5",
    "Content-Length: 5, 5",
  ],
  ...[
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked, chunked",
    "Transfer-Encoding: gzip",
    "Transfer-Encoding : chunked",
  ],
  ...[
    "Content-Type: application/json",
    "Content-Encoding: gzip",
    "Expect: 100-continue",
    `Expect: ${MARK}`,
    "Upgrade: websocket\r\nConnection: Upgrade",
  ],
  ...[
    "Connection: close",
    "Connection: keep-alive, x",
    `X: ${"y".repeat(17_000)}`,
    `${"X-A: b\r\n".repeat(150)}X-B: c`,
    ": nameless",
    "no colon",
  ],
  ...[
    "X\u0000: a",
    "X: a\u0000b",
    "X: a\r\n folded",
    "Authorization: Bearer \u0080",
    "Trailer: X",
    "Range: bytes=0-1",
    `Cookie: ${MARK}`,
  ],
];

const bodies = [
  ...[
    "",
    "{}",
    "hello",
    '{"a":1}',
    "5\r\nhello\r\n0\r\n\r\n",
    "5\r\nhel",
    "zz\r\nhello\r\n0\r\n\r\n",
    "-5\r\nhello\r\n",
    "0\r\n\r\n",
  ],
  ...[
    "FFFFFFFFFFFFFFFFF\r\nx",
    "5;ext=1\r\nhello\r\n0\r\nX: y\r\n\r\n",
    `${MARK}\r\n\r\n`,
    "5\nhello\n0\n\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
  ],
];

const oneRequest = fc
  .tuple(
    fc.constantFrom(...methods),
    fc.constantFrom(...targets),
    fc.constantFrom(...versions),
    fc.array(fc.constantFrom(...headerLines), { maxLength: 4 }),
    fc.constantFrom(...bodies),
    fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", "\r"),
  )
  .map(([method, target, version, headers, body, end]) => {
    const head = [`${method} ${target} ${version}`, ...headers, "", ""].join("\r\n").replaceAll("\r\n", end);
    return Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body, "latin1")]);
  });

const fine = Buffer.from("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
const pipelined = fc
  .array(fc.oneof(fc.constant(fine), oneRequest), { minLength: 2, maxLength: 5 })
  .map((parts) => Buffer.concat(parts));
const noise = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const cut = fc.tuple(oneRequest, fc.nat()).map(([bytes, at]) => bytes.subarray(0, 1 + (at % bytes.length)));

/** Bytes for a socket: requests that are almost HTTP, several at once, and noise. */
export const rawRequest: Arbitrary<Buffer> = fc.oneof(
  { weight: 6, arbitrary: oneRequest },
  { weight: 2, arbitrary: pipelined },
  { weight: 1, arbitrary: cut },
  { weight: 1, arbitrary: noise },
);
