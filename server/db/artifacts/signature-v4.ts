import { createHash, createHmac } from "node:crypto";

export type S3Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

export type SignedRequest = {
  readonly method: string;
  readonly url: URL;
  /** signed besides the host and the date, by lower-case name */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, in hexadecimal */
  readonly payloadHash: string;
};

export type Scope = {
  readonly credentials: S3Credentials;
  readonly region: string;
  readonly service: string;
  readonly now: Date;
};

/**
 * The headers that authenticate a request: `authorization`, `x-amz-date` and those given. AWS Signature Version 4, as in
 * the S3 API reference, "Authenticating Requests: Using the Authorization Header": the path is encoded once.
 */
export function signV4(
  { method, url, headers, payloadHash }: SignedRequest,
  { credentials, region, service, now }: Scope,
): Record<string, string> {
  const stamp = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const signed: Record<string, string> = { ...headers, host: url.host, "x-amz-date": stamp };
  const names = Object.keys(signed).sort();
  const canonical = [
    method,
    encodePath(decodeURIComponent(url.pathname)),
    [...url.searchParams]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join("&"),
    ...names.map((name) => `${name}:${signed[name]?.trim()}`),
    "",
    names.join(";"),
    payloadHash,
  ].join("\n");
  const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", stamp, scope, sha256(canonical)].join("\n");
  const key = scope
    .split("/")
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, toSign).toString("hex");
  const { host: _, ...sent } = signed; // the client itself sends the host
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope},SignedHeaders=${names.join(";")},Signature=${signature}`,
  };
}

/** A key of an object as the path of its address. */
export function encodePath(path: string): string {
  return path.split("/").map(encode).join("/");
}

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}

/** RFC 3986: everything but letters, digits, - . _ ~. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
