import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Mapping, parseMapping } from "./mapping.ts";
import { MappingError } from "./mapping-error.ts";

const folder = join(import.meta.dirname, "mappings");

/** Names of the mappings that come with Assay. */
export function mappingNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/**
 * A mapping of Assay's own by its name, or one from a file (anything with a slash or ending in .json).
 * @throws MappingError when there is none, it is not JSON, or it is not a mapping.
 */
export function loadMapping(nameOrPath: string): Mapping {
  const path = /[/\\]|\.json$/.test(nameOrPath) ? nameOrPath : join(folder, `${nameOrPath}.json`);
  if (!existsSync(path)) {
    const known = mappingNames().join(", ");
    throw new MappingError(
      `There is no mapping ${nameOrPath}: give the path of a JSON file, or one of ${known}.`,
    );
  }
  return parseMapping(jsonOf(path), nameOrPath);
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MappingError(`The mapping ${path} is not JSON: ${reason}`, { cause });
  }
}
