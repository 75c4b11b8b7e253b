import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

/** The version of this build, with its commit where it runs from a checkout: "0.1.0+1a2b3c4". */
export function codeVersion(): string {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(fromRoot("package.json"), "utf8")));
  const commit = checkedOutCommit();
  return commit === null ? version : `${version}+${commit.slice(0, 12)}`;
}

function checkedOutCommit(): string | null {
  const head = textOf(".git/HEAD");
  if (head === null) return null;
  const commit = head.startsWith("ref: ") ? textOf(join(".git", head.slice(5))) : head;
  return commit !== null && /^[0-9a-f]{40}$/.test(commit) ? commit : null;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(fromRoot(path), "utf8").trim();
  } catch {
    return null; // an installation without its repository
  }
}

/** Asked for only when needed: where pages are bundled there is no folder of this file. */
function fromRoot(path: string): string {
  return resolve(import.meta.dirname, "../../..", path);
}
