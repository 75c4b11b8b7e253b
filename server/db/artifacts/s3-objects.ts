import { encodePath, type S3Credentials, sha256, signV4 } from "./signature-v4.ts";

export type S3Place = {
  /** such as https://s3.eu-central-1.amazonaws.com, or where MinIO listens */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** of every key, without a slash at its end; "" for none */
  readonly prefix: string;
  readonly credentials: S3Credentials;
};

export type S3Objects = {
  /** null where there is none */
  get(key: string): Promise<Uint8Array | null>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  has(key: string): Promise<boolean>;
};

const LIMIT_MS = 10_000;
const ATTEMPTS = 3;
const PAUSE_MS = 200;

/** Objects of a bucket, addressed by path. What fails on the way or at the server is tried three times. */
export function s3Objects(place: S3Place, now: () => Date = () => new Date()): S3Objects {
  const send = async (method: string, key: string, body?: Uint8Array): Promise<Response> => {
    const path = encodePath([place.bucket, place.prefix, key].filter((part) => part !== "").join("/"));
    const url = new URL(`${place.endpoint.replace(/\/+$/, "")}/${path}`);
    const payloadHash = sha256(body ?? "");
    const headers = { "x-amz-content-sha256": payloadHash };
    const scope = { credentials: place.credentials, region: place.region, service: "s3", now: now() };
    return fetch(url, {
      method,
      headers: signV4({ method, url, headers, payloadHash }, scope),
      signal: AbortSignal.timeout(LIMIT_MS),
      redirect: "error",
      ...(body === undefined ? {} : { body: Uint8Array.from(body) }),
    });
  };
  const sendPatiently = async (method: string, key: string, body?: Uint8Array): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
      const response = await send(method, key, body).catch((error: unknown) => {
        if (attempt === ATTEMPTS) throw new Error(`${place.endpoint} does not answer`, { cause: error });
        return null;
      });
      if (response !== null && (response.status < 500 || attempt === ATTEMPTS)) return response;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  };
  return {
    async get(key) {
      const response = await sendPatiently("GET", key);
      if (response.status === 404) return null;
      if (!response.ok) throw await refusal(response, `reading ${key}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    async put(key, bytes) {
      const response = await sendPatiently("PUT", key, bytes);
      if (!response.ok) throw await refusal(response, `writing ${key}`);
      await response.arrayBuffer();
    },
    async has(key) {
      const response = await sendPatiently("HEAD", key);
      if (response.status === 404) return false;
      if (!response.ok) throw await refusal(response, `looking for ${key}`);
      return true;
    },
  };
}

/** S3 names what is wrong in the element Code of its answer. */
async function refusal(response: Response, doing: string): Promise<Error> {
  const text = await response.text().catch(() => "");
  const code = /<Code>([A-Za-z]+)<\/Code>/.exec(text)?.[1];
  return new Error(
    `${doing} in S3-compatible storage: ${response.status}${code === undefined ? "" : ` ${code}`}`,
  );
}
