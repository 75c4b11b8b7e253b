import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** Asks for a line on the terminal without showing what is typed; empty where there is no terminal. */
export function askSecret(question: string): Promise<string> {
  if (process.stdin.isTTY !== true) return Promise.resolve("");
  process.stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve, reject) => {
    terminal.once("line", (line) => {
      process.stdout.write("\n");
      resolve(line);
      terminal.close();
    });
    terminal.once("SIGINT", () => {
      process.stdout.write("\n");
      terminal.close();
      reject(new Error("Interrupted."));
    });
  });
}
