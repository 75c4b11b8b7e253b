// node bin/run.mjs FILE.ts [arguments]: installs what is missing, then runs the file on Node 24.
// The shell remembers where it found `node`, so a script can't install one and call it by name in the same line.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { ensureInstalled } from "./ensure-installed.mjs";

const [file, ...args] = process.argv.slice(2);
const node = await ensureInstalled();
const path = resolve(file);

// The file must be the process's own main module: commands ask for that, so that tests can import them.
const child = spawn(node, [path, ...args], { stdio: "inherit" });
// At a terminal Ctrl-C reaches the child by itself; a signal sent to this process alone is passed on.
process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.once("exit", (code) => process.exit(code ?? 1));
