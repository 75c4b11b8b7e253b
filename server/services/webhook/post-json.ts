import { lookup } from "node:dns";
import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPrivateAddress } from "./private-address.ts";

export type Posted = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
};

/**
 * Posts JSON and gives the status. The address that a name leads to is checked when connecting, so that a name cannot
 * lead inside between check and use. Redirects are not followed, and what is answered is not read.
 * @throws Error in words, when nothing answers in time or the address is refused
 */
export function postJson({ url, headers, body, timeoutMs, allowPrivate }: Posted): Promise<number> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, "");
  if (!allowPrivate && (target.protocol !== "https:" || (isIP(host) !== 0 && isPrivateAddress(host)))) {
    return Promise.reject(new Error("refused: not an https address on the internet"));
  }
  const open = target.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request: ClientRequest = open(target, {
      method: "POST",
      agent: false,
      headers: {
        "content-type": "application/json",
        "user-agent": "Assay-Webhooks/1",
        "content-length": String(Buffer.byteLength(body)),
        ...headers,
      },
      ...(allowPrivate ? {} : { lookup: publicOnly }),
    });
    // one clock over name, connection and answer, since a receiver may drip
    const clock = setTimeout(() => {
      request.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`));
    }, timeoutMs);
    request.once("response", (response) => {
      clearTimeout(clock);
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.on("error", (error) => {
      clearTimeout(clock);
      reject(error);
    });
    request.end(body);
  });
}

/** The resolver of names, refusing those of which any address is inside. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    if (addresses.some(({ address }) => isPrivateAddress(address))) {
      return callback(new Error("refused: the name leads to a private network"), []);
    }
    const [first] = addresses;
    if (options.all === true || first === undefined) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};
