import fc from "fast-check";
import { expect, test } from "vitest";
import { ResponseParser } from "./response-parser.ts";

type Seen = { status: number; body: string | null };

function parse(chunks: readonly Buffer[], keepBody = true): Seen[] {
  const seen: Seen[] = [];
  const parser = new ResponseParser(
    (status, body) => seen.push({ status, body: body?.toString() ?? null }),
    keepBody,
  );
  for (const chunk of chunks) {
    const bytes = Buffer.from(chunk);
    parser.push(bytes);
    bytes.fill(120); // the socket's buffer is used again
  }
  return seen;
}

const response = (status: number, body: string): Buffer =>
  Buffer.from(
    `HTTP/1.1 ${status} Whatever\r\ncontent-type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nconnection: keep-alive\r\n\r\n${body}`,
  );

const three = Buffer.concat([response(200, '{"a":"é\r\n\r\n"}'), response(503, ""), response(422, "no")]);
const threeSeen = [
  { status: 200, body: '{"a":"é\r\n\r\n"}' },
  { status: 503, body: "" },
  { status: 422, body: "no" },
];

test("responses fed byte by byte are the ones sent", () => {
  expect(parse([...three].map((byte) => Buffer.from([byte])))).toEqual(threeSeen);
});

test("responses cut anywhere, or not at all, are the ones sent", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(three.length), { maxLength: 8 }), (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), three.length];
      const chunks = edges.slice(1).map((edge, i) => three.subarray(edges[i], edge));
      expect(parse(chunks)).toEqual(threeSeen);
    }),
  );
});

test("bodies of 200s that nobody wants are skipped, those that say what was wrong are not", () => {
  expect(parse([three], false).map(({ body }) => body)).toEqual([null, "", "no"]);
  expect(parse([three], false).map(({ status }) => status)).toEqual([200, 503, 422]);
});

test("a response without a length, or something else, is refused", () => {
  const chunked = Buffer.from("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n");
  expect(() => parse([chunked])).toThrow(/length/);
  expect(() => parse([Buffer.from("SSH-2.0-OpenSSH\r\n\r\n")])).toThrow(/length/);
});
