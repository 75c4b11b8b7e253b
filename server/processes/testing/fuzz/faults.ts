import { Problem } from "#server/domain/problem.ts";
import type { DocumentedApi, Observed } from "#server/scoring/http/testing/documented.ts";
import { MARK } from "./fuzz-bodies.ts";
import type { PlainCase } from "./fuzz-cases.ts";

/** What is wrong with an answer to a request that was sent as a library sends it. */
export function faultsOf(api: DocumentedApi, sent: PlainCase, observed: Observed): string[] {
  if (sent.method === "HEAD") return observed.body === "" ? [] : ["HEAD has a body"];
  if (sent.path.startsWith("/trpc/") && !isProblem(observed)) return trpcFaults(observed);
  const common = problemFaults(observed);
  const path = documentedPath(sent.path);
  const operation = path === null ? undefined : api.document.paths[path]?.[sent.method.toLowerCase()];
  if (operation !== undefined && path !== null)
    return [...common, ...api.faults(sent.method.toLowerCase(), path, observed)];
  return observed.status < 400 ? common : [...common, ...api.faultsOutside(observed)];
}

function documentedPath(url: string): string | null {
  const path = url.replace(/[?#].*$/s, "");
  return /^\/v1\/transactions\/[^/]*$/.test(path) ? "/v1/transactions/{id}" : path;
}

/** tRPC has a form of its own for errors; it is never the server's fault either, and repeats nothing. */
function trpcFaults({ status, body }: Observed): string[] {
  const faults = status >= 500 ? [`status ${status}`] : [];
  if (parsed(body) === null) faults.push(`${status} is not JSON`);
  if (status >= 400 && body.includes(MARK)) faults.push("the answer repeats what was sent");
  return faults;
}

function isProblem({ headers }: Pick<Observed, "headers">): boolean {
  return String(headers["content-type"]).startsWith("application/problem+json");
}

/** An error is a problem document of its own status, repeats nothing, and is never the server's fault. */
function problemFaults({ status, headers, body }: Observed): string[] {
  if (status >= 200 && status < 400) return [];
  if (status === 500 || status < 100) return [`status ${status}`];
  const faults = body.includes(MARK) ? ["the answer repeats what was sent"] : [];
  if (!isProblem({ headers })) return [...faults, `${status} is ${String(headers["content-type"])}`];
  const problem = Problem.safeParse(parsed(body)).data;
  if (problem?.status !== status) faults.push(`${status} has another problem document`);
  return faults;
}

/**
 * What is wrong with the answers to bytes: none at all (but to empty lines, which are no request), one that is the
 * server's fault, or one that is no problem document.
 */
export function rawFaults(bytes: Buffer, answers: readonly Observed[]): string[] {
  const isEmpty = bytes.every((byte) => byte === 10 || byte === 13);
  if (answers.length === 0) return isEmpty ? [] : ["closed without an answer"];
  return answers.flatMap((answer) => {
    if (answer.status === 100 || (answer.body === "" && answer.status < 500)) return headFaults(answer);
    return problemFaults(answer);
  });
}

/** An answer to HEAD says what would follow, and no more. */
function headFaults({ status, headers }: Observed): string[] {
  if (status < 400) return [];
  const told = Number(headers["content-length"]) > 0;
  return told ? [] : [`${status} without a problem document`];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
