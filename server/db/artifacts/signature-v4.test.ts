import { expect, test } from "vitest";
import { sha256, signV4 } from "./signature-v4.ts";

const s3Documentation = {
  credentials: {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  },
  region: "us-east-1",
  service: "s3",
  now: new Date("2013-05-24T00:00:00Z"),
};
const signatureOf = (headers: Record<string, string>): string | undefined =>
  headers.authorization?.split("Signature=")[1];
const empty = sha256("");

test("get-vanilla of AWS's test suite", () => {
  const headers = signV4(
    { method: "GET", url: new URL("https://example.amazonaws.com/"), headers: {}, payloadHash: empty },
    {
      credentials: {
        accessKeyId: "AKIDEXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
      },
      region: "us-east-1",
      service: "service",
      now: new Date("2015-08-30T12:36:00Z"),
    },
  );
  expect(headers["x-amz-date"]).toBe("20150830T123600Z");
  expect(headers.authorization).toContain("SignedHeaders=host;x-amz-date,");
  expect(signatureOf(headers)).toBe("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
});

test("GET Object, PUT Object and two requests of a bucket as the S3 documentation signs them", () => {
  const at = (path: string): URL => new URL(`https://examplebucket.s3.amazonaws.com${path}`);
  const get = (path: string, more: Record<string, string> = {}): string | undefined =>
    signatureOf(
      signV4(
        {
          method: "GET",
          url: at(path),
          headers: { ...more, "x-amz-content-sha256": empty },
          payloadHash: empty,
        },
        s3Documentation,
      ),
    );
  expect(get("/test.txt", { range: "bytes=0-9" })).toBe(
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  );
  expect(get("/?lifecycle")).toBe("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  expect(get("/?prefix=J&max-keys=2")).toBe(
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  );
  const payloadHash = sha256("Welcome to Amazon S3.");
  const put = signV4(
    {
      method: "PUT",
      url: at("/test$file.text"),
      headers: {
        date: "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
        "x-amz-content-sha256": payloadHash,
      },
      payloadHash,
    },
    s3Documentation,
  );
  expect(signatureOf(put)).toBe("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
});
