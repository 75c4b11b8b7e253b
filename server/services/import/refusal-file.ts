import { type FileHandle, mkdir, open } from "node:fs/promises";
import { basename, join } from "node:path";
import { csvLine } from "./refused-row.ts";

/** A refused row, masked, in words for a person. */
export type RefusedRow = {
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  readonly cells: readonly string[];
};

/** Keeps refused rows in a CSV file, made at the first of them. */
export class RefusalFile {
  readonly path: string;
  readonly #header: readonly string[];
  #file: FileHandle | null = null;
  #count = 0;

  /** The file's name is that of the source and the time, under `imports` in the data folder. */
  constructor(dataDir: string, source: string, { header, now }: { header: readonly string[]; now: Date }) {
    const stamp = now.toISOString().replace(/[-:]/g, "").replace(/\..*/, "Z");
    const name = basename(source).replace(/(\.csv)?(\.gz)?$/i, "");
    this.path = join(dataDir, "imports", `${name}-refused-${stamp}.csv`);
    this.#header = header;
  }

  get count(): number {
    return this.#count;
  }

  /** Resolves once the rows are handed to the disk. */
  async append(rows: readonly RefusedRow[]): Promise<void> {
    if (rows.length === 0) return;
    const file = this.#file ?? (await this.#create());
    const lines = rows.map(({ line, column, reason, cells }) =>
      csvLine([String(line), column, reason, ...cells]),
    );
    await file.write(`${lines.join("\n")}\n`);
    this.#count += rows.length;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  async #create(): Promise<FileHandle> {
    await mkdir(join(this.path, ".."), { recursive: true });
    const file = await open(this.path, "w", 0o600);
    this.#file = file;
    await file.write(`${csvLine(["refused_line", "refused_column", "refused_reason", ...this.#header])}\n`);
    return file;
  }
}
