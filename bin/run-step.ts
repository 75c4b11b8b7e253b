import { spawn } from "node:child_process";

export type StepResult = { readonly name: string; readonly code: number; readonly seconds: number };

/** Runs one command with its output in this terminal and says how long it took. */
export function runStep(
  name: string,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  const [program = "", ...args] = command;
  const started = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  return new Promise((done) => {
    const child = spawn(program, args, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    const finish = (code: number): void => done({ name, code, seconds: (Date.now() - started) / 1000 });
    child.once("error", () => finish(127));
    child.once("exit", (code) => finish(code ?? 1));
  });
}
