import { httpBatchLink, splitLink, type TRPCLink } from "@trpc/client";
import type { AppRouter } from "#server/api/root.ts";

const ADDRESS_MAX = 4_000;
/** Longer inputs make an address too long once they are percent-encoded. */
const INPUT_MAX = 1_000;

/**
 * How pages ask: what is asked at one moment goes in one request. A query whose input is too long for an address, such
 * as one that names many cases, travels in a body.
 */
export function apiLink(url: string, headers: Record<string, string> = {}): TRPCLink<AppRouter> {
  return splitLink({
    condition: ({ type, input }) => type === "query" && (JSON.stringify(input) ?? "").length > INPUT_MAX,
    true: httpBatchLink({ url, headers, methodOverride: "POST" }),
    false: httpBatchLink({ url, headers, maxURLLength: ADDRESS_MAX }),
  });
}
